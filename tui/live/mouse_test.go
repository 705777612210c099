package live_test

import (
	"fmt"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/tuitest"
)

func click(s *live.Screen, x, y int) {
	s.Update(tuitest.Click(x, y))
}

func turn(s *live.Screen, x, y int, b tea.MouseButton) { s.Update(tea.MouseMsg{X: x, Y: y, Button: b}) }

// place is where a text stands in the frame, on the last line that has it; -1 if on none.
func place(s *live.Screen, text string) (x, y int) {
	lines := strings.Split(shown(s), "\n")
	for y := len(lines) - 1; y >= 0; y-- {
		if i := strings.Index(lines[y], text); i >= 0 {
			return ansi.StringWidth(lines[y][:i]), y
		}
	}
	return -1, -1
}

// many is an attempt of 40 samples of which each says its number.
func many() []engine.Fact {
	facts := []engine.Fact{engine.SamplesAdded{Samples: 32}}
	for i := range 40 {
		facts = append(facts, engine.SampleStarted{Sample: i}, engine.PhaseChanged{Sample: i, Phase: engine.Reasoning},
			engine.Delta{Sample: i, Channel: engine.Thinking, Text: strings.Repeat(fmt.Sprintf("this is sample %d\n\n", i+1), 200), Frames: 9})
	}
	return facts
}

// TestClicksOnSamples: a click on a sample chooses it, in the pane of all of them and in
// the strip, also where not all are in view.
func TestClicksOnSamples(t *testing.T) {
	for _, row := range []struct {
		w, h  int
		facts []engine.Fact
		at    string // what is clicked on
		want  string
	}{
		{160, 47, midRun(), " 3 ✗ ", "Sample 3 of 8"},
		{160, 47, midRun(), " 8 ○ ", "Sample 8 of 8"},
		{160, 47, many(), " 5 ● ", "Sample 5 of 40"},
		{80, 21, midRun(), " 3 ✗ ", "Sample 3 of 8"},
		{80, 21, midRun(), " 8 ○", "Sample 8 of 8"},
		{60, 13, midRun(), " 4 ○", "Sample 4 of 8"},
		{80, 21, many(), " 9 ●", "Sample 9 of 40"},
	} {
		s := sized(row.w, row.h, row.facts...)
		x, y := place(s, row.at)
		if click(s, x+2, y); !strings.Contains(shown(s), row.want) {
			t.Errorf("%dx%d: a click on %q at %d,%d: no %q in\n%s", row.w, row.h, row.at, x, y, row.want, shown(s))
		}
		again, _ := place(s, row.at)
		if click(s, again+2, y); !strings.Contains(shown(s), row.want) { // where they have moved to
			t.Errorf("%dx%d: a second click chose another\n%s", row.w, row.h, shown(s))
		}
	}
	s := sized(80, 21, many()...)
	for range 30 {
		s.Update(tea.KeyMsg{Type: tea.KeyRight})
	}
	x, y := place(s, "33 ●")
	if click(s, x, y); !strings.Contains(shown(s), "Sample 33 of 40") {
		t.Errorf("in the middle of the strip, at %d,%d:\n%s", x, y, shown(s))
	}
}

// TestTheWheelMovesWhatIsUnderIt: over the transcript its text, over the samples which is
// chosen, and over what does not scroll nothing.
func TestTheWheelMovesWhatIsUnderIt(t *testing.T) {
	for _, size := range [][2]int{{160, 47}, {80, 21}} {
		s := sized(size[0], size[1], many()...)
		before := shown(s)
		x, y := place(s, "this is sample 1")
		if size[0] == 160 {
			x, y = 20, 20
		}
		if turn(s, x, y, tea.MouseButtonWheelUp); !strings.Contains(shown(s), "↓ ") || shown(s) == before || !strings.Contains(shown(s), "Sample 1 of 40") {
			t.Errorf("%v: over the transcript it does not go up:\n%s", size, shown(s))
		}
		turn(s, x, y, tea.MouseButtonWheelDown)
		for _, still := range []string{"╭ Votes", "╭ Machine", "╭ Problem"} {
			x, y := place(s, still)
			turn(s, x+3, y+1, tea.MouseButtonWheelUp)
			if got := shown(s); got != before {
				t.Errorf("%v: over %s the frame became\n%s", size, still, got)
			}
		}
		x, y = place(s, " 2 ●")
		if turn(s, x, y, tea.MouseButtonWheelDown); !strings.Contains(shown(s), "Sample 2 of 40") {
			t.Errorf("%v: over the samples the next is not chosen:\n%s", size, shown(s))
		}
		turn(s, x, y, tea.MouseButtonWheelUp)
		if turn(s, x, y, tea.MouseButtonWheelUp); !strings.Contains(shown(s), "Sample 1 of 40") {
			t.Errorf("%v: it goes beyond the first:\n%s", size, shown(s))
		}
	}
}

// TestAClickShowsTheProblem whole, and a second one cut again.
func TestAClickShowsTheProblem(t *testing.T) {
	s := sized(60, 13, midRun()...)
	cut := shown(s)
	click(s, 4, 0)
	whole := shown(s)
	if click(s, 4, 0); strings.Contains(cut, "答えは") || !strings.Contains(whole, "答えは") || shown(s) != cut {
		t.Errorf("whole:\n%s\nand cut:\n%s", whole, shown(s))
	}
}
