package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/aimo3/aimo3/engine"
)

var noServer = &engine.Fault{Class: engine.Unreachable, What: "no server at 127.0.0.1:11434", Todo: "start it with `ollama serve`"}

// wantCode fails the test if a command ended otherwise than it should have.
func (b *bench) wantCode(got, want int) {
	b.t.Helper()
	if got != want {
		b.t.Fatalf("exit code %d, want %d\nstdout:\n%s\nstderr:\n%s", got, want, &b.out, &b.err)
	}
}

func TestSolveForPeople(t *testing.T) {
	b := newBench(t).boxes("336")
	b.wantCode(b.run("solve", "What is 1+1?\nSecond line.", "--samples", "1"), 0)
	want := "Answer: 336\n1 of 1 vote · every sample ended · 0.7 s\n  336  1 vote  by 1\n\nKept: aimo3 history show " + string(b.store.attempts[0]) + "\n"
	if got := b.out.String(); got != want {
		t.Errorf("stdout:\n%s\nwant:\n%s", got, want)
	}
	wantErr := "What is 1+1?\nqwen3:4b · 1 sample · window 16,384 tokens\nsample 1: 336 (1,204 tokens in 0.5 s)\n"
	if got := b.err.String(); got != wantErr {
		t.Errorf("stderr:\n%s\nwant:\n%s", got, wantErr)
	}
}

func TestExitCodes(t *testing.T) {
	long := strings.Repeat("x", engine.MaxStatement+1)
	crash := errors.New("connection reset")
	for _, c := range []struct {
		name  string
		setup func(*bench)
		args  []string
		code  int
		want  string // in the one line on stderr
	}{
		{"answered", func(b *bench) { b.boxes("4") }, []string{"solve", "2+2?"}, 0, ""},
		{"no answer", func(b *bench) { b.boxes("") }, []string{"solve", "2+2?"}, 1, ""},
		{"empty", nil, []string{"solve", " \n\t"}, 2, "the problem is empty; a statement of 1 to 10000 characters"},
		{"too long", nil, []string{"solve", long}, 2, "has 10001 characters; at most 10000"},
		{"not UTF-8", nil, []string{"solve", "a\xff"}, 2, "not valid UTF-8"},
		{"escape sequence", nil, []string{"solve", "a\x1b[2Jb"}, 2, "control character U+001B"},
		{"no problem", func(b *bench) { b.terminals = true }, []string{"solve"}, 2, "no problem was given · give the problem"},
		{"two problems", nil, []string{"solve", "a", "b"}, 2, "takes one problem"},
		{"a problem and a file", nil, []string{"solve", "a", "-f", "b"}, 2, "both a problem and a file"},
		{"a missing file", nil, []string{"solve", "-f", "/nowhere/x"}, 2, "cannot open /nowhere/x: no such file"},
		{"a directory", nil, []string{"solve", "-f", "/"}, 2, "cannot read /"},
		{"larger than 1 MB", func(b *bench) { b.stdin = strings.NewReader(strings.Repeat("x", maxInput+1)) }, []string{"solve"}, 2, "larger than 1 MB"},
		{"binary on stdin", func(b *bench) { b.stdin = bytes.NewReader([]byte{0x7f, 'E', 'L', 'F', 0}) }, []string{"solve", "-"}, 2, "control character U+007F"},
		{"samples", nil, []string{"solve", "a", "--samples", "0"}, 2, `--samples: "0" is not a whole number from 1 to 512`},
		{"stop rule", nil, []string{"solve", "a", "--stop", "five"}, 2, "--stop: unknown stop rule \"five\" · use none"},
		{"two forms", nil, []string{"solve", "a", "--json", "--events"}, 2, "--json and --events cannot be used together"},
		{"flag misspelt", nil, []string{"solve", "a", "--smples", "3"}, 2, "unknown flag --smples · did you mean --samples?"},
		{"a dash", nil, []string{"solve", "-3x = 2"}, 2, "put -- before a problem"},
		{"command misspelt", nil, []string{"sovle", "a"}, 2, "unknown command \"sovle\" · did you mean `aimo3 solve`?"},
		{"subcommand misspelt", nil, []string{"history", "lst"}, 2, "did you mean `aimo3 history list`?"},
		{"environment", func(b *bench) { b.env["AIMO3_NUM_CTX"] = "lots" }, []string{"solve", "a"}, 2, "AIMO3_NUM_CTX: \"lots\" is not a whole number"},
		{"no server", func(b *bench) { b.connect = noServer }, []string{"solve", "a"}, 3, "no server at 127.0.0.1:11434 · start it with `ollama serve`"},
		{"no model", nil, []string{"solve", "a", "--model", "qwen3:40b"}, 3, "no model \"qwen3:40b\" is installed · did you mean qwen3:4b?"},
		{"every sample crashed", func(b *bench) {
			b.server.replies[0] = reply{err: &engine.Fault{Class: engine.Crashed, What: "the runner died", Todo: "look at its log", Err: crash}}
		}, []string{"solve", "a"}, 3, "the runner died: connection reset · look at its log"},
		{"store", func(b *bench) { b.open = &engine.Fault{Class: engine.Storage, What: "cannot open x.db"} }, []string{"solve", "a"}, 5, "cannot open x.db"},
		{"disk full midway", func(b *bench) { b.boxes("4").store.full = 5 }, []string{"solve", "a"}, 5, "the disk is full · free some space"},
		{"no attempt", nil, []string{"history", "show", "zz"}, 2, "no attempt zz"},
		{"no such sample", func(b *bench) { b.boxes("4").run("solve", "a", "--samples", "1") }, []string{"history", "show", "last", "--sample", "2"}, 2, "has 1 sample, not 2"},
		{"the app without a terminal", nil, nil, 2, "the app needs a terminal"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBench(t)
			if c.setup != nil {
				c.setup(b)
			}
			before := len(b.store.attempts)
			args := c.args
			if len(args) == 2 && args[0] == "solve" {
				args = append([]string{"solve", "--samples", "1"}, args[1:]...)
			}
			b.wantCode(b.run(args...), c.code)
			last := b.err.String()
			last = last[strings.LastIndex(strings.TrimSuffix(last, "\n"), "\n")+1:]
			if c.want != "" && (!strings.HasPrefix(last, "aimo3: ") || !strings.Contains(last, c.want)) {
				t.Errorf("last line of stderr %q, want %q in it", last, c.want)
			}
			if c.code == exitUsage {
				if b.out.Len() > 0 && !slices.Contains(args, "--json") {
					t.Errorf("stdout %q, want nothing", &b.out)
				}
				if strings.Count(b.err.String(), "\n") != 1 {
					t.Errorf("stderr %q, want one line", &b.err)
				}
				if args != nil && args[0] == "solve" && (b.store.opened > 0 || len(b.store.attempts) > before) {
					t.Error("the store was opened for invalid input")
				}
			}
		})
	}
}

