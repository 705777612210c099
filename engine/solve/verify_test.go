package solve_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/enginetest"
	"github.com/aimo3/aimo3/engine/solve"
)

// shelf is a notebook whose sessions print their code, but what begins with
// "once" only in the first so many of them; later ones run codes as again says.
type shelf struct {
	first int
	again func(ctx context.Context, code string) (engine.Cell, error) // nil: as the first
	shut  error                                                       // of opening a later one

	mu     sync.Mutex
	opened int
	open   int
	ran    []string // in later sessions
}

func (s *shelf) notebook(context.Context, engine.Tools) (engine.Notebook, error) {
	return engine.Notebook{Code: engine.Code{Engine: "python"}, Open: func(context.Context, engine.Caps) (engine.Session, error) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.opened++
		later := s.opened > s.first
		if later && s.shut != nil {
			return nil, s.shut
		}
		s.open++
		return &book{s, later}, nil
	}}, nil
}

type book struct {
	*shelf
	later bool
}

func (b *book) Run(ctx context.Context, code string) (engine.Cell, error) {
	code = strings.TrimSpace(code)
	if b.later {
		b.mu.Lock()
		b.ran = append(b.ran, code)
		b.mu.Unlock()
		if b.again != nil {
			return b.again(ctx, code)
		}
	}
	text, once := strings.CutPrefix(code, "once ")
	if once && b.later {
		text = "nothing"
	}
	return engine.Cell{Output: text + "\n", Took: time.Millisecond, Kept: true}, nil
}

func (b *book) Close() error {
	b.mu.Lock()
	b.open--
	b.mu.Unlock()
	return nil
}

// computing is a Backend whose samples, by seed, run cells and then answer:
// "a;b=7" runs a, then b, and answers 7.
func computing(samples ...string) *scripted {
	return &scripted{play: func(_ context.Context, ask engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
		code, answer, _ := strings.Cut(samples[ask.Seed], "=")
		cells := strings.Split(code, ";")
		if turn := len(ask.Turns) / 2; code != "" && turn < len(cells) {
			say(engine.Piece{Frames: 1, Channel: engine.Reply, Text: "```python\n" + cells[turn] + "\n```\n"})
		} else {
			say(engine.Piece{Frames: 1, Channel: engine.Reply, Text: `\boxed{` + answer + `}`})
		}
		return engine.Ending{}, nil
	}}
}

// attemptVerifying attempts a problem with samples one after the other.
func attemptVerifying(t *testing.T, s *shelf, plan engine.Plan, samples ...string) (engine.Verdict, *engine.Progress) {
	t.Helper()
	s.first = len(samples)
	plan.Samples, plan.Parallel, plan.Choose = len(samples), 1, []string{"verify"}
	v, p, _ := attemptChoosing(t, &solve.Solver{Backend: computing(samples...), Notebook: s.notebook}, plan)
	if s.open != 0 {
		t.Errorf("%d sessions are left open", s.open)
	}
	return v, p
}

// TestVerify: an answer that its own code prints once more weighs three times its
// votes; where that tells no two apart, nothing is settled.
func TestVerify(t *testing.T) {
	for _, c := range []struct {
		name    string
		samples []string
		want    string // what came of it
		answer  engine.Answer
		ran     string // again
	}{
		{"one has code behind it", []string{"=6", "=6", "41=41", "=41"}, "verify 41 [6 2]", "41", "41"},
		{"against more votes", []string{"=6", "=6", "=6", "=41", "41=41"}, "verify 41 [3 6]", "41", "41"},
		{"one prints it again, the other does not", []string{"once 6=6", "once 6=6", "once 6=6", "41=41", "=41"}, "verify 41 [3 6]", "41", "once 6 41"},
		{"the leader prints it again", []string{"6=6", "=6", "once 41=41"}, "verify 6 [6 1]", "6", "6 once 41"},
		{"too few votes", []string{"=6", "=6", "=6", "=6", "41=41"}, "verify 6 [4 3]", "6", "41"},
		{"as much in the end", []string{"=6", "=6", "=6", "41=41"}, "verify  [3 3]", "6", "41"},
		{"no code", []string{"=6", "=6", "=41"}, "verify  []", "6", ""},
		{"code that printed something else", []string{"=6", "=6", "4.1=41"}, "verify  []", "6", ""},
		{"all print it again", []string{"6=6", "=6", "41=41"}, "verify  []", "6", "6 41"},
		{"the first whose code printed it", []string{"=6", "=6", "=41", "x;41;y=41"}, "verify 41 [6 2]", "41", "x 41"},
		{"the last cell that printed it", []string{"=6", "=6", "41;once 41;y=41"}, "verify  []", "6", "41 once 41"},
		{"past the third none is looked at", []string{"=6", "=6", "=7", "=7", "=8", "=8", "41=41"}, "verify  []", "6", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := new(shelf)
			v, p := attemptVerifying(t, s, engine.Plan{}, c.samples...)
			checkChosen(t, v, p, c.want, c.answer)
			if got := strings.Join(s.ran, " "); got != c.ran {
				t.Errorf("%q ran again, want %q", got, c.ran)
			}
		})
	}
}

