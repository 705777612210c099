package solve

import (
	"context"
	"sync"

	"github.com/aimo3/aimo3/engine"
)

// slot is the life of one sample.
type slot struct {
	ctx   context.Context
	stop  context.CancelCauseFunc
	hints hints
}

// slots are those of an attempt's samples, by their numbers. They are made as they are
// asked for: a person may add samples.
type slots struct {
	within context.Context // the attempt's
	mu     sync.Mutex
	made   map[int]*slot
}

func (s *slots) at(i int) *slot {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.made == nil {
		s.made = map[int]*slot{}
	}
	if s.made[i] == nil {
		ctx, stop := context.WithCancelCause(s.within)
		s.made[i] = &slot{ctx: ctx, stop: stop}
	}
	return s.made[i]
}

// round is which samples are to be taken, and what they are asked.
type round struct {
	ask func(engine.Brief) []engine.Turn // if nil, what the prompt says

	mu     sync.Mutex
	open   []int // numbers of those that nobody has taken yet
	takers int   // goroutines that take them
}

// add gives the round more samples, and says how many more goroutines it takes to have
// max at work, or one for each sample if that is less. They count as at work from now on.
func (r *round) add(samples []int, most int) (more int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.open = append(r.open, samples...)
	more = max(min(most-r.takers, len(r.open)), 0)
	r.takers += more
	return more
}

// next is the next sample to be taken; false if there is none, and then who asks takes no
// more.
func (r *round) next() (int, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.open) == 0 {
		r.takers--
		return 0, false
	}
	i := r.open[0]
	r.open = r.open[1:]
	return i, true
}
