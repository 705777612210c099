package compute_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/compute"
)

// puppet is a worker that does what a cell's text says.
type puppet struct {
	number string // which one it is of its session
	ready  error
	ended  chan struct{}
	once   sync.Once
}

func (p *puppet) Ready(context.Context) error { return p.ready }

func (p *puppet) Run(ctx context.Context, _ int, code string) (engine.Cell, error) {
	switch code {
	case "crash":
		return engine.Cell{Err: "[CRASHED]"}, nil
	case "wait":
		select {
		case <-ctx.Done():
			return engine.Cell{}, context.Cause(ctx)
		case <-p.ended:
			return engine.Cell{Err: "[CRASHED]"}, nil
		}
	}
	return engine.Cell{Output: p.number, Kept: true}, nil
}

func (p *puppet) End() { p.once.Do(func() { close(p.ended) }) }

// stage gives the puppets of a session, or the error that is their turn.
type stage struct {
	faults map[int]error // of starting, by number
	ready  map[int]error
	all    []*puppet
	tries  int
}

func (s *stage) start() (compute.Worker, error) {
	s.tries++
	if err := s.faults[s.tries]; err != nil {
		return nil, err
	}
	p := &puppet{number: string(rune('0' + s.tries)), ready: s.ready[s.tries], ended: make(chan struct{})}
	s.all = append(s.all, p)
	return p, nil
}

// TestSession: what a worker loses, the next one goes on with; no worker is left.
func TestSession(t *testing.T) {
	broken := errors.New("no more processes")
	for _, c := range []struct {
		name          string
		stage         stage
		cells, want   []string // an output, or the text of an error
		started, made int      // workers, once all cells ran
	}{
		{"one worker runs all", stage{}, []string{"a", "b"}, []string{"1", "1"}, 1, 1},
		{"a lost one is replaced at once", stage{}, []string{"crash"}, []string{"[CRASHED]"}, 2, 2},
		{"and the next runs what follows", stage{}, []string{"crash", "a"}, []string{"[CRASHED]", "2"}, 2, 2},
		{
			"one that cannot be replaced at once is replaced by the next cell",
			stage{faults: map[int]error{2: broken}},
			[]string{"crash", "a"},
			[]string{"[CRASHED]", "3"},
			3, 2,
		},
		{
			"nor then, which the cell says",
			stage{faults: map[int]error{2: broken, 3: broken}},
			[]string{"crash", "a", "a"},
			[]string{"[CRASHED]", "no more processes", "4"},
			4, 2,
		},
		{"one that never gets ready is not used again", stage{ready: map[int]error{1: broken}}, []string{"a", "a"}, []string{"no more processes", "2"}, 2, 2},
		{"a long cell is not run", stage{}, []string{strings.Repeat("x", 11), "a"}, []string{"TooLong: the cell has 11 bytes", "1"}, 1, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := compute.NewSession(compute.Limits{Code: 10}, c.stage.start)
			if err != nil {
				t.Fatal(err)
			}
			for i, code := range c.cells {
				cell, err := s.Run(t.Context(), code)
				got := cell.Text()
				if err != nil {
					got = err.Error()
				}
				if !strings.HasPrefix(got, c.want[i]) {
					t.Errorf("cell %d: %q, want %q", i+1, got, c.want[i])
				}
			}
			if c.stage.tries != c.started || len(c.stage.all) != c.made {
				t.Errorf("%d starts made %d workers, want %d and %d", c.stage.tries, len(c.stage.all), c.started, c.made)
			}
			checkClosed(t, s, &c.stage)
		})
	}
}

func checkClosed(t *testing.T, s engine.Session, all *stage) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	for _, p := range all.all {
		select {
		case <-p.ended:
		default:
			t.Errorf("worker %s is left", p.number)
		}
	}
	if _, err := s.Run(t.Context(), "a"); !errors.Is(err, compute.ErrClosed) {
		t.Errorf("a closed session: %v", err)
	}
}

func TestSessionThatCannotBegin(t *testing.T) {
	broken := errors.New("no more processes")
	all := stage{faults: map[int]error{1: broken}}
	if s, err := compute.NewSession(compute.Limits{}, all.start); !errors.Is(err, broken) || s != nil {
		t.Errorf("%v, %v", s, err)
	}
}

// TestSessionEndsWithItsCaller: a cell ends with its context and with Close, and
// no worker is started for a session that may be on its way out.
func TestSessionEndsWithItsCaller(t *testing.T) {
	gone := errors.New("the vote is decided")
	for _, c := range []struct {
		name string
		end  func(context.CancelCauseFunc, engine.Session)
		want error
	}{
		{"cancelled", func(cancel context.CancelCauseFunc, _ engine.Session) { cancel(gone) }, gone},
		{"closed", func(_ context.CancelCauseFunc, s engine.Session) { _ = s.Close() }, compute.ErrClosed},
	} {
		var all stage
		s, err := compute.NewSession(compute.Limits{}, all.start)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancelCause(t.Context())
		var wg sync.WaitGroup
		wg.Go(func() { c.end(cancel, s) })
		if _, err := s.Run(ctx, "wait"); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
		wg.Wait()
		if all.tries != 1 {
			t.Errorf("%s: %d workers were started", c.name, all.tries)
		}
		checkClosed(t, s, &all)
	}
}
