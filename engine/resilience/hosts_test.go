package resilience_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/resilience"
)

// box is a host whose requests take a second, and fail while it has a fault.
type box struct {
	mu    sync.Mutex
	fault error
	asked int
}

func (b *box) Stream(ctx context.Context, _ engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
	b.mu.Lock()
	b.asked++
	err := b.fault
	b.mu.Unlock()
	if err != nil {
		return engine.Ending{}, err
	}
	say(engine.Piece{Frames: 1, Channel: engine.Reply, Text: "4"})
	select {
	case <-time.After(time.Second):
		return engine.Ending{}, nil
	case <-ctx.Done():
		return engine.Ending{}, ctx.Err()
	}
}

func (b *box) set(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.fault = err
}

// twoHosts are a and b, with the models given.
func twoHosts(a, b []string) (*resilience.Hosts, [2]*box) {
	boxes := [2]*box{{}, {}}
	h := resilience.NewHosts([]engine.Backend{boxes[0], boxes[1]}, resilience.Options{Rand: func() float64 { return 0.5 }})
	h.Meet(0, "a", 0, a)
	h.Meet(1, "b", 0, b)
	return h, boxes
}

// sample asks for one reply as a sample does, and says how that went.
func sample(ctx context.Context, h *resilience.Hosts, model string, moves *[]string) error {
	var mu sync.Mutex
	l := h.Line(model, func(f engine.FallbackUsed) {
		mu.Lock()
		defer mu.Unlock()
		*moves = append(*moves, fmt.Sprintf("%s %s>%s %s", f.Rung, f.From, f.To, f.Class))
	})
	defer l.Close()
	tries := l.Tries()
	for {
		_, err := l.Stream(ctx, engine.Ask{Model: model}, func(engine.Piece) {})
		if err == nil || ctx.Err() != nil {
			return err
		}
		if _, _, err = tries.Failed(err); err != nil {
			return err
		}
		tries.Wait(ctx)
	}
}

// TestSamplesAreSpread: over the hosts that have the model, by how much each takes.
func TestSamplesAreSpread(t *testing.T) {
	for _, row := range []struct {
		a, b  []string
		seats int // of a
		want  string
	}{
		{[]string{"m"}, []string{"m"}, 0, "4 4"},
		{[]string{"m"}, []string{"m"}, 2, "2 6"},
		{[]string{"x"}, []string{"m"}, 0, "0 8"},
		{[]string{"x"}, nil, 0, "8 0"}, // nobody has it: the first one says so
	} {
		synctest.Test(t, func(t *testing.T) {
			h, boxes := twoHosts(row.a, row.b)
			h.Meet(0, "a", row.seats, row.a)
			defer h.Join(6)()
			var wg sync.WaitGroup
			for range 8 {
				wg.Go(func() { _ = sample(t.Context(), h, "m", new([]string)) })
				synctest.Wait()
			}
			wg.Wait()
			if got := fmt.Sprint(boxes[0].asked, boxes[1].asked); got != row.want {
				t.Errorf("%v, %v, %d seats: the hosts got %s requests, want %s", row.a, row.b, row.seats, got, row.want)
			}
		})
	}
}

// TestLineGoesElsewhere: as soon as its host's breaker is open, at once where what
// failed may be otherwise elsewhere, after the last try at its host, and not for what
// failed once.
func TestLineGoesElsewhere(t *testing.T) {
	refused, cut := &engine.Fault{Class: engine.Unreachable, What: "refused"}, &engine.Fault{Class: engine.Truncated, What: "cut"}
	for _, row := range []struct {
		name  string
		a, b  error
		moves string
		err   string
		asked string
	}{
		{"a is down", refused, nil, "host a>b unreachable", "", "3 1"},
		{"both are down", refused, refused, "host a>b unreachable", "refused (tried 6 times", "3 3"},
		{"a cuts every reply", cut, nil, "host a>b truncated", "", "4 1"},
		{"both cut every reply", cut, cut, "host a>b truncated", "cut (tried 8 times", "4 4"},
		{"no memory at a", &engine.Fault{Class: engine.Memory, What: "full"}, nil, "host a>b memory", "", "1 1"},
		{"not at a any more", &engine.Fault{Class: engine.NoModel, What: "none"}, nil, "host a>b no_model", "", "1 1"},
		{"no memory anywhere", &engine.Fault{Class: engine.Memory, What: "full"}, &engine.Fault{Class: engine.Memory, What: "full"}, "host a>b memory", "full (tried 2 times", "1 1"},
		{"a mistake of the plan's", &engine.Fault{Class: engine.Invalid, What: "bad"}, nil, "", "bad", "1 0"},
	} {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				h, boxes := twoHosts([]string{"m"}, []string{"m"})
				boxes[0].set(row.a)
				boxes[1].set(row.b)
				var moves []string
				err := sample(t.Context(), h, "m", &moves)
				if got := strings.Join(moves, ", "); got != row.moves || (err == nil) != (row.err == "") || err != nil && !strings.HasPrefix(err.Error(), row.err) {
					t.Errorf("it went %q and ended with %v; want %q, %s", got, err, row.moves, row.err)
				}
				if got := fmt.Sprint(boxes[0].asked, boxes[1].asked); got != row.asked {
					t.Errorf("the hosts got %s requests, want %s", got, row.asked)
				}
			})
		})
	}
}

