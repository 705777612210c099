package store

import (
	"errors"
	"sync"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// commitEvery is how long text may wait to be kept, and so to be shown.
const commitEvery = 100 * time.Millisecond

// Recorder keeps the events put to it and hands each on once it is on disk, so
// that nothing is ever shown that a crash could lose. What waits is joined
// (engine.Append): what comes out is what is stored, event for event.
type Recorder struct {
	db    *DB
	next  engine.Sink   // may be nil
	every time.Duration // how long text may wait
	in    pipe          // put, to be stored
	out   pipe          // stored, to be handed on
	both  sync.WaitGroup
	gap   gap
	mark  *living // that this process takes the attempt; nil until its first event

	mu  sync.Mutex
	err error // the first; it ends the recording
}

// Record starts a Recorder that hands what it has stored to next, in order and
// from one goroutine. It must be closed. A slow next delays no storing.
func (d *DB) Record(next engine.Sink) *Recorder { return d.record(next, commitEvery) }

func (d *DB) record(next engine.Sink, every time.Duration) *Recorder {
	return d.recordAs(nil, next, every)
}

func (d *DB) recordAs(mark *living, next engine.Sink, every time.Duration) *Recorder {
	r := &Recorder{db: d, mark: mark, next: next, every: every, in: newPipe(engine.Append), out: newPipe(asIs)}
	r.both.Go(r.store)
	r.both.Go(r.pass)
	return r
}

// Put takes an event. It is an engine.Sink that never waits for the disk: the
// error is that of an earlier event, which could not be stored or handed on,
// and ends the recording.
func (r *Recorder) Put(e engine.Event) error {
	if err := r.failed(); err != nil {
		return err
	}
	_, delta := e.Fact.(engine.Delta)
	return r.in.put(!delta, e)
}

// Close stores and hands on what was put, waits for both, and returns the error
// that ended the recording, if one did.
func (r *Recorder) Close() error {
	r.in.end()
	r.both.Wait()
	r.mark.release()
	r.mark = nil
	return r.failed()
}

// keep commits events, the first ones once the attempt is this process's.
func (r *Recorder) keep(events []engine.Event) (err error) {
	if r.mark == nil && r.db.writer != nil {
		if r.mark, err = r.db.claim(events[0].Attempt); err != nil {
			return fault(r.db.path, "keep the attempt in", err)
		}
	}
	return r.db.commit(events)
}

// store commits what was put: text now and then, anything else at once.
func (r *Recorder) store() {
	defer r.out.end()
	tick := time.NewTicker(r.every)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-r.in.urgent:
		}
		events, ended := r.in.take()
		if len(events) > 0 {
			if err := r.keepOrHold(events); err != nil {
				r.fail(err) // to store what comes after would leave a silent gap
				return
			}
			_ = r.out.put(true, events...) // out is ended by this goroutine alone
		}
		if ended {
			if err := r.gap.end(r); err != nil {
				r.fail(err)
			}
			return
		}
	}
}

// pass hands on what is stored.
func (r *Recorder) pass() {
	for {
		<-r.out.urgent
		events, ended := r.out.take()
		for _, e := range events {
			if r.next == nil {
				break
			}
			if err := r.next(e); err != nil {
				r.fail(err)
				return
			}
		}
		if ended {
			return
		}
	}
}

func (r *Recorder) fail(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.err == nil {
		r.err = err
	}
}

func (r *Recorder) failed() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.err
}

// pipe holds events for one goroutine that takes them. Putting never waits.
type pipe struct {
	add    func([]engine.Event, engine.Event) []engine.Event
	urgent chan struct{} // holds a value when there is something to take at once

	mu     sync.Mutex
	events []engine.Event
	ended  bool
}

func newPipe(add func([]engine.Event, engine.Event) []engine.Event) pipe {
	return pipe{add: add, urgent: make(chan struct{}, 1)}
}

func asIs(events []engine.Event, e engine.Event) []engine.Event { return append(events, e) }

var errClosed = errors.New("put an event: the recorder is closed")

func (p *pipe) put(urgent bool, events ...engine.Event) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ended {
		return errClosed
	}
	for _, e := range events {
		p.events = p.add(p.events, e)
	}
	if urgent {
		p.signal()
	}
	return nil
}

func (p *pipe) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ended = true
	p.signal()
}

// take returns all that waits, and whether nothing more will come.
func (p *pipe) take() (events []engine.Event, ended bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	events, p.events = p.events, nil
	return events, p.ended
}

func (p *pipe) signal() {
	select {
	case p.urgent <- struct{}{}:
	default:
	}
}
