package desk_test

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
	"github.com/aimo3/aimo3/engine/desk"
	"github.com/aimo3/aimo3/engine/enginetest"
)

// away is a server that is away for a while; its replies take a second.
type away struct {
	server
	back time.Time
	mu   sync.Mutex // of the rest, and of the server's own
	open int        // requests now
	most int
}

func (s *away) Stream(ctx context.Context, ask engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
	s.mu.Lock()
	s.open++
	s.most = max(s.most, s.open)
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.open--
	}()
	if time.Now().Before(s.back) {
		return engine.Ending{}, &engine.Fault{Class: engine.Unreachable, What: "no server answers", Todo: "start it"}
	}
	time.Sleep(time.Second)
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.server.Stream(ctx, ask, say)
}

func (s *away) Server(ctx context.Context) engine.Server {
	seen := s.server.Server(ctx)
	seen.Seats = 2
	return seen
}

// TestServerThatIsAwayCostsNoSample: they wait for it, one tries for all, the attempt
// says so, and everyone who watches sees it; no more are at the server than it seats.
func TestServerThatIsAwayCostsNoSample(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &away{back: time.Now().Add(30 * time.Second)}
		d := desk.New(desk.Options{Servers: []desk.Server{s}})
		ctx, cancel := context.WithCancel(t.Context())
		var seen []string
		var widest int
		watch := d.HealthWatch()
		go func() {
			for all, more := watch(ctx); more; all, more = watch(ctx) {
				h := all[0]
				widest = max(widest, h.Running)
				if len(h.Breakers) > 0 && !slices.Contains(seen, string(h.Breakers[0].State)) {
					seen = append(seen, string(h.Breakers[0].State))
				}
			}
			seen = append(seen, "over")
		}()
		var events []engine.Event
		v, err := d.Attempt(t.Context(), "a1", problem, engine.Plan{Samples: 6, Stop: engine.StopNone}, func(e engine.Event) error {
			events = append(events, e)
			return nil
		})
		cancel()
		synctest.Wait()
		if err != nil || v.Of != 6 || v.Votes != 6 || s.most > 2 || widest > 2 {
			t.Fatalf("%v, %+v, up to %d and %d at once", err, v, s.most, widest)
		}
		if n := len(s.asked); n != 6 {
			t.Errorf("%d replies were given", n)
		}
		p := enginetest.Fold(events)
		if len(p.Breakers) != 1 || p.Breakers[0].State != engine.BreakerClosed || p.Breakers[0].Host != "here" {
			t.Errorf("the attempt tells of %+v", p.Breakers)
		}
		if got := strings.Join(seen, " "); !strings.Contains(got, "open half_open") || !strings.Contains(got, "closed") || !strings.HasSuffix(got, "over") {
			t.Errorf("who watches sees %s", got)
		}
		if got := fmt.Sprintf("%+v", d.Health()[0].Breakers[0]); !strings.Contains(got, "State:closed") || d.Health()[0].Limit != 0 {
			t.Errorf("in the end %s, %+v", got, d.Health())
		}
	})
}

// TestServerIsTriedNowIfAPersonSaysSo: the samples that wait for a breaker need not wait
// any longer; where none is open, it says so.
func TestServerIsTriedNowIfAPersonSaysSo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		s := &away{back: begun.Add(time.Second)}
		d := desk.New(desk.Options{Servers: []desk.Server{s}})
		if d.TryNow("here", "") {
			t.Error("before anything was asked a breaker was open")
		}
		done := make(chan time.Duration, 1)
		go func() {
			_, _ = d.Attempt(t.Context(), "a1", problem, engine.Plan{Samples: 2, Stop: engine.StopNone}, func(engine.Event) error { return nil })
			done <- time.Since(begun)
		}()
		time.Sleep(2 * time.Second) // it is open for five seconds, a fifth more or less
		if !d.TryNow("here", "") || d.TryNow("here", "") {
			t.Errorf("%+v", d.Health())
		}
		if took := <-done; took > 4*time.Second {
			t.Errorf("the attempt took %s", took)
		}
	})
}
