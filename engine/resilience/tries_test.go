package resilience_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/resilience"
)

// TestTriesByClass: how often a reply is asked for whose tries fail so, after which
// waits at most, and what it ends with.
func TestTriesByClass(t *testing.T) {
	for _, row := range []struct {
		faults string // classes in turn, the last one again and again
		waits  string // in milliseconds; "…" where they go on
		of     string // how many tries there are at most, as each failure is told
		end    string
	}{
		{"unreachable", "250 500 1000 2000 4000", "6 6 6 6 6", "unreachable (tried 6 times over 7.8 s)"},
		{"truncated", "250 500 1000", "4 4 4", "truncated (tried 4 times over 1.8 s)"},
		{"crashed", "250 500", "3 3", "crashed (tried 3 times over 0.8 s)"},
		{"garbled", "250 500", "3 3", "garbled (tried 3 times over 0.8 s)"},
		{"stalled", "250", "2", "stalled (tried 2 times over 0.2 s)"},
		{"unknown", "250", "2", "unknown (tried 2 times over 0.2 s)"},
		{"busy", "250 500 1000 2000 4000 8000 10000 10000 10000 …", "0 0 0 0 0 0 0 0 0", ""},
		{"busy busy busy crashed", "250 500 1000 2000 4000", "0 0 0 6 6", "crashed (tried 3 times over 7.8 s)"},
		{"invalid", "", "", "invalid"},
		{"no_model", "", "", "no_model"},
		{"memory", "", "", "memory"},
		{"too_long", "", "", "too_long"},
		{"oversize", "", "", "oversize"},
		{"internal", "", "", "internal"},
		{"storage", "", "", "storage"},
		{"looped", "", "", "looped"},
		{"crashed memory", "250", "3", "memory (tried 2 times over 0.2 s)"},
	} {
		synctest.Test(t, func(t *testing.T) {
			g := resilience.New(&server{play: func(context.Context, int, func(engine.Piece)) error { return nil }}, resilience.Options{Rand: func() float64 { return 1 }})
			for range 10 { // else there would be no budget for all of them
				_, _ = g.Stream(t.Context(), engine.Ask{}, quiet)
			}
			tries, faults := g.Tries("m"), strings.Fields(row.faults)
			var waits, of []string
			var end error
			for i := 0; end == nil; i++ {
				if i == 9 {
					waits = append(waits, "…")
					break
				}
				class := engine.Class(faults[min(i, len(faults)-1)])
				var wait time.Duration
				var n int
				if wait, n, end = tries.Failed(&engine.Fault{Class: class, What: string(class)}); end == nil {
					waits, of = append(waits, fmt.Sprint(wait.Milliseconds())), append(of, fmt.Sprint(n))
					tries.Wait(t.Context())
				} else if engine.ClassOf(end) != class {
					t.Errorf("%s: it ends with the class %s", row.faults, engine.ClassOf(end))
				}
			}
			if got := strings.Join(waits, " "); got != row.waits || end == nil && row.end != "" || end != nil && end.Error() != row.end {
				t.Errorf("%s: waits of %s and then %v, want %s and %s", row.faults, got, end, row.waits, row.end)
			}
			if got := strings.Join(of, " "); got != row.of {
				t.Errorf("%s: told to be of %s tries, want %s", row.faults, got, row.of)
			}
		})
	}
}

// TestRetriesHaveABudget: without requests that succeed, three a minute are made, and
// those beyond wait; for a busy server there is none.
func TestRetriesHaveABudget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		g := resilience.New(nil, resilience.Options{Rand: func() float64 { return 0 }})
		var at []string
		for range 7 {
			tries := g.Tries("m")
			if _, _, err := tries.Failed(crashed); err != nil {
				t.Fatal(err)
			}
			tries.Wait(t.Context())
			at = append(at, fmt.Sprint(time.Since(begun)))
		}
		if got := strings.Join(at, " "); got != "0s 0s 0s 1m0s 1m0s 1m0s 2m0s" {
			t.Errorf("retries were made at %s", got)
		}
		for range 20 {
			tries := g.Tries("m")
			if wait, of, err := tries.Failed(busy); wait != 0 || of != 0 || err != nil {
				t.Fatalf("busy: a wait of %s, %d tries, %v", wait, of, err)
			}
			tries.Wait(t.Context())
		}
		if d := time.Since(begun); d != 2*time.Minute {
			t.Errorf("a busy server was waited for until %s", d)
		}
	})
}

// TestAllGoOnAfterARestart: replies that came for minutes and were all cut off at once are all
// asked for again at once, as many as there are.
func TestAllGoOnAfterARestart(t *testing.T) {
	for _, samples := range []int{1, 8, 64} {
		synctest.Test(t, func(t *testing.T) {
			begun := time.Now()
			g := resilience.New(nil, resilience.Options{Rand: func() float64 { return 0 }})
			defer g.Join(samples)()
			for i := range samples {
				tries := g.Tries("m")
				if _, _, err := tries.Failed(&engine.Fault{Class: engine.Truncated, What: "cut off"}); err != nil {
					t.Fatal(err)
				}
				tries.Wait(t.Context())
				if waited := time.Since(begun); waited > 0 {
					t.Fatalf("of %d samples, number %d waits for %s", samples, i+1, waited)
				}
			}
		})
	}
}

func TestWaitEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := resilience.New(nil, resilience.Options{Rand: half})
		tries := g.Tries("m")
		if _, _, err := tries.Failed(refused); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		begun := time.Now()
		tries.Wait(ctx)
		if time.Since(begun) != 0 || len(g.Health().Retries) != 0 {
			t.Errorf("it took %s, %+v waits", time.Since(begun), g.Health().Retries)
		}
	})
}

func TestExhaustedKeepsItsCause(t *testing.T) {
	last := &engine.Fault{Class: engine.Crashed, What: "the runner died", Todo: "try again"}
	err := fmt.Errorf("sample: %w", &resilience.RetryExhausted{Tries: 3, Over: 1500 * time.Millisecond, Last: last})
	var exhausted *resilience.RetryExhausted
	if !errors.As(err, &exhausted) || !errors.Is(err, last) || engine.ClassOf(err) != engine.Crashed {
		t.Errorf("%v is not what it was", err)
	}
}
