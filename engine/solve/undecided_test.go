package solve_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/answer/sympy"
	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/solve"
)

// Answers of which our own tiers do not know whether they are one.
const (
	area   = `\int_0^{\pi} \frac{x}{3}\,dx`
	sixth  = `\frac{\pi^2}{6}`
	double = `\int_0^1 \frac{\pi^2}{3} x\,dx`
	halved = `\int_0^1 \frac{\pi^2}{12}\,dx`
)

// oracle is a notebook that answers questions to SymPy by a table: a word to
// print, or what happens instead.
type oracle struct {
	word    func(question int, a, b string) string
	without bool        // there is no SymPy
	asked   []string    // pairs, in order
	open    int         // sessions that were asked something
	opening error       // of sessions for questions, which are opened after the samples' own
	loaded  engine.Cell // what comes of the prelude
	samples int         // sessions that samples have opened or will
}

func (o *oracle) notebook(context.Context, engine.Tools) (engine.Notebook, error) {
	return engine.Notebook{Code: engine.Code{Engine: "python", SymPy: !o.without}, Open: func(context.Context, engine.Caps) (engine.Session, error) {
		if o.samples--; o.samples < 0 && o.opening != nil {
			return nil, o.opening
		}
		return &asking{oracle: o}, nil
	}}, nil
}

type asking struct {
	*oracle
	ready bool
}

func (s *asking) Run(ctx context.Context, code string) (engine.Cell, error) {
	if code == sympy.Prelude() {
		s.ready = true
		s.open++
		return s.loaded, nil
	}
	if !s.ready {
		return engine.Cell{}, errors.New("a question before the prelude")
	}
	pair := pairOf(code)
	s.asked = append(s.asked, strings.Join(pair[:], " "))
	switch word := s.word(len(s.asked)-1, pair[0], pair[1]); word {
	case "wait":
		<-ctx.Done()
		return engine.Cell{}, context.Cause(ctx)
	case "die":
		s.ready = false // its names are gone
		s.open--
		return engine.Cell{Err: "[CRASHED]"}, nil
	case "fail":
		return engine.Cell{Output: "equal", Err: "KeyboardInterrupt", Kept: true}, nil
	default:
		return engine.Cell{Output: word + "\n", Kept: true}, nil
	}
}

func (s *asking) Close() error {
	if s.ready {
		s.open--
	}
	return nil
}

// pairOf is which of the answers above a question is about.
func pairOf(code string) (pair [2]string) {
	all := map[string]string{"area": area, "sixth": sixth, "double": double, "halved": halved, "2": "2"}
	for a, x := range all {
		for b, y := range all {
			p, _ := tex.Parse(x)
			q, _ := tex.Parse(y)
			if c, err := sympy.Question(p, q); err == nil && c == code && a != b {
				return [2]string{a, b}
			}
		}
	}
	return [2]string{"?", code}
}

// saying is a word for every question.
func saying(words ...string) func(int, string, string) string {
	return func(question int, _, _ string) string { return words[min(question, len(words)-1)] }
}

// settle attempts a problem whose samples say the answers one after the other.
func settle(t *testing.T, o *oracle, plan engine.Plan, answers ...string) (engine.Verdict, *log) {
	t.Helper()
	plan.Samples, plan.Parallel = len(answers), 1
	o.samples = len(answers)
	e := &solve.Solver{Backend: slow(boxes(answers...)), Notebook: o.notebook}
	var l log
	v, err := e.Attempt(t.Context(), "a1", problem, plan, l.put)
	if err != nil {
		t.Fatal(err)
	}
	checkStory(t, l.events)
	if o.open != 0 {
		t.Errorf("%d sessions are left open", o.open)
	}
	return v, &l
}