func TestInputComesFromWhereItIsSaid(t *testing.T) {
	file := filepath.Join(t.TempDir(), "p.tex")
	if err := os.WriteFile(file, []byte("from\r\na file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args         []string
		source, want string
	}{
		{[]string{"an argument"}, "typed", "an argument"},
		{[]string{"-"}, "stdin", "from stdin"},
		{nil, "stdin", "from stdin"},
		{[]string{"-f", file}, "p.tex", "from\na file"},
		{[]string{"-f", "-"}, "stdin", "from stdin"},
		{[]string{"--", "-3x=2"}, "typed", "-3x=2"},
	} {
		b := newBench(t).boxes("4")
		b.stdin = strings.NewReader("from stdin\n")
		b.wantCode(b.run(append([]string{"solve", "--samples", "1"}, c.args...)...), 0)
		p := b.store.summary(b.store.attempts[0]).Problem
		if p.Statement != c.want || p.Source != c.source {
			t.Errorf("%q: got %q from %s, want %q from %s", c.args, p.Statement, p.Source, c.want, c.source)
		}
	}
}

// object parses stdout, which must be one JSON object and nothing else.
func (b *bench) object(v any) {
	b.t.Helper()
	d := json.NewDecoder(bytes.NewReader(b.out.Bytes()))
	if err := d.Decode(v); err != nil {
		b.t.Fatalf("stdout is not JSON: %v\n%s", err, &b.out)
	}
	if d.More() {
		b.t.Fatalf("stdout holds more than one object:\n%s", &b.out)
	}
}

func TestJSONOnSuccessAndFailure(t *testing.T) {
	b := newBench(t).boxes("336", "336", "")
	b.server.replies[3] = reply{text: `\boxed{5`, cut: true}
	b.server.replies[4] = reply{err: &engine.Fault{Class: engine.Stalled, What: "silence", Todo: "wait"}}
	b.wantCode(b.run("solve", "--json", "p", "--samples", "5", "--stop", "none"), 0)
	var f form
	b.object(&f)
	if f.Version != 1 || f.Attempt != b.store.attempts[0] || f.Verdict.Answer != "336" || f.Verdict.Votes != 2 || f.Error != nil {
		t.Errorf("got %+v", f)
	}
	var got []string
	for _, s := range f.Samples {
		got = append(got, fmt.Sprintln(s.Sample, s.Seed, s.State, s.Answer, s.Tokens, s.Cut, s.Cause, s.Todo))
	}
	want := "0 0 finished 336 1204 false  \n1 1 finished 336 1204 false  \n2 2 finished  1204 false  \n3 3 finished  1204 true  \n4 4 failed  0 false silence wait\n"
	if strings.Join(got, "") != want {
		t.Errorf("samples\n%s\nwant\n%s", strings.Join(got, ""), want)
	}
	shown := b.out.String()
	b.wantCode(b.run("history", "show", "last", "--json"), 0)
	if b.out.String() != shown {
		t.Errorf("history show --json:\n%s\nwant what solve --json printed:\n%s", &b.out, shown)
	}

	for _, c := range []struct {
		name  string
		setup func(*bench)
		args  []string
		code  int
		class engine.Class
	}{
		{"usage", nil, []string{"solve", "--json", "--smples"}, 2, engine.Invalid},
		{"input", nil, []string{"solve", "--json", ""}, 2, engine.Invalid},
		{"no server", func(b *bench) { b.connect = noServer }, []string{"solve", "--json", "p"}, 3, engine.Unreachable},
		{"store", func(b *bench) { b.boxes("1").store.full = 4 }, []string{"solve", "--json", "p"}, 5, engine.Storage},
		{"all failed", func(b *bench) { b.server.replies[0] = reply{err: errors.New("odd")} }, []string{"solve", "--json", "p", "--samples", "1"}, 1, engine.Unknown},
		{"history", nil, []string{"history", "show", "zz", "--json"}, 2, engine.Invalid},
		{"models", func(b *bench) { b.connect = noServer }, []string{"models", "list", "--json"}, 3, engine.Unreachable},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBench(t)
			if c.setup != nil {
				c.setup(b)
			}
			b.wantCode(b.run(c.args...), c.code)
			var f form
			b.object(&f)
			if f.Version != 1 || f.Error == nil || f.Error.Class != c.class || f.Error.What == "" {
				t.Errorf("got %+v, error %+v; want class %s", f, f.Error, c.class)
			}
		})
	}
}

