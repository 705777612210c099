package solve

import (
	"sync"

	"github.com/aimo3/aimo3/engine"
)

// mailbox carries facts from many samplers to one gatherer, and what others put who
// are not waited for. put never blocks:
// deltas are joined while they wait, so a slow sink costs memory only for text
// that has to be kept anyway.
type mailbox struct {
	mu      sync.Mutex
	queue   []engine.Event
	senders int
	ready   chan struct{}
	era     *era // facts of samples of earlier ones are thrown away
	settled bool // a sample has finished, so that this era is the last
	closed  bool // the plan's samples have all ended
	samples int  // that the plan has, and those that were added
}

func newMailbox(first *era) *mailbox {
	return &mailbox{ready: make(chan struct{}, 1), era: first, samples: first.plan.Samples}
}

func (m *mailbox) latest() *era {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.era
}

// settle says that a sample has finished.
func (m *mailbox) settle() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.settled = true
}

// fall puts an event that ends an era and begins the next one. It does nothing, and
// returns false, if a sample has finished.
func (m *mailbox) fall(from, to *era, e engine.Event) bool {
	m.mu.Lock()
	ok := !m.settled && m.era == from
	if ok {
		m.era, m.queue = to, engine.Append(m.queue, e)
	}
	m.mu.Unlock()
	m.signal()
	return ok
}

// putOf puts an event of a sample, unless its era is over: then it returns false.
func (m *mailbox) putOf(of *era, e engine.Event) bool {
	m.mu.Lock()
	ok := m.era == of
	if ok {
		_, finished := e.Fact.(engine.SampleFinished)
		m.settled = m.settled || finished
		m.queue = engine.Append(m.queue, e)
	}
	m.mu.Unlock()
	m.signal()
	return ok
}

// join says that so many more senders will put something.
func (m *mailbox) join(senders int) {
	m.mu.Lock()
	m.senders += senders
	m.mu.Unlock()
}

func (m *mailbox) put(e engine.Event) {
	m.mu.Lock()
	m.queue = engine.Append(m.queue, e)
	m.mu.Unlock()
	m.signal()
}

// leave says that one sender will put nothing more.
func (m *mailbox) leave() {
	m.mu.Lock()
	m.senders--
	m.mu.Unlock()
	m.signal()
}

// next waits for events and takes them all; there are none once every sender has left.
func (m *mailbox) next() []engine.Event {
	for {
		m.mu.Lock()
		events, left := m.queue, m.senders > 0
		m.queue = nil
		m.closed = m.closed || len(events) == 0 && !left
		m.mu.Unlock()
		if len(events) > 0 || !left {
			return events
		}
		<-m.ready
	}
}

// putWish puts what a person wishes, unless the plan's samples have all ended.
func (m *mailbox) putWish(e engine.Event) error {
	m.mu.Lock()
	defer m.signal()
	defer m.mu.Unlock()
	if m.closed {
		return ended()
	}
	if f, adds := e.Fact.(engine.SamplesAdded); adds {
		if err := checkMore(m.samples, f.Samples); err != nil {
			return err
		}
		m.samples += f.Samples
	}
	m.queue = engine.Append(m.queue, e)
	return nil
}

// numbered is how many samples there are, with those that a person has added.
func (m *mailbox) numbered() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.samples
}

func (m *mailbox) signal() {
	select {
	case m.ready <- struct{}{}:
	default:
	}
}