// TestSymPyJoinsVotes: two that nothing else could tell to be one overtake the
// leader together, and only where SymPy says so.
func TestSymPyJoinsVotes(t *testing.T) {
	split := []string{"2", "2", area, sixth, area}
	three := []string{"2", "2", "2", area, area, sixth, sixth, double, double}
	both := "area sixth"
	for _, tt := range []struct {
		name    string
		oracle  oracle
		plan    engine.Plan
		answers []string
		want    string // answer and votes
		asked   []string
	}{
		{"one", oracle{word: saying("equal")}, engine.Plan{}, split, area + " 3", []string{both}},
		{"two", oracle{word: saying("different")}, engine.Plan{}, split, "2 2", []string{both}},
		{"not known", oracle{word: saying("unknown")}, engine.Plan{}, split, "2 2", []string{both}},
		{"an error after the word", oracle{word: saying("fail")}, engine.Plan{}, split, "2 2", []string{both}},
		{"it crashes", oracle{word: saying("die")}, engine.Plan{}, split, "2 2", []string{both}},
		{"no time", oracle{word: saying("wait")}, engine.Plan{}, split, "2 2", []string{both}},
		{"no session", oracle{opening: errors.New("none")}, engine.Plan{}, split, "2 2", nil},
		{"SymPy does not load", oracle{loaded: engine.Cell{Err: "ImportError"}}, engine.Plan{}, split, "2 2", nil},
		{"no SymPy", oracle{without: true}, engine.Plan{}, split, "2 2", nil},
		{"no tools", oracle{}, engine.Plan{Tools: engine.ToolsOff}, split, "2 2", nil},
		{"nothing to gain", oracle{}, engine.Plan{}, []string{"2", "2", "2", area, sixth, area}, "2 3", nil},
		{"only to add to the leader", oracle{}, engine.Plan{}, []string{area, area, "2", sixth}, area + " 2", nil},
		{"known to be two", oracle{}, engine.Plan{}, []string{"2", "2", "3", "3", "4"}, "2 2", nil},
		{"decided early", oracle{}, engine.Plan{Stop: engine.StopFourAgree}, []string{area, area, sixth, "2", "2", "2", "2", sixth}, "2 4", nil},
		{"the next after one that hangs", oracle{word: saying("wait", "equal")}, engine.Plan{}, three, area + " 4", []string{both, "area double"}},
		{"the next after one that crashes", oracle{word: saying("die", "equal")}, engine.Plan{}, three, area + " 4", []string{both, "area double"}},
		{"one after another", oracle{word: saying("equal", "unknown")}, engine.Plan{}, three, area + " 4", []string{both, "2 double"}},
		{
			"four questions at most",
			oracle{word: saying("unknown")},
			engine.Plan{},
			append(slices.Clone(three), halved, halved), "2 3",
			[]string{both, "area double", "area halved", "sixth double"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				if tt.plan.Stop == "" {
					tt.plan.Stop = engine.StopNone
				}
				v, _ := settle(t, &tt.oracle, tt.plan, slices.Clone(tt.answers)...)
				if got := fmt.Sprint(v.Answer, " ", v.Votes); got != tt.want || !slices.Equal(tt.oracle.asked, tt.asked) {
					t.Errorf("%s after %q, want %s after %q", got, tt.oracle.asked, tt.want, tt.asked)
				}
			})
		})
	}
}

// TestSymPyIsTold: how a vote came to be one is in the last tally.
func TestSymPyIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := &oracle{word: saying("equal")}
		_, l := settle(t, o, engine.Plan{Stop: engine.StopNone}, "2", "2", area, sixth, area)
		last, _ := l.events[len(l.events)-2].Fact.(engine.TallyChanged)
		want := []engine.Vote{
			{Answer: area, Samples: []int{2, 3, 4}, Spellings: []engine.Spelling{
				{Answer: area, Samples: []int{2, 4}}, {Answer: sixth, Samples: []int{3}, Tier: "sympy"},
			}},
			{Answer: "2", Samples: []int{0, 1}},
		}
		if got := fmt.Sprintf("%+v", last.Tally.Votes); got != fmt.Sprintf("%+v", want) || last.Left != 0 {
			t.Errorf("%d left, votes %s", last.Left, got)
		}
	})
}

// TestQuestionsEndWithTheAttempt: a question hangs no longer than the budget.
func TestQuestionsEndWithTheAttempt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		plan := engine.Plan{Stop: engine.StopNone, Budget: engine.Budget{Wall: 6 * time.Second}} // the samples take five
		v, _ := settle(t, &oracle{word: saying("wait")}, plan, "2", "2", area, sixth, area)
		if took := time.Since(began); v.Why != engine.OutOfBudget || v.Answer != "2" || took != plan.Budget.Wall {
			t.Errorf("%+v after %s", v, took)
		}
	})
}
