package live_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
)

// TestCarriedOver: an attempt says what it adds to, and a sample where it has voted.
func TestCarriedOver(t *testing.T) {
	events := story(
		engine.SampleStarted{}, engine.SampleFinished{Answer: "42", From: "a0"}, engine.TallyChanged{Tally: engine.Tally{}.Add(0, "42"), Left: 7},
	)
	started := events[0].Fact.(engine.AttemptStarted)
	started.Parent = "a0"
	events[0].Fact = started
	for _, size := range [][2]int{{60, 13}, {80, 21}, {160, 47}} {
		s := live.New(env(theme.Palettes()[0]), "a1", problem)
		s.Resize(size[0], size[1])
		s.Update(screen.Arrived{Events: events})
		checkFrame(t, "carried", s.View(), size[0], size[1])
		for _, want := range []string{"adds to attempt a0", "Sample 1 of 8 · voted in attempt a0", "voted in attempt a0, which has its text"} {
			if !strings.Contains(shown(s), want) {
				t.Errorf("%v: no %q in\n%s", size, want, shown(s))
			}
		}
	}
}

// TestHintStandsWhereItWasHeard: between what was said before and after, also once the
// transcript is told anew; what it holds cannot steer the terminal.
func TestHintStandsWhereItWasHeard(t *testing.T) {
	facts := []engine.Fact{
		engine.SampleStarted{},
		engine.Delta{Channel: engine.Thinking, Text: "before it", Frames: 1},
		engine.HintGiven{Text: "mind\x1b[2J the sign"},
		engine.Delta{Channel: engine.Thinking, Text: "after it", Frames: 1},
	}
	again := append(facts[:len(facts):len(facts)], engine.ReplyWasThinking{})
	for name, facts := range map[string][]engine.Fact{"as it came": facts, "told anew": again} {
		s := live.New(env(theme.Palettes()[0]), "a1", problem)
		s.Resize(100, 40)
		s.Update(screen.Arrived{Events: story(facts...)})
		got := shown(s)
		before, you, after := strings.Index(got, "before it"), strings.Index(got, "you: mind␛[2J the sign"), strings.Index(got, "after it")
		if before < 0 || you < before || after < you || strings.Contains(s.View(), "\x1b[2J") {
			t.Errorf("%s:\n%s", name, ansi.Strip(s.View()))
		}
	}
}