func TestEventsArePrintedAsTheyAreStored(t *testing.T) {
	b := newBench(t).boxes("336", "336", "7")
	b.wantCode(b.run("solve", "--events", "p", "--samples", "3"), 0)
	printed := b.out.String()
	var stored strings.Builder
	for _, e := range b.store.events[b.store.attempts[0]] {
		if err := writeEvent(&stored, e); err != nil {
			t.Fatal(err)
		}
	}
	if printed != stored.String() {
		t.Errorf("printed:\n%s\nstored:\n%s", printed, &stored)
	}
	b.wantCode(b.run("history", "show", "last", "--events"), 0)
	if b.out.String() != printed {
		t.Error("history show --events prints other lines than solve --events did")
	}
	b.wantCode(b.run("solve", "--events", "p", "--samples", "1", "--no-save"), 0)
	if len(b.store.attempts) != 1 || b.out.Len() == 0 {
		t.Errorf("--no-save: %d attempts stored, printed %q", len(b.store.attempts), &b.out)
	}
}

func TestInterruptedAttemptIsClosedAndPrinted(t *testing.T) {
	for _, form := range []string{"--json", "--events", "--plain"} {
		b := newBench(t).boxes("336", "336", "336")
		b.server.hangAt, b.server.hangs = 2, make(chan struct{})
		ctx, cancel := context.WithCancel(context.Background())
		go func() { <-b.server.hangs; cancel() }()
		b.wantCode(b.runIn(ctx, "solve", form, "p", "--samples", "3", "--parallel", "1", "--stop", "none"), 4)
		if !strings.HasSuffix(b.err.String(), "aimo3: interrupted\n") {
			t.Errorf("%s: stderr %q", form, &b.err)
		}
		events := b.store.events[b.store.attempts[0]]
		if f, ok := events[len(events)-1].Fact.(engine.AttemptFinished); !ok || f.Verdict.Why != engine.Cancelled {
			t.Errorf("%s: the stored attempt ends in %+v, want a cancelled verdict", form, events[len(events)-1])
		}
		if !strings.Contains(b.out.String(), "336") {
			t.Errorf("%s: stdout %q, want the vote there was", form, &b.out)
		}
	}
}

