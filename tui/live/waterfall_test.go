package live_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// TestWhereTheTimeGoes: by its key a line for each stage stands in place of the
// transcript, scrolls, and gives way to the transcript again.
func TestWhereTheTimeGoes(t *testing.T) {
	s := live.New(env(theme.Palettes()[0]), "a1", problem)
	d := tuitest.Drive(t, s, 80, 22)
	d.Send(screen.Arrived{Events: story(midRun()...)})
	d.Press("w")
	for _, want := range []string{"Where the time goes", "prepare", "sample 1", "thinking", "█"} {
		if !strings.Contains(d.Frame(), want) {
			t.Errorf("no %q in\n%s", want, d.Frame())
		}
	}
	for _, size := range [][2]int{{60, 14}, {80, 22}, {160, 48}, {20, 6}} {
		s.Resize(size[0], size[1])
		tuitest.CheckFrame(t, s.View(), size[0], size[1])
	}
	s.Resize(80, 14)
	first := ansi.Strip(s.View())
	if d.Press("G"); ansi.Strip(s.View()) == first {
		t.Errorf("it does not scroll:\n%s", first)
	}
	if d.Press("w"); strings.Contains(d.Frame(), "Where the time goes") {
		t.Errorf("it stays:\n%s", d.Frame())
	}
}

// TestOnlyStagesInViewAreDrawn: a frame costs no more lines than it shows, however many
// stages there are.
func TestOnlyStagesInViewAreDrawn(t *testing.T) {
	var facts []engine.Fact
	for n := range 64 {
		facts = append(facts, engine.SampleStarted{Sample: n}, engine.PhaseChanged{Sample: n, Phase: engine.Reasoning})
		for cell := range 50 {
			facts = append(facts, engine.CodeStarted{Sample: n, Number: cell + 1}, engine.CodeFinished{Sample: n, Number: cell + 1, Cell: engine.Cell{Kept: true}})
		}
	}
	s := live.New(env(theme.Palettes()[0]), "a1", problem)
	d := tuitest.Drive(t, s, 160, 48)
	d.Send(screen.Arrived{Events: story(facts...)})
	d.Press("w")
	tuitest.CheckFrame(t, s.View(), 160, 48)
	if !strings.Contains(d.Frame(), "more ↓") {
		t.Errorf("it says not that there is more:\n%s", d.Frame())
	}
	if n := strings.Count(d.Frame(), "█·"); n > 48 {
		t.Errorf("%d bars", n)
	}
}
