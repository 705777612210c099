package serve

import (
	"context"
	"maps"
	"slices"
	"sync"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/secure/audit"
)

// Source is what a problem says of where it came from, if it came to a server.
const Source = "api"

// maxFailed is how many attempts are remembered that never began.
const maxFailed = 256

// hub has attempts run, some at once and some one after the other.
type hub struct {
	with      Options
	feedBytes int
	base      context.Context // of every attempt
	cancel    context.CancelCauseFunc
	work      sync.WaitGroup

	mu       sync.Mutex
	runs     map[engine.AttemptID]*run // that run or wait
	queue    []*run                    // that wait, the first to begin first
	failed   []*run                    // the latest that never began
	running  int
	draining bool
}

func newHub(o Options, feedBytes int) *hub {
	h := &hub{with: o, feedBytes: feedBytes, runs: map[engine.AttemptID]*run{}}
	h.base, h.cancel = context.WithCancelCause(context.Background())
	return h
}

// start has an attempt run as soon as there is room. One of the same ID that is here
// already is returned in its place.
func (h *hub) start(r *run) (*run, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if here := h.runs[r.id]; here != nil {
		return here, nil
	}
	if _, used := h.beginsWith(r.key); used {
		return nil, errReused
	}
	waits := h.running >= h.with.Running
	switch {
	case h.draining:
		return nil, errDraining
	case waits && !r.goesOn && len(h.queue) >= h.with.Queue:
		return nil, errFull
	}
	r.feed, r.began, r.over = newFeed(h.feedBytes), make(chan struct{}), make(chan struct{})
	base := h.base
	if r.who != "" {
		base = audit.As(base, r.who)
	}
	r.ctx, r.cancel = context.WithCancelCause(base)
	h.runs[r.id] = r
	if waits {
		h.queue = append(h.queue, r)
		return r, nil
	}
	h.running++
	h.work.Go(func() { h.take(r) })
	return r, nil
}

// take runs an attempt, and then those that wait, until there are none.
func (h *hub) take(r *run) {
	for r != nil {
		switch {
		case r.goesOn:
			_, r.err = h.with.Desk.Resume(r.ctx, r.id, r.hear)
		case r.parent != "":
			_, r.err = h.with.Desk.Extend(r.ctx, r.id, r.parent, r.more, r.hear)
		default:
			_, r.err = h.with.Desk.Attempt(r.ctx, r.id, r.problem, r.plan, r.hear)
		}
		if h.with.Failed != nil {
			h.with.Failed(r.err)
		}
		r = h.next(r)
	}
}

// next notes that an attempt is over and is the one to run in its place.
func (h *hub) next(r *run) *run {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.close(r)
	if len(h.queue) == 0 {
		h.running--
		return nil
	}
	next := h.queue[0]
	h.queue = slices.Delete(h.queue, 0, 1)
	return next
}

// close forgets an attempt that is over, or remembers that it never began.
func (h *hub) close(r *run) {
	r.cancel(nil)
	r.feed.end()
	delete(h.runs, r.id)
	if !r.hasBegun() {
		h.failed = append(h.failed, r)
		h.failed = slices.Delete(h.failed, 0, max(len(h.failed)-maxFailed, 0))
	}
	close(r.over)
}

// find is an attempt that runs, waits, or never began.
func (h *hub) find(id engine.AttemptID) *run {
	h.mu.Lock()
	defer h.mu.Unlock()
	if r := h.runs[id]; r != nil {
		return r
	}
	for _, r := range slices.Backward(h.failed) {
		if r.id == id {
			return r
		}
	}
	return nil
}

// forget forgets an attempt that never began, and says whether there was one.
func (h *hub) forget(id engine.AttemptID) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	before := len(h.failed)
	h.failed = slices.DeleteFunc(h.failed, func(r *run) bool { return r.id == id })
	return len(h.failed) < before
}

// current is an attempt that runs or waits; nil if it does not.
func (h *hub) current(id engine.AttemptID) *run {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.runs[id]
}

// keyed is an attempt that runs or waits and whose ID a key gave.
func (h *hub) keyed(key string) (engine.AttemptID, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.beginsWith(key)
}

func (h *hub) beginsWith(key string) (engine.AttemptID, bool) {
	for id, r := range h.runs {
		if key != "" && r.key == key {
			return id, true
		}
	}
	return "", false
}

// stop ends one sample of an attempt, or all of it if sample is negative, and says
// whether it ran or waited.
func (h *hub) stop(id engine.AttemptID, sample int) bool {
	h.mu.Lock()
	r := h.runs[id]
	if i := slices.Index(h.queue, r); r != nil && i >= 0 && sample < 0 {
		h.queue = slices.Delete(h.queue, i, i+1)
		r.err = engine.ErrStopped
		h.close(r)
		h.mu.Unlock()
		return true
	}
	h.mu.Unlock()
	if r == nil {
		return false
	}
	if !h.with.Desk.Stop(id, sample) && sample < 0 { // the desk still looks at the plan
		r.cancel(engine.ErrStopped)
	}
	return true
}

// counts are how many attempts run and wait, and whether more may come.
func (h *hub) counts() (running, waiting int, open bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.running, len(h.queue), !h.draining
}

// ids are those of the attempts that run or wait, the first to come first, at most n.
func (h *hub) ids(n int) []engine.AttemptID {
	h.mu.Lock()
	defer h.mu.Unlock()
	all := slices.Sorted(maps.Keys(h.runs))
	return append([]engine.AttemptID{}, all[:min(len(all), n)]...)
}

// nudge wakes every listener.
func (h *hub) nudge() {
	h.mu.Lock()
	all := make([]*run, 0, len(h.runs))
	for _, r := range h.runs {
		all = append(all, r)
	}
	h.mu.Unlock()
	for _, r := range all {
		r.feed.nudge()
	}
}

// waits says whether an attempt is in the queue.
func (h *hub) waits(r *run) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Contains(h.queue, r)
}
