package plain_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/plain"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// talk is an app as text, and a person at it.
type talk struct {
	t      *testing.T
	env    screen.Env
	events chan []engine.Event
	in     *io.PipeWriter
	heard  chan string
	ended  chan error
	asked  chan engine.Plan
	over   chan error // what Solve returns, once it is to return
	gone   chan struct{}
	once   sync.Once
}

// begin starts one whose Solve tells of an attempt as far as parts says, and ends when
// over is told.
func begin(t *testing.T, change func(*talk)) *talk {
	k := &talk{
		t: t, env: tuitest.Env(t, tuitest.Palette(t)), events: make(chan []engine.Event, 16), ended: make(chan error, 1),
		asked: make(chan engine.Plan, 8), over: make(chan error, 8), gone: make(chan struct{}),
	}
	k.env.Solve = func(id engine.AttemptID, p engine.Problem, plan engine.Plan) error {
		all := tuitest.Events(id, p)
		k.asked <- plan
		k.events <- all[:4]
		err := <-k.over
		if err == nil {
			k.events <- all[4:]
		}
		return err
	}
	if change != nil {
		change(k)
	}
	in, w := io.Pipe()
	r, out := io.Pipe()
	k.in, k.heard = w, make(chan string, 1000)
	go func() {
		defer close(k.heard)
		for lines := bufio.NewScanner(r); lines.Scan(); {
			k.heard <- lines.Text()
		}
	}()
	go func() {
		k.ended <- plain.Run(t.Context(), plain.Options{
			Env: k.env, In: in, Out: out, Server: func(context.Context) engine.Server { return tuitest.Up("qwen3:8b", "gpt-oss:20b") },
			Next: func() ([]engine.Event, bool) {
				select {
				case e := <-k.events:
					return e, true
				case <-k.gone:
					return nil, false
				}
			},
		})
		_ = out.Close()
	}()
	t.Cleanup(k.leave)
	k.hear("type a problem")
	return k
}

func (k *talk) leave() {
	k.once.Do(func() { _ = k.in.Close(); close(k.gone) })
	for range k.heard {
	}
}

// hang is longer than any machine takes for what is waited for.
const hang = 5 * time.Minute

// say types lines.
func (k *talk) say(lines ...string) {
	k.t.Helper()
	for _, l := range lines {
		if _, err := fmt.Fprintln(k.in, l); err != nil {
			k.t.Fatal(err)
		}
	}
}

// hear waits for lines that hold these texts, in this order.
func (k *talk) hear(texts ...string) {
	k.t.Helper()
	for _, want := range texts {
		var before []string
		for {
			line, more := "", false
			select {
			case line, more = <-k.heard:
			case <-time.After(hang):
			}
			if !more {
				k.t.Fatalf("no %q came, only\n%s", want, strings.Join(before, "\n"))
			}
			if before = append(before, line); strings.Contains(line, want) {
				break
			}
		}
	}
}

// TestAttemptIsTold from its problem to its verdict, a line for all that a person would
// look at a screen for.
func TestAttemptIsTold(t *testing.T) {
	k := begin(t, nil)
	k.hear("the next problem is for qwen3:8b, 8 samples")
	k.say("samples 3", "model gpt-oss:20b", "tools off", "What is", "6 times 7?", "")
	k.hear("takes 3 samples", "asks gpt-oss:20b", "code by off", "What is", "sample 1 began")
	if plan := <-k.asked; plan.Samples != 3 || plan.Parallel != 3 || plan.Model != "gpt-oss:20b" || plan.Tools != engine.ToolsOff {
		t.Errorf("asked by %+v", plan)
	}
	k.say("status")
	k.hear("1 running", "sample 1: ")
	k.over <- nil
	k.hear("sample 1: 42", "sample 2: 41", "sample 3: 42", "votes: 2 for 42, 1 for 41", "Answer: 42", "2 of 3 replies")
	k.say("show", "again")
	k.hear("What is", "6 times 7?", "Answer: 42")
	<-k.asked
	k.over <- nil
	k.hear("Answer: 42")
}

