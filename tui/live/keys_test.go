package live_test

import (
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/monitor"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// listed are the names of the keys that help shows.
func listed(s *live.Screen) string {
	var names []string
	for _, k := range s.Keys() {
		names = append(names, k.Help().Key)
	}
	return " " + strings.Join(names, " ") + " "
}

// TestKeysOfAReplayGoWithItsEnd: what is over is neither paused nor sped up.
func TestKeysOfAReplayGoWithItsEnd(t *testing.T) {
	e := env(theme.Palettes()[0])
	e.Library = &library{events: story(finished()...)}
	stored := engine.Summary{ID: "a1", Problem: problem, Begun: begun, Took: 20 * time.Second}
	playing, over := live.Replay(e, stored, 1), live.Replay(e, stored, 0)
	drain(playing, playing.Init(), 1)
	drain(over, over.Init(), 10)
	for _, k := range []string{"space", "]", "[", "x"} {
		if !strings.Contains(listed(playing), " "+k+" ") {
			t.Errorf("%s is not listed while the replay plays: %s", k, listed(playing))
		}
		if strings.Contains(listed(over), " "+k+" ") {
			t.Errorf("%s is listed at the end: %s", k, listed(over))
		}
	}
	if !strings.Contains(listed(over), " r ") {
		t.Errorf("r is not listed at the end: %s", listed(over))
	}
}

// TestOnlyWhatRunsIsStopped: a sample that has ended is not said to be stopped.
func TestOnlyWhatRunsIsStopped(t *testing.T) {
	s := live.New(env(theme.Palettes()[0]), "a1", problem)
	d := tuitest.Drive(t, s, 80, 22)
	fill(s, midRun()) // the first sample has ended, the fourth runs
	press := func(k tea.KeyMsg) string {
		d.Send(k)
		return tuitest.UntilSent[screen.Notice](d).Text
	}
	stop := tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("s")}
	for sample, want := range []string{"sample 1 has ended", "sample 2 has ended", "sample 3 has ended", "stopping sample 4"} {
		if got := press(stop); got != want {
			t.Errorf("sample %d: the notice is %q, want %q", sample+1, got, want)
		}
		if got := strings.Contains(listed(s), " s "); got != strings.HasPrefix(want, "stopping") {
			t.Errorf("sample %d: s is listed: %t", sample+1, got)
		}
		d.Press("right")
	}
}

// TestTheMachineIsHidden: its pane is hidden and shown by a key, whatever the layout; its
// room goes to the others.
func TestTheMachineIsHidden(t *testing.T) {
	for _, size := range [][2]int{{120, 34}, {80, 22}, {60, 14}, {100, 20}} {
		s := live.New(env(theme.Palettes()[0]), "a1", problem)
		s.Resize(size[0], size[1])
		fill(s, midRun())
		s.Update(screen.MachineRead{Reading: monitor.Reading{CPU: monitor.Value{N: 41}, GPUs: make([]monitor.GPU, 3)}})
		boxes := size[1] > 14
		before := s.View()
		s.Update(tuitest.Key(t, "M"))
		hidden := ansi.Strip(s.View())
		tuitest.CheckFrame(t, hidden, size[0], size[1])
		if strings.Contains(hidden, "Machine") || boxes && !strings.Contains(hidden, "Votes") || len(strings.Split(hidden, "\n")) != size[1] {
			t.Errorf("%v, hidden\n%s", size, hidden)
		}
		s.Update(tuitest.Key(t, "M"))
		if s.View() != before || boxes && !strings.Contains(before, "Machine") {
			t.Errorf("%v, shown again\n%s", size, ansi.Strip(s.View()))
		}
	}
}
