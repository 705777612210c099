package live_test

import (
	"fmt"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
)

// classes is an attempt whose samples wrote one answer in several ways.
func classes() []engine.Fact {
	half := func(a, b engine.Answer) (bool, string) {
		is := func(x engine.Answer) bool { return x == "0.5" || x == `\frac12` }
		return is(a) && is(b), "exact"
	}
	ballots := []engine.Ballot{
		{Sample: 4, Answer: "3"},
		{Sample: 1, Answer: "3", Was: "10", Modulus: "7"},
		{Sample: 2, Answer: "0.5"},
		{Sample: 0, Answer: `\frac12`},
		{Sample: 3, Answer: "123456", Outside: true},
		{Sample: 5},
	}
	var facts []engine.Fact
	var tally engine.Tally
	for i, b := range ballots {
		tally = tally.Cast(b, half)
		var found engine.Found
		if b.Outside {
			found.Outside = "more than 99999"
		}
		facts = append(facts, engine.SampleStarted{Sample: b.Sample}, engine.SampleFinished{Sample: b.Sample, Answer: b.Answer, Found: found, Ending: engine.Ending{Tokens: 9000}},
			engine.TallyChanged{Tally: tally, Left: 7 - i})
	}
	for _, n := range []int{6, 7} {
		facts = append(facts, engine.SampleStarted{Sample: n}, engine.Delta{Sample: n, Channel: engine.Thinking, Text: "So", Frames: 2000},
			engine.SampleStopped{Sample: n, Why: engine.ErrDecided.Error()})
	}
	return append(facts, engine.AttemptFinished{Verdict: engine.Verdict{Answer: "3", Votes: 2, Of: 6, Why: engine.Uncatchable, Tie: engine.TieEarliest, Repaired: 1}})
}

func TestVotesTellWhoSpelledWhat(t *testing.T) {
	for _, size := range [][2]int{{60, 14}, {80, 22}, {160, 48}} {
		wide := ""
		for _, p := range theme.Palettes() {
			s := live.New(env(p), "a1", problem)
			s.Resize(size[0], size[1])
			fill(s, classes())
			name := fmt.Sprintf("%dx%d", size[0], size[1])
			checkFrame(t, p.Name+" "+name, s.View(), size[0], size[1])
			if wide = ansi.Strip(s.View()); p.Name == "night" {
				t.Run(name, func(t *testing.T) { golden.RequireEqual(t, []byte(ansi.Strip(s.View()))) })
			}
		}
		if size[0] < 160 {
			continue // the last size has room for all
		}
		for _, want := range []string{
			"0.5 ", "2  #3 #1", `= \frac12 (exact) #1`, "2  #5 #2", "↻ 10 mod 7 #2", "! 123456 (out of range) #4", "4 !  9,000 123456", "(no answer) 1 #6",
			"? a tie", "2 votes, 3 against, 1 without an", "answer, 2 stopped", "↻ 1 reduced mod n", "stopped early: lead cannot be caught", "tie broken by which came first", "saved about 14,000 tokens",
		} {
			if !strings.Contains(wide, want) {
				t.Errorf("%q is not shown:\n%s", want, wide)
			}
		}
	}
}

// TestWeakVotesAreMarked: by a sign and a word beside their vote, the verdict, their
// sample's name and its line, at every size.
func TestWeakVotesAreMarked(t *testing.T) {
	var facts []engine.Fact
	var tally engine.Tally
	for i, answer := range []engine.Answer{"336", "336", "7"} {
		weak := i > 0
		tally = tally.Cast(engine.Ballot{Sample: i, Answer: answer, Thinking: weak}, nil)
		facts = append(facts, engine.SampleStarted{Sample: i},
			engine.SampleFinished{Sample: i, Answer: answer, Found: engine.Found{Thinking: weak}, Ending: engine.Ending{Tokens: 9000}}, engine.TallyChanged{Tally: tally, Left: 5 - i})
	}
	end := engine.AttemptFinished{Verdict: tally.Verdict("", engine.AllEnded, nil)}
	for size, want := range map[[2]int][]string{
		{60, 14}:  {"336 ×2 ~ 1 weak", "7 ×1 ~ weak", "2 ~ "},
		{80, 22}:  {"#1 #2 ~ 1 weak", "#3 ~ weak", "1 ✓ 336", "2 ~ 336"},
		{160, 48}: {"#1 #2 ~ 1 weak", "#3 ~ weak", "2 ~  9,000 336"},
	} {
		s := live.New(env(theme.Palettes()[0]), "a1", problem)
		s.Resize(size[0], size[1])
		fill(s, facts)
		for _, want := range want {
			if got := shown(s); !strings.Contains(got, want) {
				t.Errorf("%v: no %q in\n%s", size, want, got)
			}
		}
		s.Update(screen.Arrived{Events: []engine.Event{{Attempt: "a1", Seq: 99, At: begun, Fact: end}}})
		if got := shown(s); strings.Count(got, "~ 1 weak") < min(size[0]/40, 2) || !strings.Contains(got, "2 votes, 1 against") {
			t.Errorf("%v: the verdict does not tell of weak votes:\n%s", size, got)
		}
		s.Update(tea.KeyMsg{Type: tea.KeyRight})
		if got := shown(s); !strings.Contains(got, "weak answer: only in its reasoning") {
			t.Errorf("%v: the sample does not say why it is weak:\n%s", size, got)
		}
	}
}
