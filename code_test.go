package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/compute"
	"github.com/aimo3/aimo3/engine/compute/python"
	"github.com/aimo3/aimo3/engine/desk"
	"github.com/aimo3/aimo3/engine/ollama"
	fake "github.com/aimo3/aimo3/engine/ollama/ollamatest"
	"github.com/aimo3/aimo3/store"
)

// bench is the solver with all its real parts, before a server that plays a
// script.
type bench struct {
	*fake.Server
	*desk.Desk
	db *store.DB
}

func newBench(t *testing.T, tools bool, scripts ...[]fake.Step) *bench {
	t.Helper()
	srv := fake.NewServer(t, scripts...)
	able := fake.Model{Name: "able", Capabilities: []string{"completion"}}
	if tools {
		able.Capabilities = append(able.Capabilities, "tools")
	}
	srv.Install(able)
	client, err := ollama.New(srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "aimo3.db"), nil)
	if err != nil {
		t.Fatal(err)
	}
	notebooks := &compute.Notebooks{Engines: []compute.Engine{&python.Engine{}}}
	t.Cleanup(func() {
		err := errors.Join(notebooks.Close(), db.Close())
		client.Close()
		if left := children(t); err != nil || left != "" {
			t.Errorf("closed: %v; processes left: %s", err, left)
		}
	})
	return &bench{srv, deskOf(client, notebooks, db), db}
}

// deskOf is the program's desk before a server that nobody has to find.
func deskOf(client *ollama.Client, notebooks *compute.Notebooks, db *store.DB) *desk.Desk {
	return desk.New(desk.Options{Servers: []desk.Server{found{client}}, Notebook: notebooks.For, Record: kept{db}.Record})
}

// found is a server that is there, with room for any window.
type found struct{ *ollama.Client }

func (f found) Show(ctx context.Context, name string) (engine.Model, error) {
	card, err := f.Client.Show(ctx, name)
	return card.Model, err
}

func (found) Window(_ context.Context, _ string, chosen int, _ uint64) int { return chosen }

// children are the processes that this one started and that have not ended.
func children(t *testing.T) string {
	t.Helper()
	path := "/proc/self/task/" + strconv.Itoa(os.Getpid()) + "/children"
	b, err := os.ReadFile(path)
	if err != nil {
		return "" // not on this system
	}
	return strings.TrimSpace(string(b))
}

