package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// defaultEvents is how many events are read when no limit is given.
const defaultEvents = 1000

// Events returns at most limit events of an attempt with Seq > after, in order;
// if limit is zero, at most 1000. An attempt that is not there has none. In the
// place of an event that is damaged stands a Warning that says so; see Damage.
func (d *DB) Events(ctx context.Context, id engine.AttemptID, after uint64, limit int) ([]engine.Event, error) {
	if limit <= 0 {
		limit = defaultEvents
	}
	events, err := d.events(ctx, id, int64(min(after, math.MaxInt64)), limit)
	return events, fault(d.path, fmt.Sprintf("read attempt %s in", id), err)
}

func (d *DB) events(ctx context.Context, id engine.AttemptID, after int64, limit int) ([]engine.Event, error) {
	p, err := d.page(ctx, id, after, limit)
	return p.events, err
}

func (d *DB) page(ctx context.Context, id engine.AttemptID, after int64, limit int) (page, error) {
	p := page{db: d, id: id, after: after, full: limit}
	tx, err := d.reader.BeginTx(ctx, nil) // all below is of one moment
	if err != nil {
		return p, err
	}
	defer func() { _ = tx.Rollback() }()
	if err := p.read(ctx, tx); err != nil {
		return page{}, err
	}
	return p, nil
}

// read fills the page.
func (p *page) read(ctx context.Context, tx *sql.Tx) error {
	if err := p.place(ctx, tx); err != nil {
		return err
	}
	rows, err := tx.QueryContext(ctx, p.query(), p.id, p.after, p.full)
	if err != nil {
		return err
	}
	defer rows.Close()
	for p.rows < p.full && rows.Next() {
		var r eventRow
		b := block{attempt: string(p.id)}
		if err := rows.Scan(&r.seq, &r.at, &r.kind, &r.fact, &r.sum, &b.last, &b.events, &b.data); err != nil {
			return err
		}
		if b.first, b.sum = r.seq, r.sum; b.last != nil {
			p.takeBlock(b)
		} else {
			p.take(r)
		}
	}
	if err := rows.Err(); err != nil && !errors.Is(err, context.Canceled) {
		p.leaveOut("what follows event %v: %v", p.before, err)
		return ctx.Err()
	} else if err != nil {
		return err
	}
	p.end()
	return nil
}

// eventRow is an event as it is stored.
type eventRow struct{ seq, at, kind, fact, sum any }

// page is events of an attempt as they are read.
type page struct {
	db      *DB
	version int // of the tables at that moment: another program may have migrated them
	id      engine.AttemptID
	after   int64
	full    int
	rows    int
	sealed  bool // its rows have checksums
	ended   bool // it has a verdict
	before  any  // Seq of the row before the next one; nil: there is none
	kind    any  // of that row
	broken  bool // that row is damaged, and may say a wrong Seq
	lost    bool // something of the page is damaged or has gone
	events  []engine.Event
}

