package pulling

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
)

// TestWhatIsDrawnNeverGoesBack: though the server learns of more parts on the way.
func TestWhatIsDrawnNeverGoesBack(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		p, share, done, total := &Pull{size: random.Int64N(2000)}, 0.0, int64(0), int64(0)
		for range 50 {
			total += random.Int64N(3) * random.Int64N(400)
			done = min(done+random.Int64N(100), total)
			p.Take(Moved{p, engine.Pull{Done: done, Total: total}})
			if p.share < share || p.share > 1 {
				t.Fatalf("%d of %d: %g after %g", done, total, p.share, share)
			}
			share = p.share
		}
	}
}

// TestAPullIsFollowedToItsEnd, and what another one says changes nothing.
func TestAPullIsFollowedToItsEnd(t *testing.T) {
	going := make(chan struct{})
	p, cmd := Begin("m", 100, func(ctx context.Context, _ string, tell func(engine.Pull)) error {
		for i := range int64(51) {
			tell(engine.Pull{Status: "pulling", Done: i, Total: 100})
		}
		close(going)
		<-ctx.Done()
		return context.Cause(ctx)
	})
	parts, _ := cmd().(tea.BatchMsg)
	ended := make(chan tea.Msg, 1)
	go func() { ended <- parts[0]() }()
	<-going
	next := p.Take(parts[1]().(Moved))
	if p.Far() != "50 B of 100 B · 50%" || p.Status() != "pulling" {
		t.Errorf("it says %q, %q", p.Far(), p.Status())
	}
	p.Take(Moved{&Pull{}, engine.Pull{Done: 9}})
	if !strings.HasPrefix(p.Far(), "50 B") {
		t.Errorf("by another one it says %q", p.Far())
	}
	p.Stop()
	if e := (<-ended).(Ended); !e.Stopped() || e.Of != p {
		t.Errorf("it ended by %+v", e)
	}
	if m := next(); m != nil {
		t.Errorf("after the end came %+v", m)
	}
}
