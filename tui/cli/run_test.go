package cli

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/compute"
)

// notebook is an engine that knows three cells: one that fails, one that loses
// the session, one that ends it; any other it echoes.
type notebook struct{}

func (notebook) Name() string                    { return "python" }
func (notebook) Available(context.Context) error { return nil }
func (notebook) Close() error                    { return nil }

func (notebook) Code(context.Context) engine.Code { return engine.Code{Engine: "python"} }

func (n notebook) Open(context.Context, compute.Limits) (engine.Session, error) { return n, nil }

func (notebook) Run(_ context.Context, code string) (engine.Cell, error) {
	switch strings.TrimSpace(code) {
	case "fail":
		return engine.Cell{Output: "so far", Err: "ZeroDivisionError\x1b[2J", Kept: true}, nil
	case "lose":
		return engine.Cell{Err: "out of time"}, nil
	case "die":
		return engine.Cell{}, &engine.Fault{Class: engine.Internal, What: "the session is gone"}
	}
	return engine.Cell{Output: code, Kept: true}, nil
}

// absent is an engine that this machine lacks.
type absent struct{ notebook }

func (absent) Available(context.Context) error {
	return &engine.Fault{Class: engine.Invalid, What: "no python3 here", Todo: "install it"}
}

// withSymPy is the one inside the program.
type withSymPy struct{ notebook }

func (withSymPy) Name() string                     { return "embedded python" }
func (withSymPy) Code(context.Context) engine.Code { return engine.Code{SymPy: true} }

func TestDoctorSaysWhatRunsCode(t *testing.T) {
	for _, c := range []struct {
		engines []compute.Engine
		want    string
	}{
		{[]compute.Engine{notebook{}, absent{}}, "pass  code      runs in python, sandboxed\n"},
		{[]compute.Engine{absent{}, notebook{}}, "warn  code      runs in python, sandboxed, without SymPy\n                install it\n"},
		{[]compute.Engine{absent{}, absent{}, notebook{}}, "warn  code      runs in python, sandboxed, without SymPy\n                install it\n"},
		{[]compute.Engine{absent{}, withSymPy{}, notebook{}}, "pass  code      runs in embedded python, sandboxed\n"},
		{[]compute.Engine{absent{}}, "warn  code      cannot run, so models work without it: no python3 here\n                install it\n"},
	} {
		b := newBench(t)
		b.engines = c.engines
		b.wantCode(b.run("doctor"), 0)
		if got := b.out.String(); !strings.Contains(got, c.want) {
			t.Errorf("got\n%s\nwant\n%s", got, c.want)
		}
	}
}

func TestRunCode(t *testing.T) {
	file := filepath.Join(t.TempDir(), "code.py")
	if err := os.WriteFile(file, []byte("a\n# %%\nb\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, in string
		args     []string
		code     int
		out, err string // parts of what is printed
	}{
		{"echo", "1+1\n", nil, 0, "1+1\n", ""},
		{"a file, in cells", "", []string{file}, 0, "a\nb\n", ""},
		{"empty cells are none", "# %%\n\n# %% x\n", nil, 0, "", ""},
		{"a failure", "fail\n# %%\nx", []string{"-"}, 1, "so far\nZeroDivisionError␛[2J\nx\n", ""},
		{"the session lost", "lose", nil, 1, "out of time", "variables of earlier cells are lost"},
		{"the session gone", "die", nil, 1, "", "the session is gone"},
		{"no such engine", "x", []string{"--engine", "perl"}, 2, "", `--engine: "perl" is not auto, python or embedded`},
		{"no engine at all", "x", []string{"--engine", "off"}, 2, "", `"off" is not auto`},
		{"no such file", "", []string{file + "x"}, 2, "", "cannot open " + file + "x: no such file"},
		{"too long", strings.Repeat("x", maxInput+1), nil, 2, "", "larger than 1 MB"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBench(t)
			b.stdin = strings.NewReader(c.in)
			b.wantCode(b.run(append([]string{"run"}, c.args...)...), c.code)
			if got := b.out.String(); !strings.Contains(got, c.out) || c.out == "" && got != "" {
				t.Errorf("stdout %q, want %q", got, c.out)
			}
			if got := b.err.String(); !strings.Contains(got, c.err) || c.err == "" && got != "" {
				t.Errorf("stderr %q, want %q", got, c.err)
			}
		})
	}
}

func TestRunCodeAsJSON(t *testing.T) {
	b := newBench(t)
	b.stdin = strings.NewReader("fail\n# %%\nx")
	b.wantCode(b.run("run", "--json", "-"), 1)
	var got struct {
		Engine string
		Cells  []engine.Cell
	}
	if err := json.Unmarshal(b.out.Bytes(), &got); err != nil {
		t.Fatalf("%v in %s", err, &b.out)
	}
	if got.Engine != "python" || len(got.Cells) != 2 || got.Cells[0].Err == "" || got.Cells[1].Output != "x" {
		t.Errorf("%+v", got)
	}
}

func TestDoctorAndTheAppAgreeOnTheTerminal(t *testing.T) {
	for _, term := range []string{"", "dumb", "unknown", "xterm", "vt100"} {
		b := newBench(t)
		b.terminals, b.env["TERM"] = true, term
		app := b.run()
		why := strings.TrimPrefix(strings.TrimSpace(b.err.String()), "aimo3: ")
		b.wantCode(b.run("doctor"), 0)
		says := strings.Join(strings.Fields(b.out.String()), " ")
		what, todo, _ := strings.Cut(why, " · ")
		if well := strings.Contains(says, "pass terminal TERM="+term); well != (app == 0) || !well && !strings.Contains(says, "warn terminal "+what+" "+todo) {
			t.Errorf("TERM=%s: the app ends with %d, %q; doctor says\n%s", term, app, why, &b.out)
		}
	}
}
