package live_test

import (
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// paused is a replay of twenty seconds that is held at its beginning.
func paused(t *testing.T) (s *live.Screen, press func(keys ...string)) {
	t.Helper()
	e := env(theme.Palettes()[0])
	e.Library = &library{events: story(finished()...)}
	s = live.Replay(e, engine.Summary{ID: "a1", Problem: problem, Begun: begun, Took: 20 * time.Second}, 1)
	s.Resize(120, 30)
	drain(s, s.Init(), 2)
	press = func(keys ...string) {
		for _, k := range keys {
			msg := tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(k)}
			if k == "enter" {
				msg = tea.KeyMsg{Type: tea.KeyEnter}
			}
			drain(s, s.Update(msg), 2)
		}
	}
	press(" ")
	return s, press
}

func TestScrubbing(t *testing.T) {
	s, press := paused(t)
	for _, step := range []struct{ keys, want string }{
		{":5 ", "paused at 0:05 of 0:20 (25%)"},
		{":50% ", "paused at 0:10 of 0:20 (50%)"},
		{":0:15 ", "paused at 0:15 of 0:20 (75%)"},
		{"{", "paused at 0:05 of 0:20 (25%)"},
		{":+3 ", "paused at 0:08 of 0:20 (40%)"},
		{":-4 ", "paused at 0:04 of 0:20 (20%)"},
		{"{", "paused at 0:00 of 0:20 (0%)"},
		{"}", "paused at 0:10 of 0:20 (50%)"},
	} {
		for _, k := range step.keys {
			if k == ' ' {
				press("enter")
			} else {
				press(string(k))
			}
		}
		if got := tuitest.Status(s); !strings.Contains(got, step.want) {
			t.Errorf("after %q the status is %q, want %q in it", step.keys, got, step.want)
		}
	}
	press(":")
	press("7", "7", "x", "enter")
	if got := s.View(); !strings.Contains(got, "is no place in a replay") {
		t.Errorf("a place that is none was taken:\n%s", got)
	}
}

// TestScrubbingShowsWhatWasThere: wherever one comes from, a place shows the same.
func TestScrubbingShowsWhatWasThere(t *testing.T) {
	forward, ahead := paused(t)
	ahead(":", "6", "enter")
	back, press := paused(t)
	press(":", "9", "9", "%", "enter")
	press(":", "6", "enter")
	if got, want := withoutHints(back), withoutHints(forward); got != want {
		t.Errorf("from behind:\n%s\nfrom before:\n%s", got, want)
	}
}

// TestSteps: one key, one event, and the replay is held.
func TestSteps(t *testing.T) {
	s, press := paused(t)
	press(":", "0", "enter")
	for range len(finished()) {
		press(".")
	}
	if got := tuitest.Status(s); !strings.Contains(got, "at the end") {
		t.Errorf("after as many steps as events the status is %q", got)
	}
	press(":", "5", "enter")
	if got := tuitest.Status(s); !strings.Contains(got, "paused at 0:05") {
		t.Errorf("back from the end the status is %q", got)
	}
}
