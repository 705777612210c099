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

// ended are the facts of eight samples with these answers, "" for one that was stopped.
func ended(why engine.Reason, answers ...engine.Answer) []engine.Fact {
	var facts []engine.Fact
	var tally engine.Tally
	for i, a := range answers {
		if a == "" {
			facts = append(facts, engine.SampleStopped{Sample: i, Why: "the vote is decided"})
			continue
		}
		tally = tally.Add(i, a)
		facts = append(facts, engine.SampleStarted{Sample: i}, engine.SampleFinished{Sample: i, Answer: a}, engine.TallyChanged{Tally: tally, Left: 7 - i})
	}
	return append(facts, engine.AttemptFinished{Verdict: tally.Verdict("", why, nil)})
}

// TestVerdictsWeigh: only a verdict of which the votes leave no doubt has the tick, at every
// size; another says what there is to doubt. All say how every sample stood.
func TestVerdictsWeigh(t *testing.T) {
	for name, row := range map[string]struct {
		facts  []engine.Fact
		sign   string
		says   []string
		digits bool // are drawn large where there is room
	}{
		"strong":      {ended(engine.FourAgree, "4048", "4048", "4048", "4048", "", "", "", ""), "✓", []string{"4 votes, 0 against, 4 stopped"}, true},
		"one vote":    {ended(engine.Cancelled, "4048", "", "", "", "", "", "", ""), "?", []string{"one vote only", "1 vote, 0 against, 7 stopped"}, true},
		"one of all":  {ended(engine.AllEnded, "1", "2", "3", "4", "5", "6", "7", "8"), "?", []string{"a tie", "1 vote, 7 against"}, true},
		"a tie":       {ended(engine.AllEnded, "1", "2", "1", "2", "1", "2", "1", "2"), "?", []string{"a tie", "4 votes, 4 against"}, true},
		"no majority": {ended(engine.AllEnded, "1", "1", "1", "2", "3", "4", "5", "6"), "?", []string{"no majority", "3 votes, 5 against"}, true},
		"no number":   {ended(engine.FourAgree, "1/2", "1/2", "1/2", "1/2", "", "", "", ""), "✓", []string{"4 votes, 0 against, 4 stopped"}, false},
		"none":        {ended(engine.Cancelled, "", "", "", "", "", "", "", ""), "✗", []string{"no answer"}, false},
	} {
		for _, size := range [][2]int{{60, 13}, {80, 21}, {160, 47}} {
			s := live.New(env(theme.Palettes()[0]), "a1", problem)
			s.Resize(size[0], size[1])
			s.Update(screen.Arrived{Events: story(row.facts...)})
			frame := ansi.Strip(s.View())
			checkFrame(t, name, s.View(), size[0], size[1])
			at := strings.Index(frame, row.says[0])
			from := strings.Index(frame, "Votes")
			if from < 0 {
				from = max(at-40, 0)
			}
			if at < 0 || !strings.Contains(frame[from:at+len(row.says[0])], row.sign+" ") {
				t.Errorf("%s, %v: no %s before %q in\n%s", name, size, row.sign, row.says[0], frame)
			}
			for _, want := range row.says {
				if !strings.Contains(unwrapped(s), want) {
					t.Errorf("%s, %v: no %q in\n%s", name, size, want, frame)
				}
			}
			if large := strings.ContainsAny(frame, "┏┗╺╻"); large != (row.digits && size[0] == 160) && size[0] != 80 {
				t.Errorf("%s, %v: large digits: %v\n%s", name, size, large, frame)
			}
		}
	}
}
