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

// TestWhatIsAddedIsShown: not a sample whose vote was carried over and whose text is in another
// attempt, unless a person looks at it or there is no other.
func TestWhatIsAddedIsShown(t *testing.T) {
	begun := []engine.Fact{
		engine.SampleStarted{},
		engine.SampleFinished{Answer: "42", From: "a0"},
		engine.SampleStarted{Sample: 1},
		engine.SampleFinished{Sample: 1, Answer: "42", From: "a0"},
		engine.SampleStarted{Sample: 2},
		engine.SampleStarted{Sample: 3},
	}
	verdict := func(votes engine.Tally) []engine.Fact {
		return []engine.Fact{engine.TallyChanged{Tally: votes}, engine.AttemptFinished{Verdict: engine.Verdict{Answer: "42", Votes: 3, Of: 3, Why: engine.AllEnded}}}
	}
	carried := engine.Tally{}.Add(0, "42").Add(1, "42")
	for name, one := range map[string]struct {
		keys  []string
		facts []engine.Fact
		want  string
	}{
		"while it runs":             {nil, nil, "Sample 3 of 8"},
		"at the verdict":            {nil, append([]engine.Fact{engine.SampleFinished{Sample: 3, Answer: "42"}}, verdict(carried.Add(3, "42"))...), "Sample 4 of 8"},
		"no new one voted for it":   {nil, verdict(carried), "Sample 3 of 8"},
		"a person looks at another": {[]string{"2"}, verdict(carried.Add(3, "42")), "Sample 2 of 8"},
	} {
		s := live.New(env(theme.Palettes()[0]), "a1", problem)
		s.Resize(100, 40)
		s.Update(screen.Arrived{Events: story(begun...)})
		for _, k := range one.keys {
			s.Update(tuitest.Key(t, k))
		}
		s.Update(screen.Arrived{Events: story(append(begun[:len(begun):len(begun)], one.facts...)...)})
		if !strings.Contains(shown(s), one.want) {
			t.Errorf("%s: no %q in\n%s", name, one.want, shown(s))
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
