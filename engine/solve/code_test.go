package solve_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/enginetest"
	"github.com/aimo3/aimo3/engine/solve"
)

// desk is a notebook whose sessions echo their code; "wait" never ends by
// itself, "die" ends the session, "long" prints much.
type desk struct {
	code     engine.Code
	fail     error // of opening, once
	takes    time.Duration
	open     atomic.Int64 // sessions open now
	opened   atomic.Int64
	settings []engine.Tools
}

func (d *desk) notebook(_ context.Context, tools engine.Tools) (engine.Notebook, error) {
	d.settings = append(d.settings, tools)
	return engine.Notebook{Code: d.code, Open: func(context.Context, engine.Caps) (engine.Session, error) {
		if err := d.fail; err != nil {
			d.fail = nil
			return nil, err
		}
		d.opened.Add(1)
		d.open.Add(1)
		return &seat{desk: d}, nil
	}}, nil
}

type seat struct {
	*desk
	cells int
}

func (s *seat) Run(ctx context.Context, code string) (engine.Cell, error) {
	s.cells++
	took := max(s.takes, time.Millisecond)
	switch code {
	case "wait":
		<-ctx.Done()
		return engine.Cell{}, ctx.Err()
	case "die":
		return engine.Cell{}, &engine.Fault{Class: engine.Internal, What: "the worker is gone"}
	case "long":
		return engine.Cell{Output: strings.Repeat("x", 5000), Took: took, Kept: true}, nil
	case "":
		return engine.Cell{Took: took, Kept: true}, nil
	case "all is well":
		return engine.Cell{Output: code, Took: took, Kept: true}, nil
	case "40 + 2":
		return engine.Cell{Output: "42\n", Took: took, Kept: true}, nil
	}
	return engine.Cell{Output: fmt.Sprintf("%d: %s\n", s.cells, code), Took: took, Kept: true}, nil
}

func (s *seat) Close() error {
	s.open.Add(-1)
	return nil
}

// coding is a Backend that asks for the cells in turn and then answers. With
// fences, it goes on to make up the output.
func coding(cells ...string) *scripted { return codingTo(`\boxed{7}`, cells...) }

// codingTo is one with another last reply.
func codingTo(last string, cells ...string) *scripted {
	return &scripted{play: func(ctx context.Context, ask engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
		turn := 0
		for _, t := range ask.Turns {
			if t.Role == "assistant" {
				turn++
			}
		}
		say(engine.Piece{Frames: 1, Channel: engine.Thinking, Text: fmt.Sprintf("step %d ", turn)})
		end := engine.Ending{Tokens: 10, PromptTokens: 100 * (turn + 1)}
		switch {
		case turn >= len(cells):
			say(engine.Piece{Frames: 1, Channel: engine.Reply, Text: last})
		case ask.Tool != nil:
			say(engine.Piece{Frames: 1, Call: &engine.Call{ID: fmt.Sprint("c", turn), Name: "python", Code: cells[turn]}})
		default:
			say(engine.Piece{Frames: 1, Channel: engine.Reply, Text: "Run:\n```python\n" + cells[turn] + "\n```\n```output\nmade up \\boxed{666}\n"})
			return stall(ctx)
		}
		return end, nil
	}}
}

func attemptCode(t *testing.T, b *scripted, d *desk, plan engine.Plan, tools bool) (engine.Verdict, *log) {
	t.Helper()
	e := &solve.Solver{Backend: b, Notebook: d.notebook, Describe: func(context.Context, string) (engine.Model, error) {
		m := engine.Model{Name: "m"}
		if tools {
			m.Capabilities = []string{"completion", "tools"}
		}
		return m, nil
	}}
	plan.Samples = max(plan.Samples, 1)
	var l log
	v, err := e.Attempt(t.Context(), "a1", problem, plan, l.put)
	if err != nil {
		t.Fatal(err)
	}
	checkStory(t, l.events)
	if n := d.open.Load(); n != 0 {
		t.Errorf("%d sessions are left open", n)
	}
	return v, &l
}