// attempt makes an attempt and returns what is in the database afterwards,
// which is what was handed on, byte for byte.
func (b *bench) attempt(t *testing.T, plan engine.Plan) (engine.Verdict, *engine.Progress) {
	t.Helper()
	plan.Model, plan.Samples = "able", 1
	var shown []engine.Event
	v, err := b.Attempt(t.Context(), "a1", engine.Problem{Statement: "What is 6 times 7?"}, plan, func(e engine.Event) error {
		shown = append(shown, e)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	kept, err := b.db.Events(t.Context(), "a1", 0, 10_000)
	if err != nil || len(kept) != len(shown) {
		t.Fatalf("%d events kept of %d: %v", len(kept), len(shown), err)
	}
	p := new(engine.Progress)
	for i, e := range kept {
		p.Apply(e)
		was, _ := json.Marshal(shown[i])
		if is, _ := json.Marshal(e); !bytes.Equal(is, was) {
			t.Errorf("kept %s\nshown %s", is, was)
		}
	}
	return v, p
}

// TestCodeRuns: from the server's stream through a caged session into the
// database and back to the model.
func TestCodeRuns(t *testing.T) {
	cells := []string{"x = 6", "x * 7", "open('/etc/hostname').read()", "x + ", "print('z' * 1500000)"}
	call := func(code string) []fake.Step {
		return []fake.Step{fake.Think("hm "), fake.CallTool("", "python", map[string]string{"code": code}), fake.Done()}
	}
	fence := func(code string) []fake.Step {
		return []fake.Step{fake.Think("hm "), fake.Say("So:\n```python\n" + code + "\n```\n```output\nmade up"), fake.Stall()}
	}
	for how, write := range map[string]func(string) []fake.Step{"calls": call, "fences": fence} {
		t.Run(how, func(t *testing.T) {
			var scripts [][]fake.Step
			for _, code := range cells {
				scripts = append(scripts, write(code))
			}
			b := newBench(t, how == "calls", append(scripts, []fake.Step{fake.Say(`\boxed{42}`), fake.Done()})...)
			v, p := b.attempt(t, engine.Plan{Tools: engine.ToolsPython})
			checkCells(t, v, p)
			told := b.Asked()[len(cells)].Messages
			if last := told[len(told)-1].Content; len(last) > 2200 || !strings.Contains(last, "left out") {
				t.Errorf("of a long output the model is shown %d bytes", len(last))
			}
		})
	}
}

func checkCells(t *testing.T, v engine.Verdict, p *engine.Progress) {
	t.Helper()
	if v.Answer != "42" || len(p.Samples[0].Cells) != 5 {
		t.Fatalf("answer %q after %d cells", v.Answer, len(p.Samples[0].Cells))
	}
	var c []engine.Cell
	for _, cell := range p.Samples[0].Cells {
		c = append(c, *cell.Cell)
	}
	switch {
	case c[0].Text() != "", strings.TrimSpace(c[1].Output) != "42":
		t.Errorf("names are lost or values not shown: %+v, %+v", c[0], c[1])
	case c[2].Err == "" || c[3].Err == "":
		t.Errorf("a file was read, or half an expression run: %+v, %+v", c[2], c[3])
	case len(c[4].Output) < 900_000 || len(c[4].Output) > 1_100_000 || c[4].Truncated == 0:
		t.Errorf("of a giant output %d bytes are kept, %d said to be dropped", len(c[4].Output), c[4].Truncated)
	}
	for i := range c {
		if !c[i].Kept || c[i].Took <= 0 || c[i].Memory <= 0 {
			t.Errorf("cell %d: kept %v, took %v, memory %d", i+1, c[i].Kept, c[i].Took, c[i].Memory)
		}
	}
}

// TestCodeEndsWithItsSample: a cell that never ends does not outlive the budget. A
// busy machine gets a larger one, until the cell has begun in it.
func TestCodeEndsWithItsSample(t *testing.T) {
	for wall := 2 * time.Second; ; wall *= 2 {
		b := newBench(t, true, []fake.Step{fake.CallTool("", "python", map[string]string{"code": "while True: pass"}), fake.Done()})
		v, p := b.attempt(t, engine.Plan{Tools: engine.ToolsPython, Budget: engine.Budget{Wall: wall}})
		s := &p.Samples[0]
		if v.Why != engine.OutOfBudget || s.State != engine.Stopped || len(s.Cells) > 1 || len(s.Cells) == 1 && s.Cells[0].Cell != nil {
			t.Errorf("%s, sample %s, cells %+v", v.Why, s.State, s.Cells)
		}
		if len(s.Cells) == 1 || t.Failed() {
			return
		}
	}
}

// TestSymPyJoinsVotes: two ways of saying one thing that only SymPy knows to be
// one lead together; without tools they stay apart.
func TestSymPyJoinsVotes(t *testing.T) {
	if err := (&python.Engine{NeedSymPy: true}).Available(t.Context()); err != nil {
		t.Skipf("NOT TESTED, no SymPy: %v", err)
	}
	for _, tt := range []struct {
		tools engine.Tools
		want  engine.Answer
		votes int
		tier  string // that joined the leader's second spelling
	}{{engine.ToolsPython, `\int_0^{\pi} \frac{x}{3}\,dx`, 3, "sympy"}, {engine.ToolsOff, "3", 2, ""}} {
		t.Run(string(tt.tools), func(t *testing.T) {
			var scripts [][]fake.Step
			for _, a := range []string{"3", "3", `\int_0^{\pi} \frac{x}{3}\,dx`, `\frac{\pi^2}{6}`, `\int_0^{\pi} \frac{x}{3}\,dx`} {
				scripts = append(scripts, []fake.Step{fake.Say(`\boxed{` + a + `}`), fake.Done()})
			}
			b, p := newBench(t, true, scripts...), new(engine.Progress)
			plan := engine.Plan{Model: "able", Samples: 5, Parallel: 1, Stop: engine.StopNone, Tools: tt.tools}
			v, err := b.Attempt(t.Context(), "a1", engine.Problem{Statement: "What do the inverse squares add up to?"}, plan, func(e engine.Event) error {
				p.Apply(e)
				return nil
			})
			if err != nil || v.Answer != tt.want || v.Votes != tt.votes {
				t.Errorf("%s by %d votes, %v; want %s by %d", v.Answer, v.Votes, err, tt.want, tt.votes)
			}
			tier := ""
			if s := p.Tally.Votes[0].Spellings; len(s) > 1 {
				tier = s[1].Tier
			}
			if tier != tt.tier {
				t.Errorf("joined by %q, want %q", tier, tt.tier)
			}
		})
	}
}

// TestRetiredEngine: a plan that was stored when there was another engine is
// attempted with what there is now, and says so.
func TestRetiredEngine(t *testing.T) {
	tools, err := engine.ParseTools("starlark")
	if err != nil {
		t.Fatal(err)
	}
	b := newBench(t, true, []fake.Step{fake.CallTool("", "python", map[string]string{"code": "6*7"}), fake.Done()}, []fake.Step{fake.Say(`\boxed{42}`), fake.Done()})
	v, p := b.attempt(t, engine.Plan{Tools: tools})
	if v.Answer != "42" || p.Plan.Tools != engine.ToolsAuto || p.Code.Engine != "python" || len(p.Samples[0].Cells) != 1 {
		t.Errorf("answer %q, tools %s, engine %q, %d cells", v.Answer, p.Plan.Tools, p.Code.Engine, len(p.Samples[0].Cells))
	}
	if len(p.Warnings) == 0 || !strings.Contains(p.Warnings[0], "starlark is no longer supported") {
		t.Errorf("warnings %q", p.Warnings) // a slow machine has more of them
	}
}