// TestVerifyReadsAsWritten: what a sample's code printed is what that sample
// said, however others wrote it and whatever it is modulo.
func TestVerifyReadsAsWritten(t *testing.T) {
	p := engine.Problem{Statement: "Find the remainder when S is divided by 100."}
	for _, samples := range [][]string{
		{"=6", "=6", "=82/2", "41=41"},
		{"=6", "=6", "=41", "1041=1041"},
	} {
		s, l := &shelf{first: 4}, new(log)
		e := &solve.Solver{Backend: computing(samples...), Notebook: s.notebook, Strategy: ways}
		v, err := e.Attempt(t.Context(), "a1", p, engine.Plan{Samples: 4, Parallel: 1, Choose: []string{"verify"}, Stop: engine.StopNone}, l.put)
		if got := choices(enginetest.Fold(l.events)); err != nil || v.Chosen != "verify" || v.Votes != 2 || !strings.HasSuffix(got, " [6 2]") { // the printed one comes first
			t.Errorf("%q: %s, %v, tried %q", samples, show(v), err, got)
		}
	}
}

// TestVerifyFaults: code that cannot be run again agrees with nothing.
func TestVerifyFaults(t *testing.T) {
	samples := []string{"=6", "6=6", "41=41"}
	hang := func(ctx context.Context, _ string) (engine.Cell, error) {
		<-ctx.Done()
		return engine.Cell{}, ctx.Err()
	}
	for _, c := range []struct {
		name  string
		shelf *shelf
		plan  engine.Plan
		why   engine.Reason
	}{
		{"a session does not open", &shelf{shut: errors.New("no room")}, engine.Plan{}, engine.AllEnded},
		{"a session dies", &shelf{again: func(context.Context, string) (engine.Cell, error) {
			return engine.Cell{}, errors.New("the worker is gone")
		}}, engine.Plan{}, engine.AllEnded},
		{"a cell fails", &shelf{again: func(context.Context, string) (engine.Cell, error) {
			return engine.Cell{Output: "4", Err: "41 and 6"}, nil
		}}, engine.Plan{}, engine.AllEnded},
		{"it takes longer than cells may", &shelf{again: hang}, engine.Plan{Caps: engine.Caps{TotalTimeout: time.Minute}}, engine.AllEnded},
		{"the budget runs out meanwhile", &shelf{again: hang}, engine.Plan{Budget: engine.Budget{Wall: time.Second}}, engine.OutOfBudget},
		{"the budget runs out after the first", &shelf{again: func(ctx context.Context, code string) (engine.Cell, error) {
			if code == "6" {
				return engine.Cell{Output: code}, nil
			}
			return hang(ctx, code)
		}}, engine.Plan{Budget: engine.Budget{Wall: time.Second}}, engine.OutOfBudget},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				v, p := attemptVerifying(t, c.shelf, c.plan, samples...)
				checkChosen(t, v, p, "verify  []", "6")
				if v.Why != c.why {
					t.Error(show(v))
				}
			})
		})
	}
}