// TestCodeOfAnotherModelIsNotRun: enough of the reply was heard, and then the server turns
// out to have another model by the name.
func TestCodeOfAnotherModelIsNotRun(t *testing.T) {
	other := &engine.Fault{Class: engine.NoModel, What: "m is another model now"}
	b, d := coding("1+1"), python()
	play := b.play
	b.play = func(ctx context.Context, ask engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
		end, err := play(ctx, ask, say)
		if errors.Is(context.Cause(ctx), engine.ErrHeard) {
			err = other
		}
		return end, err
	}
	e := &solve.Solver{Backend: b, Notebook: d.notebook}
	_, err := e.Attempt(t.Context(), "a1", problem, engine.Plan{Samples: 1}, func(engine.Event) error { return nil })
	if engine.ClassOf(err) != engine.NoModel || len(b.asked) != 1 {
		t.Errorf("%v after %d requests", err, len(b.asked))
	}
}

func python() *desk { return &desk{code: engine.Code{Engine: "python", SymPy: true}} }

// TestToolCalls: what the model wrote goes back to it with what came of it, and
// only the last reply's answer counts.
func TestToolCalls(t *testing.T) {
	b, d := coding("1+1", "", "long"), python()
	v, l := attemptCode(t, b, d, engine.Plan{}, true)
	s := &enginetest.Fold(l.events).Samples[0]
	if v.Answer != "7" || s.Ending.Tokens != 40 || s.Ending.PromptTokens != 400 || d.opened.Load() != 1 {
		t.Errorf("answer %s, ending %+v, %d sessions", v.Answer, s.Ending, d.opened.Load())
	}
	turns := b.asked[3].Turns[1:]
	want := []engine.Turn{
		{Role: "assistant", Thinking: "step 0 ", Calls: []engine.Call{{ID: "c0", Name: "python", Code: "1+1"}}},
		{Role: "tool", Text: "1: 1+1", Answers: engine.Call{ID: "c0", Name: "python", Code: "1+1"}},
	}
	if got := turns[:2]; !reflect.DeepEqual(got, want) {
		t.Errorf("the model is shown\n%+v\nwant\n%+v", got, want)
	}
	if !strings.HasPrefix(turns[3].Text, "[WARN] No output available") {
		t.Errorf("of no output the model is told %q", turns[3].Text)
	}
	if n := len(turns[5].Text); n > 2100 || len(s.Cells) != 3 || len(s.Cells[2].Cell.Output) != 5000 {
		t.Errorf("of a long output the model is shown %d bytes; cells: %+v", n, s.Cells)
	}
	if s.Cells[1].Thinking != len("step 0 step 1 ") || s.Thinking.String() != "step 0 step 1 step 2 step 3 " {
		t.Errorf("the second cell is at %d of %q", s.Cells[1].Thinking, s.Thinking.String())
	}
}

// TestFencedCode: the stream is closed where the code ends, so that what the
// model makes up of its output is neither kept nor told.
func TestFencedCode(t *testing.T) {
	b := coding("1+1", "x```y")
	v, l := attemptCode(t, b, python(), engine.Plan{}, false)
	s := &enginetest.Fold(l.events).Samples[0]
	if v.Answer != "7" || s.Reply.String() != "Run:\nRun:\n\\boxed{7}" || len(s.Cells) != 2 {
		t.Errorf("answer %s, reply %q, %d cells", v.Answer, s.Reply.String(), len(s.Cells))
	}
	turns := b.asked[2].Turns[1:]
	want := []engine.Turn{
		{Role: "assistant", Thinking: "step 0 ", Text: "Run:\n```python\n1+1\n```"},
		{Role: "user", Text: "1: 1+1"},
	}
	if got := turns[:2]; !reflect.DeepEqual(got, want) {
		t.Errorf("the model is shown\n%+v\nwant\n%+v", got, want)
	}
	if b.asked[0].Tool != nil {
		t.Error("a model without tools is given one")
	}
}

