package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// lockTries is how often a transaction is begun anew when another program holds
// the lock for longer than the busy timeout of five seconds.
const lockTries = 4

// stamp is how times are written: UTC, of one width, so that text sorts as time.
const stamp = "2006-01-02T15:04:05.000000000Z"

func stamped(t time.Time) string { return t.UTC().Format(stamp) }

// group is batches of several attempts that share one transaction, and its sync.
type group struct {
	batches []*batch
	done    chan struct{}
}

type batch struct {
	events []engine.Event
	err    error
}

// commit stores events and returns once they are on disk. While one transaction
// is written, whoever else comes joins the next one; the first of them writes it.
func (d *DB) commit(events []engine.Event) error {
	b := &batch{events: events}
	d.mu.Lock()
	g, leads := d.forming, d.forming == nil
	if leads {
		g = &group{done: make(chan struct{})}
		d.forming = g
	}
	g.batches = append(g.batches, b)
	d.mu.Unlock()
	if !leads {
		<-g.done
		return b.err
	}

	d.turn.Lock()
	defer d.turn.Unlock()
	d.mu.Lock()
	d.forming = nil
	d.mu.Unlock()
	begun := time.Now()
	d.write(g.batches)
	if told := d.committed.Load(); told != nil {
		(*told)(time.Since(begun))
	}
	close(g.done)
	d.compressor.look(g.batches)
	return b.err
}

// write stores batches together. If that fails, each is stored alone, so that
// one attempt's fault does not end another's.
func (d *DB) write(batches []*batch) {
	err := d.writeOnce(batches)
	if err != nil && len(batches) > 1 {
		for _, b := range batches {
			d.write([]*batch{b})
		}
		return
	}
	for _, b := range batches {
		b.err = fault(d.path, "keep the attempt in", err)
	}
}

func (d *DB) writeOnce(batches []*batch) error {
	ctx := context.Background() // what was put is kept, whatever else is cancelled
	return d.inTx(ctx, lockTries, func(tx *sql.Tx) error {
		for _, b := range batches {
			w := writing{db: d, tx: tx, before: map[engine.AttemptID]any{}}
			for _, e := range b.events {
				if err := w.insert(ctx, e); err != nil {
					return fmt.Errorf("event %d of attempt %s: %w", e.Seq, e.Attempt, err)
				}
			}
		}
		return nil
	})
}

// writing is events on their way into the store.
type writing struct {
	db     *DB
	tx     *sql.Tx
	before map[engine.AttemptID]any // the Seq of the latest event of an attempt; nil: it has none
}

// insert stores one event and what follows from it for its attempt's row. To
// store an event again changes nothing: an error at a commit does not mean that
// nothing was written.
func (w *writing) insert(ctx context.Context, e engine.Event) error {
	fact, err := e.FactJSON()
	if err != nil {
		return err
	}
	if started, ok := e.Fact.(engine.AttemptStarted); ok {
		if err := w.begin(ctx, e, started); err != nil {
			return err
		}
	}
	before, err := w.latest(ctx, e)
	if err != nil {
		return err
	}
	row := []any{string(e.Attempt), int64(e.Seq), stamped(e.At), e.Kind(), string(fact)} //nolint:gosec // far from its end
	done, err := w.tx.ExecContext(ctx, `INSERT INTO events (attempt, seq, at, kind, fact, sum) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (attempt, seq) DO NOTHING`, append(row, linked(sumOf(row...), before))...)
	if err != nil {
		return err
	}
	w.before[e.Attempt] = int64(e.Seq) //nolint:gosec // far from its end
	switch n, err := done.RowsAffected(); {
	case err != nil:
		return err
	case n == 0:
		return w.same(ctx, e, string(fact))
	}
	return w.account(ctx, e)
}

// latest is the Seq of the event before e; nil if e is the first.
func (w *writing) latest(ctx context.Context, e engine.Event) (any, error) {
	if seq, ok := w.before[e.Attempt]; ok {
		return seq, nil
	}
	var seq sql.NullInt64
	err := w.tx.QueryRowContext(ctx, `SELECT max(seq) FROM events WHERE attempt = ? AND seq < ?`, e.Attempt, int64(e.Seq)).Scan(&seq) //nolint:gosec // far from its end
	if err != nil || !seq.Valid {
		return nil, err
	}
	return seq.Int64, nil
}

// same makes sure that an event already stored is this one.
func (w *writing) same(ctx context.Context, e engine.Event, fact string) error {
	seq := int64(e.Seq) //nolint:gosec // far from its end
	p := page{db: w.db, id: e.Attempt, after: seq - 1, full: 1}
	if err := p.read(ctx, w.tx); err != nil {
		return err
	}
	if len(p.events) > 0 {
		is := p.events[0]
		if kept, err := is.FactJSON(); err == nil && is.Seq == e.Seq && is.At.Equal(e.At) && is.Kind() == e.Kind() && string(kept) == fact {
			return nil
		}
	}
	return &engine.Fault{Class: engine.Storage, What: fmt.Sprintf("event %d of attempt %s is already stored, and says something else", e.Seq, e.Attempt)}
}

func (w *writing) begin(ctx context.Context, e engine.Event, f engine.AttemptStarted) error {
	p := f.Problem
	done, err := w.tx.ExecContext(ctx, `INSERT INTO attempts (id, begun, problem_id, source, statement, key, model, samples)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
		e.Attempt, stamped(e.At), p.ID, p.Source, p.Statement, p.Key, f.Plan.Model, f.Plan.Samples)
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return err
	}
	return w.db.seal(ctx, w.tx, e.Attempt)
}

// spend adds what a sample generated that has ended.
func (w *writing) spend(ctx context.Context, id engine.AttemptID, tokens int) error {
	if tokens <= 0 {
		return nil
	}
	_, err := w.db.change(ctx, w.tx, id, `UPDATE attempts SET tokens = tokens + ? WHERE id = ?`, tokens, id)
	return err
}

// account brings the attempt's row up to an event that was stored just now.
func (w *writing) account(ctx context.Context, e engine.Event) error {
	switch f := e.Fact.(type) {
	case engine.SampleFinished:
		return w.spend(ctx, e.Attempt, f.Ending.Tokens)
	case engine.SampleFailed:
		return w.spend(ctx, e.Attempt, f.Tokens)
	case engine.SampleStopped:
		return w.spend(ctx, e.Attempt, f.Tokens)
	case engine.FallbackUsed:
		if f.Rung != engine.RungModel {
			return nil
		}
		_, err := w.db.change(ctx, w.tx, e.Attempt, `UPDATE attempts SET model = ? WHERE id = ?`, f.To, e.Attempt)
		return err
	case engine.AttemptFinished:
		verdict, err := json.Marshal(f.Verdict)
		if err != nil {
			return err
		}
		_, err = w.db.change(ctx, w.tx, e.Attempt, `UPDATE attempts SET ended = ?, answer = ?, verdict = ? WHERE id = ?`,
			stamped(e.At), f.Verdict.Answer, string(verdict), e.Attempt)
		return err
	}
	return nil
}
