package history

import (
	"context"
	"slices"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/screen"
)

const (
	pageSize = 200
	within   = 10 * time.Second // for one call of the store
)

// rows are the attempts read so far, newest first. They are read a page at a
// time: the store may hold far more than anyone looks at.
type rows struct {
	library screen.Library
	all     []engine.Summary
	whole   bool // there are no more
	asked   int  // number of the latest request; other answers are dropped
	waiting bool // for that answer
	fresh   bool // the next answer replaces all rows: the filter has changed
	bin     bool // they are those that were deleted
	gone    map[engine.AttemptID]bool
	running map[engine.AttemptID]bool // as their events say
	taken   []engine.AttemptID        // by a server, as it says
	alive   func(engine.AttemptID) bool
	others  map[engine.AttemptID]bool // attempts that another process takes, as far as is known
}

// loaded answers the request of that number.
type loaded struct {
	asked int
	after engine.AttemptID // the page begins after this one; "" for the first
	page  []engine.Summary
	alive []engine.AttemptID // those of it that have no end and that a process takes
	err   error
}

// newRows are none yet; alive, which may be nil, is as screen.Env.Alive.
func newRows(l screen.Library, alive func(engine.AttemptID) bool) rows {
	none := func() map[engine.AttemptID]bool { return map[engine.AttemptID]bool{} }
	return rows{library: l, alive: alive, gone: none(), running: none(), others: none()}
}

// refresh reads the first page anew.
func (r *rows) refresh(f engine.Filter) tea.Cmd {
	f.Limit, r.bin = pageSize, f.OfDeleted()
	return r.load(f)
}

// next reads the page after the last row, unless there is none or an answer is
// still to come.
func (r *rows) next(f engine.Filter) tea.Cmd {
	if r.whole || r.waiting || len(r.all) == 0 {
		return nil
	}
	f.Limit, f.Before = pageSize, r.all[len(r.all)-1].ID
	return r.load(f)
}

func (r *rows) load(f engine.Filter) tea.Cmd {
	if r.library == nil {
		return nil
	}
	r.asked++
	r.waiting = true
	asked, library, alive := r.asked, r.library, r.alive
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), within)
		defer cancel()
		page, err := library.Attempts(ctx, f)
		msg := loaded{asked: asked, after: f.Before, page: page, err: err}
		for _, a := range page {
			if a.Verdict == nil && alive != nil && alive(a.ID) {
				msg.alive = append(msg.alive, a.ID)
			}
		}
		return msg
	}
}

// take folds a page in; false if it is a stranger's. A first page takes the
// place of what is as new as it, so that rows read before stay.
func (r *rows) take(msg loaded) bool {
	if msg.asked != r.asked {
		return false
	}
	r.waiting = false
	if msg.err != nil {
		return true
	}
	for _, a := range msg.page {
		r.setAlive(a.ID, slices.Contains(msg.alive, a.ID))
	}
	short := len(msg.page) < pageSize
	page := slices.DeleteFunc(slices.Clone(msg.page), func(a engine.Summary) bool { return r.gone[a.ID] && !r.bin })
	switch {
	case msg.after != "":
		r.all = append(r.all, page...)
		r.whole = short
	case r.fresh || short:
		r.all, r.whole = page, short
	default:
		last := msg.page[len(msg.page)-1].ID
		older := slices.IndexFunc(r.all, func(a engine.Summary) bool { return a.ID < last })
		if older < 0 {
			r.all, r.whole = page, false
			break
		}
		r.all = append(page, r.all[older:]...)
	}
	r.fresh = false
	return true
}

// follow learns from events which attempts run, and says whether one of them
// is new or has finished, so that the list is out of date.
func (r *rows) follow(events []engine.Event) (changed bool) {
	for _, e := range events {
		switch e.Fact.(type) {
		case engine.AttemptFinished:
			changed = true
			delete(r.running, e.Attempt)
		default:
			changed = changed || !r.running[e.Attempt]
			r.running[e.Attempt] = true
		}
	}
	return changed
}

// setAlive learns whether a process takes an attempt.
func (r *rows) setAlive(id engine.AttemptID, alive bool) {
	delete(r.others, id)
	if alive {
		r.others[id] = true
	}
}

// elsewhere says whether another process takes an attempt, as far as is known.
func (r *rows) elsewhere(id engine.AttemptID) bool { return r.others[id] && !r.runs(id) }

// elsewheres are at most so many attempts that another process takes, as far as is known.
func (r *rows) elsewheres(maxIDs int) (ids []engine.AttemptID) {
	for id := range r.others {
		if len(ids) < maxIDs {
			ids = append(ids, id)
		}
	}
	return ids
}

// runs says whether this app takes an attempt, or its server, as far as is known.
func (r *rows) runs(id engine.AttemptID) bool { return r.running[id] || slices.Contains(r.taken, id) }

// serves learns which attempts a server takes, and says whether that has changed.
func (r *rows) serves(taken []engine.AttemptID) (changed bool) {
	changed = !slices.Equal(r.taken, taken)
	r.taken = taken
	return changed
}

func (r *rows) over(id engine.AttemptID) { delete(r.running, id) }

func (r *rows) find(id engine.AttemptID) int {
	return slices.IndexFunc(r.all, func(a engine.Summary) bool { return a.ID == id })
}

// remove takes an attempt out of sight, put brings it back to its place.
func (r *rows) remove(id engine.AttemptID) {
	r.gone[id] = true
	if i := r.find(id); i >= 0 {
		r.all = slices.Delete(r.all, i, i+1)
	}
}

func (r *rows) put(a engine.Summary) {
	delete(r.gone, a.ID)
	if r.find(a.ID) >= 0 {
		return
	}
	i, _ := slices.BinarySearchFunc(r.all, a.ID, func(b engine.Summary, id engine.AttemptID) int {
		return strings.Compare(string(id), string(b.ID)) // newest first
	})
	r.all = slices.Insert(r.all, i, a)
}