// TestLastOutput: what the last cell printed answers where the reply does not,
// if it is a number.
func TestLastOutput(t *testing.T) {
	for _, tt := range []struct {
		last, cell string
		want       engine.Answer
	}{
		{"", "40 + 2", "42"}, {"That is it.", "40 + 2", "42"}, {"That is it.", "all is well", ""}, {`\boxed{7}`, "40 + 2", "7"}, {"The answer is 8.", "40 + 2", "8"},
	} {
		_, l := attemptCode(t, codingTo(tt.last, tt.cell), python(), engine.Plan{}, true)
		if f := finished(l.events)[0]; f.Answer != tt.want || (f.Found.Source == "code-output") != (tt.want == "42") {
			t.Errorf("%q after %q: answer %q by %q, want %q", tt.last, tt.cell, f.Answer, f.Found.Source, tt.want)
		}
	}
}

func TestCaps(t *testing.T) {
	many := []string{"a", "40 + 2", "c", "d", "e", "f"}
	tests := []struct {
		name  string
		plan  engine.Plan
		takes time.Duration
		ran   int    // cells
		told  string // somewhere
		turns int
	}{
		{"cells", engine.Plan{Caps: engine.Caps{Cells: 2}}, 0, 2, "no cells are left", 4},
		{"time", engine.Plan{Caps: engine.Caps{TotalTimeout: 5 * time.Second}}, 2 * time.Second, 3, "the time for code is used up", 7},
		{"turns", engine.Plan{Caps: engine.Caps{Turns: 3}}, 0, 2, "1 cell left", 3},
		{"turns, fenced", engine.Plan{Fences: true, Caps: engine.Caps{Turns: 3}}, 0, 2, "1 cell left", 3},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b, d := coding(many...), python()
			d.takes = tt.takes
			_, l := attemptCode(t, b, d, tt.plan, !tt.plan.Fences)
			if n := len(enginetest.Fold(l.events).Samples[0].Cells); n != tt.ran || len(b.asked) != tt.turns {
				t.Errorf("%d cells ran in %d turns, want %d in %d", n, len(b.asked), tt.ran, tt.turns)
			}
			if f := finished(l.events)[0]; tt.plan.Caps.Turns > 0 && f.Answer != "" {
				t.Errorf("a sample that still wanted code run has the answer %q", f.Answer)
			}
			if all := fmt.Sprint(b.asked[len(b.asked)-1].Turns); !strings.Contains(all, tt.told) {
				t.Errorf("the model is not told %q:\n%s", tt.told, all)
			}
		})
	}
}

// TestCodeFaults: whatever happens to the code, the sample goes on.
func TestCodeFaults(t *testing.T) {
	t.Run("a session dies", func(t *testing.T) {
		b, d := coding("1", "die", "2"), python()
		v, l := attemptCode(t, b, d, engine.Plan{}, true)
		cells := enginetest.Fold(l.events).Samples[0].Cells
		if v.Answer != "7" || d.opened.Load() != 2 || cells[1].Cell.Kept || !strings.Contains(cells[1].Cell.Err, "the worker is gone") || cells[2].Cell.Output != "1: 2\n" {
			t.Errorf("answer %s, %d sessions, cells %+v %+v", v.Answer, d.opened.Load(), cells[1].Cell, cells[2].Cell)
		}
	})
	t.Run("a session does not open", func(t *testing.T) {
		b, d := coding("1", "2"), python()
		d.fail = errors.New("no room")
		_, l := attemptCode(t, b, d, engine.Plan{}, true)
		if cells := enginetest.Fold(l.events).Samples[0].Cells; !strings.Contains(cells[0].Cell.Err, "no room") || cells[1].Cell.Output != "1: 2\n" {
			t.Errorf("cells %+v %+v", cells[0].Cell, cells[1].Cell)
		}
	})
	t.Run("a call that makes no sense", func(t *testing.T) {
		b := replies(`\boxed{7}`)
		play := b.play
		b.play = func(ctx context.Context, ask engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
			if len(ask.Turns) > 1 {
				return play(ctx, ask, say)
			}
			say(engine.Piece{Frames: 1, Call: &engine.Call{Name: "python", Wrong: "no code"}})
			return engine.Ending{}, nil
		}
		v, l := attemptCode(t, b, python(), engine.Plan{}, true)
		if last := b.asked[1].Turns; v.Answer != "7" || last[len(last)-1].Text != "no code" || len(enginetest.Fold(l.events).Samples[0].Cells) != 0 {
			t.Errorf("answer %s, the model is told %+v", v.Answer, last)
		}
	})
	t.Run("stopped while a cell runs", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			v, l := attemptCode(t, coding("wait"), python(), engine.Plan{Budget: engine.Budget{Wall: time.Minute}}, true)
			s := &enginetest.Fold(l.events).Samples[0]
			if v.Why != engine.OutOfBudget || s.State != engine.Stopped || s.Cells[0].Cell != nil {
				t.Errorf("%s, sample %s, cell %+v", show(v), s.State, s.Cells[0].Cell)
			}
		})
	})
}

