package live_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/live"
)

// TestChoiceIsShown: the votes say by what a split vote is being settled and what
// came of it; a second round adds samples and loses nothing of the first.
func TestChoiceIsShown(t *testing.T) {
	var tally engine.Tally
	var facts []engine.Fact
	for i, a := range []engine.Answer{"7", "7", "41"} {
		tally = tally.Add(i, a)
		facts = append(facts, engine.SampleStarted{Sample: i}, engine.Delta{Sample: i, Channel: engine.Reply, Text: "I say " + string(a) + ".", Frames: 1},
			engine.SampleFinished{Sample: i, Answer: a}, engine.TallyChanged{Tally: tally})
	}
	candidates := []engine.Answer{"7", "41"}
	facts = append(facts,
		engine.ChoiceStarted{Choice: "second-round", Candidates: candidates, Samples: 2},
		engine.SampleStarted{Sample: 9}, engine.SampleStopped{Sample: 9},
		engine.ChoiceFinished{Choice: "second-round"},
		engine.ChoiceStarted{Choice: "select", Candidates: candidates, Draws: 8},
		engine.ChoiceFinished{Choice: "select", Answer: "41", Scores: []float64{1, 5}},
		engine.AttemptFinished{Verdict: engine.Verdict{Answer: "41", Votes: 1, Of: 3, Chosen: "select", Why: engine.AllEnded}},
	)
	for _, c := range []struct {
		name  string
		facts []engine.Fact
		want  []string
	}{
		{"before", facts[:12], []string{"Sample 1 of 8", "stops when", "I say 7."}},
		{"more samples", facts[:14], []string{"Sample 1 of 10", "choosing by second-round", "I say 7."}},
		{"a judge", facts[:17], []string{"Sample 1 of 10", "choosing by select among 2 answers", "I say 7."}},
		{"the end", facts, []string{"Sample 3 of 10", "one vote only · 1 vote, ", "second-round took 2 more samples", "chosen by select: judge votes 5 to 1", "every sample ended", "I say 41."}},
	} {
		s := live.New(env(theme.Palettes()[0]), "a1", problem)
		s.Resize(200, 60)
		fill(s, c.facts)
		got := ansi.Strip(s.View())
		for _, want := range c.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s: %q is not shown:\n%s", c.name, want, got)
			}
		}
	}
}

// TestAChoiceRuns: while a judge is asked, the attempt runs, though no sample
// does.
func TestAChoiceRuns(t *testing.T) {
	var facts []engine.Fact
	for i := range 8 {
		facts = append(facts, engine.SampleStarted{Sample: i}, engine.SampleFinished{Sample: i, Answer: "7"})
	}
	facts = append(facts, engine.ChoiceStarted{Choice: "select", Draws: 8}, engine.ChoiceFinished{Choice: "select"})
	for n, want := range map[int]int{15: 1, 16: 0, 17: 1, 18: 0} {
		s := live.New(env(theme.Palettes()[0]), "a1", problem)
		s.Resize(80, 24)
		fill(s, facts[:n])
		if got := s.Running(); got != want {
			t.Errorf("after %d facts %d run, want %d", n, got, want)
		}
	}
}
