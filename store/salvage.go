package store

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// Salvaged is what was found in a damaged file.
type Salvaged struct {
	Attempts int `json:"attempts"`
	Events   int `json:"events"`
	Orphans  int `json:"orphans"` // events that were left out, since what their attempt was has gone
}

// Recover looks for attempts in what is left of the file at path, page by page,
// without its header or its tables, and writes all that it finds into a new store at
// to, which it then reads through. What it takes is whole: every event fits its
// checksum; those from before there were checksums are not found. The file is only
// read. It must not be open in this process.
func Recover(ctx context.Context, path, to string) (found Salvaged, err error) {
	path, err = thisHost().find(path)
	if err != nil {
		return found, fault(path, "recover", err)
	}
	if _, err := size(path); err != nil { // a pipe or a device may never end
		return found, err
	}
	if exists(to) {
		return found, &engine.Fault{Class: engine.Invalid, What: to + " is there already", Todo: "name a new file, or move that one away"}
	}
	p, err := readPages(path)
	if err != nil {
		return found, refusal(path, "it cannot be read", "check the path given with --db, and its permissions", bare(err))
	}
	dir, err := folderBeside(to)
	if err != nil {
		return found, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	made := filepath.Join(dir, "aimo3.db")
	d, err := open(ctx, made, nil, thisHost())
	if err != nil {
		return found, err
	}
	found, err = d.takeIn(ctx, salvage(p))
	if err == nil && found.Events > 0 {
		err = d.Check(ctx)
	}
	if err := errors.Join(err, d.Close()); err != nil {
		return found, err
	}
	if found.Events == 0 {
		return found, refusal(path, "nothing in it can be recognised", "it may be another program's, or too little of it is left", nil)
	}
	return found, publish(made, to)
}

// wreck is what pages hold.
type wreck struct {
	events  map[engine.AttemptID]map[uint64]salvagedEvent
	deleted map[engine.AttemptID]string // when
	marks   map[engine.AttemptID]*engine.Marks
}

// salvagedEvent is an event, and the number of the one before it, as it was stored.
type salvagedEvent struct {
	engine.Event
	before any // nil: it was the first
}

func salvage(p *pages) wreck {
	w := wreck{map[engine.AttemptID]map[uint64]salvagedEvent{}, map[engine.AttemptID]string{}, map[engine.AttemptID]*engine.Marks{}}
	for n := uint32(1); n <= p.count(); n++ {
		p.records(n, w.take)
	}
	return w
}

// take looks whether a record is an event, a block of events, or an attempt that is
// deleted, by its checksum.
func (w *wreck) take(row int64, v []any) {
	if w.takeMark(v) {
		return
	}
	if len(v) == 6 {
		b := block{attempt: v[0], first: v[1], last: v[2], events: v[3], data: v[4], sum: v[5]}
		rows, err := b.rows(-1, math.MaxInt)
		if err != nil {
			w.takeEvent(v)
		}
		for _, r := range rows {
			w.takeEvent([]any{v[0], r.seq, r.at, r.kind, r.fact, r.sum})
		}
		return
	}
	// n, id, begun, ended, problem_id, source, statement, key, model, samples, tokens,
	// answer, verdict, deleted_at, purging, sum: see covered
	if len(v) < 16 || v[15] == nil {
		return
	}
	id, isText := v[1].(string)
	at, isDeleted := v[13].(string)
	if isText && isDeleted && v[15] == sumOf(append([]any{row}, v[1:14]...)...) {
		w.deleted[engine.AttemptID(id)] = at
	}
}

// takeMark takes a record if it is one of marks.
func (w *wreck) takeMark(v []any) bool { // n, attempt, kind, value, at, sum
	if len(v) != 6 || v[0] != nil || v[5] != sumOf(v[1:5]...) {
		return false
	}
	id, _ := v[1].(string)
	m := w.marks[engine.AttemptID(id)]
	if m == nil {
		m = new(engine.Marks)
		w.marks[engine.AttemptID(id)] = m
	}
	addMark(m, v[2], v[3])
	return true
}

func (w *wreck) takeEvent(v []any) {
	sum, ok := v[5].(int64)
	if !ok || sum&0xffffffff != sumOf(v[:5]...) {
		return
	}
	id, _ := v[0].(string)
	p := page{id: engine.AttemptID(id)}
	e, err := p.event(eventRow{v[1], v[2], v[3], v[4], v[5]})
	if err != nil || id == "" {
		return
	}
	if w.events[p.id] == nil {
		w.events[p.id] = map[uint64]salvagedEvent{}
	}
	w.events[p.id][e.Seq] = salvagedEvent{e, linkOf(sum)}
}

// takeIn keeps what was found, attempts in the order in which they began.
func (d *DB) takeIn(ctx context.Context, w wreck) (found Salvaged, err error) {
	var stories [][]engine.Event
	for _, events := range w.events {
		story := whatIsLeft(slices.SortedFunc(maps.Values(events), func(a, b salvagedEvent) int { return cmp.Compare(a.Seq, b.Seq) }))
		if _, begins := story[0].Fact.(engine.AttemptStarted); !begins {
			found.Orphans += len(story)
			continue
		}
		stories = append(stories, story)
	}
	slices.SortFunc(stories, func(a, b []engine.Event) int {
		return cmp.Or(a[0].At.Compare(b[0].At), cmp.Compare(a[0].Attempt, b[0].Attempt))
	})
	for _, story := range stories {
		if err := ctx.Err(); err != nil {
			return found, err
		}
		if err := d.commit(story); err != nil {
			return found, err
		}
		id := story[0].Attempt
		if at, gone := w.deleted[id]; gone {
			when, _ := time.Parse(stamp, at)
			if err := d.mark(ctx, id, stamped(when)); err != nil {
				return found, err
			}
		}
		if m := w.marks[id]; m != nil {
			if _, err := d.Mark(ctx, id, m.Alone()); err != nil {
				return found, err
			}
		}
		if err := d.compress(ctx, id, 0); err != nil {
			return found, err
		}
		found.Attempts, found.Events = found.Attempts+1, found.Events+len(story)
	}
	return found, nil
}

// whatIsLeft is a story with a warning wherever something of it has gone.
func whatIsLeft(events []salvagedEvent) (story []engine.Event) {
	var before any
	for _, e := range events {
		if n := len(story); n > 0 && e.before != before && story[n-1].Seq+1 < e.Seq {
			story = append(story, engine.Event{
				Attempt: e.Attempt, Seq: e.Seq - 1, At: story[n-1].At, Fact: engine.Warning{Text: "damaged in the database and not recovered: what came before this"},
			})
		}
		story = append(story, e.Event)
		before = int64(e.Seq) //nolint:gosec // as it was stored
	}
	return story
}