func TestWhoGetsTools(t *testing.T) {
	t.Run("mixed", func(t *testing.T) {
		b := coding()
		_, l := attemptCode(t, b, python(), engine.Plan{Samples: 4, Parallel: 1, NoCodeSamples: 1, Stop: engine.StopNone}, true)
		for i, a := range b.asked {
			if (a.Tool != nil) != (i < 3) {
				t.Errorf("sample %d: tool %v", i+1, a.Tool)
			}
		}
		if c := enginetest.Fold(l.events).Code; c.Engine != "python" || !c.Calls || c.Caps.Cells != engine.DefaultCells {
			t.Errorf("chosen: %+v", c)
		}
	})
	t.Run("off", func(t *testing.T) {
		b, d := coding(), python()
		if attemptCode(t, b, d, engine.Plan{Tools: engine.ToolsOff}, true); len(d.settings) != 0 || b.asked[0].Tool != nil {
			t.Errorf("asked for %v, tool %v", d.settings, b.asked[0].Tool)
		}
	})
	t.Run("none there", func(t *testing.T) {
		e := &solve.Solver{Backend: replies(`\boxed{2}`), Notebook: func(context.Context, engine.Tools) (engine.Notebook, error) {
			return engine.Notebook{}, &engine.Fault{Class: engine.Invalid, What: "nothing can contain code", Todo: "install bubblewrap"}
		}}
		var l log
		v, err := e.Attempt(t.Context(), "a1", problem, engine.Plan{Samples: 1}, l.put)
		if warned := enginetest.Fold(l.events).Warnings; err != nil || v.Answer != "2" || len(warned) != 1 || !strings.Contains(warned[0], "nothing can contain code") {
			t.Errorf("answer %s, err %v, warnings %v", v.Answer, err, warned)
		}
	})
}

// TestToolsAreRefused: where the server refuses tools, whatever the card of the model
// says, the sample goes on with fenced blocks, later ones begin with them, and it is
// told once.
func TestToolsAreRefused(t *testing.T) {
	for _, parallel := range []int{1, 3} {
		b := coding("40 + 2")
		play := b.play
		b.play = func(ctx context.Context, ask engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
			if ask.Tool != nil {
				return engine.Ending{}, &engine.Fault{Class: engine.NoTools, What: "m does not support tools"}
			}
			return play(ctx, ask, say)
		}
		v, l := attemptCode(t, b, python(), engine.Plan{Samples: 3, Parallel: parallel, Stop: engine.StopNone}, true)
		refused, told, calls := 0, 0, true
		for _, ask := range b.asked {
			if ask.Tool != nil {
				refused++
			}
		}
		for _, e := range l.events {
			switch f := e.Fact.(type) {
			case engine.Warning:
				told++
			case engine.CodeChosen:
				calls = f.Code.Calls
			}
		}
		if v.Votes != 3 || refused > parallel || told != 1 || calls || len(b.asked) != refused+6 {
			t.Errorf("%d at once: %s; %d refused of %d asked, %d warnings, calls %v", parallel, show(v), refused, len(b.asked), told, calls)
		}
		for i := range 3 {
			if cells := enginetest.Fold(l.events).Samples[i].Cells; len(cells) != 1 || cells[0].Cell == nil {
				t.Errorf("sample %d ran %+v", i, cells)
			}
		}
	}
}
