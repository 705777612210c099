//go:build linux

package tui

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"unicode"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// plainly is how this test binary becomes the app as text.
const plainly = "plainly"

// speakPlainly attempts what it is asked by a model that says what a terminal would obey.
func speakPlainly() int {
	feed := NewFeed()
	env := tuitest.Env(&testing.B{}, tuitest.Palette(&testing.B{}))
	env.Library = tuitest.NewLibrary(tuitest.Attempts(2)...)
	err := RunPlain(context.Background(), Options{
		Env: env, Feed: feed, Server: func(context.Context) engine.Server { return tuitest.Up("qwen3:8b") },
		Solve: func(_ context.Context, id engine.AttemptID, p engine.Problem, _ engine.Plan) error {
			for _, e := range tuitest.Events(id, p) {
				if f, ok := e.Fact.(engine.SampleFinished); ok && f.Sample == 1 {
					f.Answer = "\x1b[31m41\x1b[2J"
					e.Fact = f
				}
				_ = feed.Put(e)
			}
			return nil
		},
		First: func(screen.Env) screen.Screen { panic("a screen") },
	})
	fmt.Printf("ENDED %v\n", err)
	return 0
}

// TestTextCanBeReadTopToBottom: in a real terminal the app as text sends no byte that
// moves a cursor or draws a box, and its lines come in the order in which they are read.
func TestTextCanBeReadTopToBottom(t *testing.T) {
	script, err := exec.LookPath("script")
	if err != nil {
		t.Skip("SKIPPED: no script(1) to make a terminal with: what the app as text writes in one is untested")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), hang)
	defer cancel()
	cmd := exec.CommandContext(ctx, script, "-qec", "stty -echo; '"+self+"'", "/dev/null")
	cmd.Env = append(os.Environ(), fate+"="+plainly, "TERM=xterm-256color")
	cmd.Stdin = strings.NewReader("help\nWhat is\n6 times 7?\n.\nwait\nshow 1\nhistory\nshow last 2\nshow that 3 is prime\nquit\n")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("script: %v\n%q", err, out)
	}
	text := strings.ReplaceAll(string(out), "\r\n", "\n")
	for i, r := range text {
		if unicode.IsControl(r) && r != '\n' || r >= '\u2500' && r <= '\u259f' {
			t.Fatalf("%U in what is read, after %q", r, text[max(i-40, 0):i])
		}
	}
	if !strings.Contains(text, "the next problem is for qwen3:8b, ") { // once the server was seen
		t.Errorf("it does not say what the next problem is for:\n%s", text)
	}
	rest := text
	for _, want := range []string{
		"aimo3: type a problem", "hint SAMPLE|all TEXT: send a sample",
		"What is\nqwen3:8b · ", " began\n", "sample 1: 42", "votes: ", "Answer: 42\n",
		"Sample 1: 42", "six sevens are forty-two", "What is 2 times $7$?: answer 14, 4 of 5",
		"not done: say `show [ID|last] [SAMPLE]` · if this begins a problem, say ask before it", "ENDED <nil>",
	} {
		_, after, found := strings.Cut(rest, want)
		if !found {
			t.Fatalf("no %q after what comes before it in\n%s", want, text)
		}
		rest = after
	}
}