// place finds out what stands before the page.
func (p *page) place(ctx context.Context, tx *sql.Tx) error {
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&p.version); err != nil {
		return err
	}
	err := tx.QueryRowContext(ctx, `SELECT seq, kind FROM events WHERE attempt = ? AND seq <= ? ORDER BY seq DESC LIMIT 1`, p.id, p.after).Scan(&p.before, &p.kind)
	if err != nil && !errors.Is(err, sql.ErrNoRows) || p.version < sumsSince {
		return ignoreNone(err)
	}
	if p.version >= blocksSince {
		var last any
		err := tx.QueryRowContext(ctx, `SELECT last FROM blocks WHERE attempt = ?1 AND last <= ?2 AND last > coalesce(?3, -1)
			ORDER BY first DESC LIMIT 1`, p.id, p.after, p.before).Scan(&last)
		if ignoreNone(err) != nil {
			return err
		} else if err == nil {
			p.before, p.kind = last, nil
		}
	}
	return tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM attempts WHERE id = ?1 AND ended IS NOT NULL),
		EXISTS (SELECT 1 FROM attempts WHERE id = ?1 AND sum IS NOT NULL)
		OR (SELECT sum FROM events WHERE attempt = ?1 ORDER BY seq LIMIT 1) IS NOT NULL
		OR (SELECT sum FROM events WHERE attempt = ?1 ORDER BY seq DESC LIMIT 1) IS NOT NULL`, p.id).Scan(&p.ended, &p.sealed)
}

// query is for the rows of the page, events and blocks, in order.
func (p *page) query() string {
	sum, blocks := "sum", ""
	if p.version < sumsSince {
		sum = "NULL"
	}
	if p.version >= blocksSince {
		blocks = `UNION ALL SELECT first, NULL, NULL, NULL, sum, last, events, data FROM blocks WHERE attempt = ?1 AND last > ?2`
	}
	return `SELECT seq, at, kind, fact, ` + sum + `, NULL, NULL, NULL FROM events WHERE attempt = ?1 AND seq > ?2
		` + blocks + ` ORDER BY 1 LIMIT ?3`
}

func ignoreNone(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	return err
}

// take adds a row's event to the page, or what is wrong with it.
func (p *page) take(r eventRow) {
	p.rows++
	e, err := p.event(r)
	var linkFits bool
	if err == nil && p.sealed {
		is, _ := r.sum.(int64)
		content := sumOf(string(p.id), r.seq, r.at, r.kind, r.fact)
		linkFits = is == linked(content, p.before)
		if is&math.MaxUint32 != content {
			err = errors.New("it does not fit its checksum")
		}
	}
	if err == nil && len(p.events) > 0 && e.Seq <= p.events[len(p.events)-1].Seq {
		err = errors.New("it stands behind a later one")
	}
	if err == nil && p.sealed && !linkFits && !p.broken {
		p.gone(e)
	}
	p.before, p.kind, p.broken = r.seq, r.kind, err != nil
	if err != nil {
		p.leaveOut("event %v: %v", printable(r.seq), err)
		return
	}
	p.events = append(p.events, e)
}

func (p *page) event(r eventRow) (e engine.Event, err error) {
	seq, isSeq := r.seq.(int64)
	at, isAt := r.at.(string)
	kind, isKind := r.kind.(string)
	fact, isFact := r.fact.(string)
	if !isSeq || !isAt || !isKind || !isFact || seq < 0 {
		return e, errors.New("it holds values of other kinds than are stored")
	}
	when, err := time.Parse(stamp, at)
	if err != nil {
		return e, errors.New("its time cannot be read")
	}
	if !json.Valid([]byte(fact)) {
		return e, errors.New("its fact cannot be read")
	}
	return engine.NewEvent(p.id, uint64(seq), when, kind, json.RawMessage(fact))
}

// leaveOut puts what is wrong in the place of what cannot be shown.
func (p *page) leaveOut(format string, args ...any) {
	p.lost = true
	said := p.db.damage.add("attempt %s, "+format, append([]any{printable(string(p.id))}, args...)...)
	last := engine.Event{Attempt: p.id, Seq: uint64(max(p.after, 0))}
	if n := len(p.events); n > 0 {
		last = p.events[n-1]
	}
	p.events = append(p.events, engine.Event{
		Attempt: p.id, Seq: last.Seq + 1, At: last.At, Fact: engine.Warning{Text: "damaged in the database and left out: " + said},
	})
}

// gone says that what came before e is not there; in its place, if there is one.
func (p *page) gone(e engine.Event) {
	last := uint64(max(p.after, 0)) //nolint:gosec // not negative
	if n := len(p.events); n > 0 {
		last = p.events[n-1].Seq
	}
	const what = "what came before event %d has gone"
	p.lost = true
	if last+1 < e.Seq {
		p.leaveOut(what, e.Seq)
	} else {
		p.db.damage.add("attempt %s, "+what, printable(string(p.id)), e.Seq)
	}
}

// end says what should have followed, if the page is the last.
func (p *page) end() {
	if !p.sealed || p.rows == p.full {
		return
	}
	lost := ""
	switch {
	case p.before == nil:
		lost = "all its events have gone"
	case p.ended && p.kind != (engine.Event{Fact: engine.AttemptFinished{}}).Kind():
		lost = "its last events have gone"
	default:
		return
	}
	if p.rows > 0 || p.after == 0 {
		p.leaveOut("%s", lost)
	} else {
		p.db.damage.add("attempt %s, %s", printable(string(p.id)), lost)
	}
}
