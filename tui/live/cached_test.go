package live_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// TestCached: a verdict that was kept is shown at the end of its attempt, with its age
// at every size that shows a verdict, and a key has it solved afresh; also of an
// attempt that is stored elsewhere, of which only the outline is known.
func TestCached(t *testing.T) {
	l := &library{events: story(classes()...)}
	stored := engine.Summary{ID: "a1", Problem: problem, Begun: begun}
	for _, here := range []bool{true, false} {
		e := env(theme.Palettes()[0])
		hit, words := engine.Cached{Attempt: stored, Here: here, Age: 2 * time.Hour}, "cached 2 h ago"
		e.Library = l
		if !here {
			e.Library, hit.Events, words = &library{}, l.events, words+" elsewhere"
		}
		again := 0
		s := live.Cached(e, hit, func() tea.Cmd {
			again++
			return screen.Send(screen.Back{})
		})
		s.Resize(160, 48)
		drain(s, s.Init(), 100)
		for _, size := range [][2]int{{60, 14}, {80, 20}, {80, 22}, {160, 48}} {
			s.Resize(size[0], size[1])
			checkFrame(t, fmt.Sprint(size), s.View(), size[0], size[1])
			if got := unwrapped(s); !strings.Contains(got, words) || strings.Contains(got, "reading the attempt") {
				t.Errorf("here %v, %v: no %q in\n%s", here, size, words, ansi.Strip(s.View()))
			}
		}
		if got, want := tuitest.Status(s), strings.Replace(words, "cached", "cache hit,", 1)+" · R solves again"; got != want {
			t.Errorf("status %q, want %q", got, want)
		}
		if !strings.Contains(listed(s), " R ") {
			t.Errorf("R is not listed: %s", listed(s))
		}
		s.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("R")})
		if again != 1 {
			t.Errorf("solved afresh %d times", again)
		}
		s.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("r")})
		if got := tuitest.Status(s); !strings.HasPrefix(got, "replay ") {
			t.Errorf("status %q while it is replayed", got)
		}
	}
}