// TestWishesWhileItRuns reach the attempt, and each says that it did.
func TestWishesWhileItRuns(t *testing.T) {
	wishes := make(chan string, 8)
	k := begin(t, func(k *talk) {
		k.env.Stop = func(_ engine.AttemptID, i int) error { wishes <- fmt.Sprint("stop ", i); return nil }
		k.env.Hint = func(_ engine.AttemptID, i int, text string) error { wishes <- fmt.Sprint("hint ", i, text); return nil }
		k.env.ChangeRule = func(_ engine.AttemptID, r engine.StopRule) error { wishes <- "rule " + string(r); return nil }
		k.env.AddSamples = func(_ engine.AttemptID, n int) error { wishes <- fmt.Sprint("more ", n); return errors.New("too many") }
		k.env.Extend = func(_, _ engine.AttemptID, n int) error { wishes <- fmt.Sprint("extend ", n); return nil }
	})
	k.say("stop 1")
	k.hear("not done: no attempt runs")
	k.say("6*7", ".")
	k.hear("sample 1 began")
	for _, row := range []struct{ say, want, heard string }{
		{"stop 2", "stop 1", "stopping sample 2"},
		{"stop all", "stop -1", "stopping all samples"},
		{"hint 3 mind the sign", "hint 2mind the sign", "sample 3 will hear it"},
		{"hint all mind it", "hint -1mind it", "all samples will hear it"},
		{"rule none", "rule none", "the rule changes"},
		{"more 2", "more 2", "not done: too many"},
		{"stop 9", "", "is no sample · say a number from 1 to 3, or all"},
		{"rule five", "", "unknown stop rule"},
		{"more none", "", "is not a whole number"},
		{"quit", "", "running: quit again stops them and leaves"},
	} {
		if k.say(row.say); row.want != "" {
			if got := <-wishes; got != row.want {
				t.Errorf("%q became %q, want %q", row.say, got, row.want)
			}
		}
		k.hear(row.heard)
	}
	k.say("status") // quit must be said twice in a row
	k.hear("1 running")
	k.say("quit")
	k.hear("quit again")
	k.say("quit")
	if err := <-k.ended; err != nil {
		t.Error(err)
	}
}

// TestInputEnds: what was typed last is asked, and what runs is waited for.
func TestInputEnds(t *testing.T) {
	k := begin(t, nil)
	k.say("6*7")
	_ = k.in.Close()
	k.hear("sample 1 began")
	k.over <- nil
	k.hear("Answer: 42")
	if err := <-k.ended; err != nil {
		t.Error(err)
	}
}

// TestWhatIsNotDoneSaysWhatToDo, one line each.
func TestWhatIsNotDoneSaysWhatToDo(t *testing.T) {
	k := begin(t, nil)
	for say, want := range map[string]string{
		"show": "show last shows the latest", "again": "nothing was asked yet", "samples 0": "from 1 to 512", "tools none": "not done: ",
		"history": "nothing is kept", "resume x": "nothing is kept", "pull x": "cannot be downloaded here", "file /no/such": "no such file or directory",
		"model none:1": "none:1", "wait now": "say `wait` · if this begins a problem, say ask before it", "hint 1": "say `hint SAMPLE|all TEXT`",
	} {
		k.say(say)
		k.hear(want)
	}
	k.say("ask show that", "", "quit", "quit")
	if <-k.asked; <-k.ended != nil {
		t.Error("it did not end well")
	}
}

// TestFailedAttemptIsTold with what to do, and the app goes on.
func TestFailedAttemptIsTold(t *testing.T) {
	k := begin(t, func(k *talk) {
		k.env.Solve = func(engine.AttemptID, engine.Problem, engine.Plan) error {
			return &engine.Fault{Class: engine.Unreachable, What: "nothing answers", Todo: "start it"}
		}
	})
	k.say("6*7", "")
	k.hear("not done: nothing answers · start it")
	k.say("quit")
	if err := <-k.ended; err != nil {
		t.Error(err)
	}
}
