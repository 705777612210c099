package tui

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// telling is a screen that says something in the bar.
type telling struct{ busy }

func (telling) Status() []screen.Part {
	return []screen.Part{{Text: "3/8 in flight", Rank: screen.Main}, {Text: "2 queued", Rank: screen.Figure}, {Text: "cache miss", Rank: screen.Calm}, {Text: "ctx 21%", Rank: screen.Figure}, {Text: "4:12 of 15:00", Rank: screen.Clock}}
}

// TestBarTellsOfBreakersAndRetries: trouble comes before all else and is there at any
// width; that there is none is said where there is room.
func TestBarTellsOfBreakersAndRetries(t *testing.T) {
	in := func(d time.Duration) time.Time { return tuitest.Now().Add(d) }
	closed := engine.Breaker{State: engine.BreakerClosed}
	open := engine.Breaker{State: engine.BreakerOpen, Until: in(12 * time.Second), Why: "no server answers"}
	retries := []engine.PendingRetry{{Try: 2, Of: 4, Class: engine.Truncated, At: in(1400 * time.Millisecond)}, {Try: 3, At: in(time.Hour)}}
	for _, row := range []struct {
		name   string
		health engine.Health
		width  int
		want   string
	}{
		{"well", engine.Health{Breakers: []engine.Breaker{closed, closed}}, 120, "● ollama up · breaker closed · retry – · 3/8 in flight · 2 queued · cache miss · ctx 21% · 4:12 of 15:00"},
		{"well, in 92", engine.Health{Breakers: []engine.Breaker{closed}}, 92, "● ollama up · breaker closed · 3/8 in flight · 2 queued · ctx 21% · 4:12 of 15:00"},
		{"well, in 60", engine.Health{}, 60, "● ollama up · 3/8 in flight · 4:12 of 15:00"},
		{"open", engine.Health{Breakers: []engine.Breaker{open}}, 120, "● ollama up · ▲ breaker open, half-open in 12 s · 3/8 in flight · 2 queued · ctx 21% · 4:12 of 15:00"},
		{"open, in 60", engine.Health{Breakers: []engine.Breaker{open}, Retries: retries}, 60, "● ollama up · ▲ breaker open, half-open in 12 s"},
		{"of a model", engine.Health{Breakers: []engine.Breaker{closed, {Model: "m", State: engine.BreakerOpen, Until: in(time.Second)}}}, 80, "● ollama up · ▲ breaker of m open, half-open in 1 s · 3/8 in flight"},
		{"of a model with a name, in 60", engine.Health{Breakers: []engine.Breaker{closed, {Model: "qwen3:8b-q4", State: engine.BreakerOpen, Until: in(time.Second)}}}, 60, "▲ breaker of qwen3:8b-q4 open, half-open in 1 s"},
		{"may try", engine.Health{Breakers: []engine.Breaker{{State: engine.BreakerOpen, Until: tuitest.Now()}}}, 80, "● ollama up · ◐ breaker half-open · 3/8 in flight · 4:12 of 15:00"},
		{"tries", engine.Health{Breakers: []engine.Breaker{{State: engine.BreakerHalfOpen}}}, 80, "● ollama up · ◐ breaker half-open, probing · 3/8 in flight · 2 queued"},
		{"retry", engine.Health{Breakers: []engine.Breaker{closed}, Retries: retries}, 140, "● ollama up · ↻ retry 2 of 4 in 1.4 s: reply cut · breaker closed · 3/8 in flight · 2 queued · ctx 21% · 4:12 of 15:00"},
		{"retry, in 60", engine.Health{Breakers: []engine.Breaker{closed}, Retries: retries}, 60, "● ollama up · ↻ retry 2 of 4 in 1.4 s: reply cut"},
		{"both", engine.Health{Breakers: []engine.Breaker{open}, Retries: retries}, 160, "● ollama up · ▲ breaker open, half-open in 12 s · ↻ retry 2 of 4 in 1.4 s: reply cut · 3/8 in flight · 2 queued · cache miss · ctx 21% · 4:12 of 15:00"},
	} {
		env := tuitest.Env(t, tuitest.Palette(t))
		env.Library = tuitest.NewLibrary()
		a := newApp(env, NewFeed(), polls{ctx: t.Context()}, nil)
		a.push(telling{busy{running: 3}})
		a.Update(tea.WindowSizeMsg{Width: row.width, Height: 24})
		a.Update(screen.ServerSeen{Server: tuitest.Up("m")})
		a.Update(screen.HealthSeen{Health: []engine.Health{row.health}})
		bar := ansi.Strip(a.status())
		if got := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(bar), "? help")); got != row.want {
			t.Errorf("%s:\ngot  %s\nwant %s", row.name, got, row.want)
		}
		if ansi.StringWidth(bar) != row.width {
			t.Errorf("%s: the bar is %d wide", row.name, ansi.StringWidth(bar))
		}
	}
}

