package cli

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
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
	want := "Answer: 336\none vote only · 1 of 1 reply · every sample ended · 0.8 s\n  336  1 vote  by 1\n\nSaved: aimo3 history show " + string(b.latest().ID) + "\n"
	if got := b.out.String(); got != want {
		t.Errorf("stdout:\n%s\nwant:\n%s", got, want)
	}
	wantErr := "What is 1+1?\nqwen3:4b · 1 sample · context 16,384 tokens\ncode runs in python · code blocks\nsample 1: 336 (1,204 tokens, 0.6 s)\n"
	if got := b.err.String(); got != wantErr {
		t.Errorf("stderr:\n%s\nwant:\n%s", got, wantErr)
	}
}

// TestKey: the verdict is held against an answer that is known, and the model is
// not told of it.
func TestKey(t *testing.T) {
	for key, want := range map[string]string{"8/2": " · correct\n", "5": " · wrong, expected 5\n", "": "1 of 1 reply"} {
		b := newBench(t).boxes("4")
		args := []string{"solve", "--samples", "1", "2+2?"}
		if key != "" {
			args = append(args, "--key", " "+key)
		}
		b.wantCode(b.run(args...), 0)
		if got := b.out.String(); !strings.Contains(got, want) {
			t.Errorf("key %q: %q, want %q", key, got, want)
		}
		if got := b.latest().Problem.Key; got != key {
			t.Errorf("key %q is kept as %q", key, got)
		}
		if asked := fmt.Sprint(b.server.asked); strings.Contains(asked, "8/2") {
			t.Errorf("the model was told: %s", asked)
		}
	}
}

// failing has the first reply fail.
func failing(f *engine.Fault) func(*bench) {
	return func(b *bench) { b.server.replies[0] = reply{err: f} }
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
		{"empty", nil, []string{"solve", " \n\t"}, 2, "give a statement of 1 to 20000 characters"},
		{"too long", nil, []string{"solve", long}, 2, "has 20001 characters; at most 20000"},
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
		{"stop rule's figure", nil, []string{"solve", "a", "--stop", "asc:2"}, 2, "several joined by commas; P is from 0.5 to 1\n"},
		{"two forms", nil, []string{"solve", "a", "--json", "--events"}, 2, "--json and --events cannot be used together"},
		{"no key", nil, []string{"solve", "a", "--key", " "}, 2, "--key: empty answer"},
		{"flag misspelt", nil, []string{"solve", "a", "--smples", "3"}, 2, "unknown flag --smples · did you mean --samples?"},
		{"a dash", nil, []string{"solve", "-3x = 2"}, 2, "put -- before a problem"},
		{"command misspelt", nil, []string{"sovle", "a"}, 2, "unknown command \"sovle\" · did you mean `aimo3 solve`?"},
		{"a problem in place of a command", nil, []string{"What is 7 times 8?"}, 2, "What is 7 times 8? is no command · did you mean `aimo3 solve 'What is 7 times 8?'`?"},
		{"the server broke off", failing(&engine.Fault{Class: engine.Truncated, What: "the stream broke off"}), []string{"solve", "a"}, 3, "the stream broke off"},
		{"a folder that is not there", nil, []string{"solve", "a", "--db", "/nowhere/deep/x.db"}, 2, "there is no folder /nowhere/deep for the database · make it, or name another file with --db"},
		{"subcommand misspelt", nil, []string{"history", "lst"}, 2, "did you mean `aimo3 history list`?"},
		{"environment", func(b *bench) { b.env["AIMO3_NUM_CTX"] = "lots" }, []string{"solve", "a"}, 2, "AIMO3_NUM_CTX: \"lots\" is not a whole number"},
		{"a seed", nil, []string{"solve", "a", "--seed", "-1"}, 2, `--seed: "-1" is not a whole number from 0 to 2147483647`},
		{"on or off", func(b *bench) { b.env["AIMO3_FENCES"] = "x" }, []string{"solve", "a"}, 2, `AIMO3_FENCES: "x" is not true or false`},
		{"no home", func(b *bench) { b.env = nil }, []string{"solve", "a"}, 2, "neither HOME nor XDG_DATA_HOME is set · give the database's path with --db"},
		{"no server", func(b *bench) { b.connect = noServer }, []string{"solve", "a"}, 3, "no server at 127.0.0.1:11434 · start it with `ollama serve`"},
		{"no model", nil, []string{"solve", "a", "--model", "qwen3:40b"}, 3, "no model \"qwen3:40b\" is installed · did you mean qwen3:4b?"},
		{"every sample crashed", failing(&engine.Fault{Class: engine.Crashed, What: "the runner died", Todo: "look at its log", Err: crash}), []string{"solve", "a"}, 3, "the runner died: connection reset (tried 3 times over "},
		{"store", func(b *bench) { b.open = &engine.Fault{Class: engine.Storage, What: "cannot open x.db"} }, []string{"solve", "a"}, 5, "cannot open x.db"},
		{"disk full midway", func(b *bench) { b.boxes("4").store.full = 5 }, []string{"solve", "a"}, 5, "the disk is full · free some space"},
		{"no attempt", nil, []string{"history", "show", "zz"}, 2, "no attempt is named \"zz\""},
		{"no such sample", func(b *bench) { b.boxes("4").run("solve", "a", "--samples", "1") }, []string{"history", "show", "last", "--sample", "2"}, 2, "has 1 sample, not 2"},
		{"the app on a terminal that cannot draw", func(b *bench) { b.terminals, b.env["TERM"] = true, "dumb" }, nil, 2, "TERM is dumb · use `aimo3 --plain` or the other commands"},
		{"the app on a terminal of which nothing is said", func(b *bench) { b.terminals, b.env["TERM"] = true, "" }, nil, 2, "TERM is not set · use `aimo3 --plain` or the other commands"},
		{"the app on an unknown terminal", func(b *bench) { b.terminals, b.env["TERM"] = true, "unknown" }, nil, 2, "TERM is unknown · use `aimo3 --plain` or the other commands"},
		{"the app without a terminal", nil, nil, 2, "the app needs a terminal"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBench(t)
			if c.setup != nil {
				c.setup(b)
			}
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
				b.wantRefused(args)
			}
		})
	}
}

// wantRefused fails the test unless wrong input was refused in one line, with
// nothing else done.
func (b *bench) wantRefused(args []string) {
	b.t.Helper()
	if b.out.Len() > 0 && !slices.Contains(args, "--json") {
		b.t.Errorf("stdout %q, want nothing", &b.out)
	}
	if strings.Count(b.err.String(), "\n") != 1 {
		b.t.Errorf("stderr %q, want one line", &b.err)
	}
	if len(args) > 0 && args[0] == "solve" && b.store.opened > 0 {
		b.t.Error("the store was opened for invalid input")
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
		p := b.latest().Problem
		if p.Statement != c.want || p.Source != c.source {
			t.Errorf("%q: got %q from %s, want %q from %s", c.args, p.Statement, p.Source, c.want, c.source)
		}
	}
}