// narrow is a pipe whose reader goes after some bytes.
type narrow struct{ left int }

func (n *narrow) Write(b []byte) (int, error) {
	if n.left -= len(b); n.left < 0 {
		return 0, &os.PathError{Op: "write", Path: "/dev/stdout", Err: syscall.EPIPE}
	}
	return len(b), nil
}

func TestBrokenPipeEndsQuietly(t *testing.T) {
	b := newBench(t).boxes("1", "2", "3")
	code := Run(context.Background(), b.program(), []string{"solve", "--events", "p", "--samples", "3", "--parallel", "1"}, b.stdin, &narrow{900}, &b.err)
	if code != exitInterrupted || strings.Contains(b.err.String(), "aimo3:") {
		t.Errorf("exit code %d, stderr %q", code, &b.err)
	}
	events := b.store.events[b.store.attempts[0]]
	if _, ok := events[len(events)-1].Fact.(engine.AttemptFinished); !ok {
		t.Error("the stored attempt was not closed")
	}
	b.err.Reset()
	for _, args := range [][]string{{"history", "list"}, {"history", "show", "last", "--events"}, {"models", "list", "--json"}, {"doctor"}} {
		if code := Run(context.Background(), b.program(), args, b.stdin, &narrow{10}, &b.err); code != 0 || b.err.Len() > 0 {
			t.Errorf("%q: exit code %d, stderr %q", args, code, &b.err)
		}
	}
}

func TestPlanComesFromFlagsThenEnvironmentThenDefaults(t *testing.T) {
	b := newBench(t).boxes("1")
	b.env["AIMO3_SAMPLES"], b.env["AIMO3_TEMPERATURE"], b.env["AIMO3_MODEL"], b.env["AIMO3_BUDGET"] = "3", "0.5", "smollm2:135m", "none"
	b.wantCode(b.run("solve", "p", "--samples", "2", "--num-ctx", "4096", "--think", "off", "--json"), 0)
	var f form
	b.object(&f)
	p := f.Plan
	if p.Samples != 2 || *p.Options.Temperature != 0.5 || p.Model != "smollm2:135m" || p.Options.NumCtx != 4096 || p.Think != engine.ThinkOff || p.Budget.Wall >= 0 || p.Stop != engine.DefaultStop {
		t.Errorf("plan %+v", p)
	}
	b.env = map[string]string{"XDG_DATA_HOME": t.TempDir(), "AIMO3_JSON": "1"}
	b.wantCode(b.run("solve", "p", "--events", "--samples", "1"), 0)
	if !strings.HasPrefix(b.out.String(), `{"attempt"`) {
		t.Errorf("--events lost to AIMO3_JSON: %s", &b.out)
	}
	b.wantCode(b.run("solve", "p", "--samples", "1"), 0)
	b.object(&f)
	if f.Plan.Model != "qwen3:4b" || f.Plan.Options.NumCtx != 16384 {
		t.Errorf("by default: model %s, window %d", f.Plan.Model, f.Plan.Options.NumCtx)
	}
}

func TestStatusLineIsDrawnOnTerminalsOnly(t *testing.T) {
	b := newBench(t).boxes("1\x1b]0;x\x07")
	b.terminals = true
	b.wantCode(b.run("solve", "p", "--samples", "1"), 0)
	screen := b.err.String()
	if !strings.Contains(screen, "\r\x1b[K") || !strings.HasSuffix(screen, "\x1b[K") && !strings.HasSuffix(screen, "\n") {
		t.Errorf("stderr %q, want a line drawn over and then removed", screen)
	}
	if strings.Contains(b.out.String(), "\x1b") {
		t.Errorf("stdout holds an escape sequence: %q", &b.out)
	}
	b.wantCode(b.run("solve", "p", "--samples", "1", "--plain"), 0)
	if strings.Contains(b.err.String(), "\r") {
		t.Errorf("--plain draws over: %q", &b.err)
	}
	b.env["ACCESSIBLE"] = "1"
	b.wantCode(b.run("solve", "p", "--samples", "1"), 0)
	if strings.Contains(b.err.String(), "\r") {
		t.Errorf("ACCESSIBLE draws over: %q", &b.err)
	}
}