// TestServerAwayIsToldWithoutItsBreaker: that a breaker is closed would say that all
// is well.
func TestServerAwayIsToldWithoutItsBreaker(t *testing.T) {
	a := newApp(tuitest.Env(t, tuitest.Palette(t)), NewFeed(), polls{ctx: t.Context()}, nil)
	a.Update(tea.WindowSizeMsg{Width: 120, Height: 24})
	a.Update(screen.ServerSeen{Server: tuitest.Down()})
	a.Update(screen.HealthSeen{Health: []engine.Health{{Breakers: []engine.Breaker{{State: engine.BreakerClosed}}}}})
	if bar := ansi.Strip(a.status()); !strings.Contains(bar, "○ no server") || strings.Contains(bar, "breaker") {
		t.Error(bar)
	}
}

// TestTimeLeftIsCountedDown: while anything waits, and no longer.
func TestTimeLeftIsCountedDown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		env := tuitest.Env(t, tuitest.Palette(t))
		env.Now = time.Now
		a := newApp(env, NewFeed(), polls{ctx: t.Context()}, nil)
		a.Update(screen.ServerSeen{Server: tuitest.Up("m")})
		a.width = 100
		open := engine.Breaker{State: engine.BreakerOpen, Until: time.Now().Add(2500 * time.Millisecond)}
		cmd := a.bar.health.see([]engine.Health{{Breakers: []engine.Breaker{open}}}, time.Now())
		if more := a.bar.health.see(a.bar.health.all, time.Now()); more != nil {
			t.Error("two count at once")
		}
		var bars []string
		for cmd != nil {
			bars = append(bars, ansi.Strip(a.status()))
			_, cmd = a.Update(cmd())
		}
		if len(bars) != 3 || !strings.Contains(bars[1], "half-open in 2 s") || !strings.Contains(ansi.Strip(a.status()), "◐ breaker half-open") {
			t.Errorf("%q, then %q", bars, a.status())
		}
	})
}

// TestHealthIsAskedForAgain: whenever it changes, but not all the time.
func TestHealthIsAskedForAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		asked, begun := 0, time.Now()
		p := polls{ctx: t.Context(), askHealth: func(context.Context) ([]engine.Health, bool) {
			asked++
			return []engine.Health{{Running: asked}}, asked < 3
		}}
		first, ok := p.health().(screen.HealthSeen)
		if !ok || first.Health[0].Running != 1 || time.Since(begun) != 0 {
			t.Errorf("at first %+v", first)
		}
		if second, ok := p.healthLater().(screen.HealthSeen); !ok || second.Health[0].Running != 2 || time.Since(begun) != healthEvery {
			t.Errorf("then %+v, after %s", second, time.Since(begun))
		}
		if last := p.healthLater(); last != nil {
			t.Errorf("in the end %+v", last)
		}
	})
}