// TestThoseThatWaitGoElsewhere: also a request that waits for its turn at a host that
// fails meanwhile is answered, by the other host, without a failure of its own.
func TestThoseThatWaitGoElsewhere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, boxes := twoHosts([]string{"m"}, nil)
		h.Meet(0, "a", 1, []string{"m"})
		defer h.Join(8)()
		var wg sync.WaitGroup
		var mu sync.Mutex
		var all []string
		for range 8 {
			wg.Go(func() {
				var moves []string
				if err := sample(t.Context(), h, "m", &moves); err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				all = append(all, moves...)
			})
		}
		synctest.Wait() // one is at a, seven wait there
		h.Meet(1, "b", 0, []string{"m"})
		boxes[0].set(&engine.Fault{Class: engine.Unreachable, What: "refused"})
		begun := time.Now()
		wg.Wait()
		slices.Sort(all)
		if n := len(all); n != 7 || all[0] != all[6] || all[0] != "host a>b unreachable" {
			t.Errorf("moves: %v", all)
		}
		if took := time.Since(begun); took > 5*time.Second || boxes[1].asked != 7 {
			t.Errorf("it took %s, and b got %d requests", took, boxes[1].asked)
		}
		for _, health := range h.Health() {
			if health.Running+health.Queued+len(health.Retries) > 0 {
				t.Errorf("left: %+v", health)
			}
		}
	})
}

// TestALineStays: with its host, once that works again too.
func TestALineStays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, boxes := twoHosts([]string{"m"}, []string{"m"})
		l := h.Line("m", func(engine.FallbackUsed) { t.Error("it moved") })
		defer l.Close()
		for range 3 {
			if _, err := l.Stream(t.Context(), engine.Ask{Model: "m"}, func(engine.Piece) {}); err != nil {
				t.Fatal(err)
			}
		}
		if boxes[0].asked != 3 || boxes[1].asked != 0 {
			t.Errorf("the hosts got %d and %d requests", boxes[0].asked, boxes[1].asked)
		}
	})
}

// TestASmallerWindowIsTriedAtOnce: that a model did not fit into memory holds back
// requests for as large a window, and no others.
func TestASmallerWindowIsTriedAtOnce(t *testing.T) {
	for _, row := range []struct {
		fault  engine.Class
		window int
		held   bool
	}{
		{engine.Memory, 16384, false},
		{engine.Memory, 32768, true},
		{engine.Memory, 0, true}, // not known
		{engine.Crashed, 16384, true},
	} {
		synctest.Test(t, func(t *testing.T) {
			b := new(box)
			b.set(&engine.Fault{Class: row.fault, What: "no"})
			var closed int
			g := resilience.New(b, resilience.Options{Changed: func(f engine.BreakerChanged) {
				if f.Model == "m" && f.State == engine.BreakerClosed {
					closed++
				}
			}})
			ask := engine.Ask{Model: "m", Options: engine.Options{NumCtx: 32768}}
			tries := g.Tries("m")
			for range 5 {
				_, err := g.Stream(t.Context(), ask, func(engine.Piece) {})
				_, _, _ = tries.Failed(err)
			}
			if !tries.Held() {
				t.Errorf("%+v: nothing is held back", row)
			}
			b.set(nil)
			begun := time.Now()
			ask.Options.NumCtx = row.window
			if _, err := g.Stream(t.Context(), ask, func(engine.Piece) {}); err != nil {
				t.Error(err)
			}
			if held := time.Since(begun) > 2*time.Second; held != row.held || closed != 1 {
				t.Errorf("%+v: held back %v, closed %d times", row, held, closed)
			}
		})
	}
}
