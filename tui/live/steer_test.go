package live_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// wished are the wishes of a person that reached the desk.
type wished struct {
	mu     sync.Mutex
	all    []string
	refuse error // what the desk answers
}

func (w *wished) take(format string, args ...any) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.all = append(w.all, fmt.Sprintf(format, args...))
	return w.refuse
}

// told are the wishes so far, with "; " between.
func (w *wished) told() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return strings.Join(w.all, "; ")
}

// answer sets what the desk answers from now on.
func (w *wished) answer(err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.refuse = err
}

// steering is a screen of attempt a1 whose wishes reach w, and its driver.
func steering(t *testing.T, w *wished, facts []engine.Fact) *tuitest.Driver {
	t.Helper()
	e := tuitest.Env(t, tuitest.Palette(t))
	e.Hint = func(id engine.AttemptID, n int, text string) error { return w.take("hint %s %d %s", id, n, text) }
	e.ChangeRule = func(id engine.AttemptID, rule engine.StopRule) error { return w.take("rule %s %s", id, rule) }
	e.AddSamples = func(id engine.AttemptID, n int) error { return w.take("add %s %d", id, n) }
	e.Stop = func(id engine.AttemptID, n int) error { return w.take("stop %s %d", id, n) }
	e.Extend = func(_, parent engine.AttemptID, n int) error { return w.take("extend %s %d", parent, n) }
	e.Solve = func(_ engine.AttemptID, p engine.Problem, plan engine.Plan) error {
		return w.take("solve %s seed %d", p.Statement[:5], plan.Seed)
	}
	s := live.New(e, "a1", problem)
	d := tuitest.Drive(t, s, 80, 22)
	d.Send(screen.Arrived{Events: story(facts...)})
	return d
}

// enter presses keys; text is typed.
func enter(d *tuitest.Driver, keys string) {
	for _, k := range strings.Fields(keys) {
		if len(k) > 1 && k[0] == '"' {
			d.Type(strings.ReplaceAll(strings.Trim(k, `"`), "_", " "))
		} else {
			d.Press(k)
		}
	}
}

// TestWishes: each key has the desk do what it says, or is refused with a reason, while
// the attempt runs and once it has ended.
func TestWishes(t *testing.T) {
	for _, row := range []struct {
		name, keys string
		over       bool
		want, says string // what reaches the desk, and what is said
	}{
		{"a hint to the sample that is shown", `4 h "mind_the_sign" enter`, false, "hint a1 3 mind the sign", "sample 4 is told"},
		{"a hint to all", `4 h tab "mind" enter`, false, "hint a1 -1 mind", "all that run are told"},
		{"a hint from a sample that has ended goes to those that run", `1 h "mind" enter`, false, "hint a1 -1 mind", "all that run are told"},
		{"what is typed is no key", `4 h "q?9S" enter`, false, "hint a1 3 q?9S", ""},
		{"another rule", "c down enter", false, "rule a1 four-agree", "rule is now four-agree"},
		{"more samples", `+ backspace "12" enter`, false, "add a1 12", "12 samples added"},
		{"one more of them", "+ up enter", false, "add a1 5", "5 samples added"},
		{"no number", `+ backspace enter`, false, "", `✗ "" is no number from 1 to 512: type one`},
		{"a letter", `+ "x"`, false, "", "✗ only digits are typed here: a number from 1 to 512"},
		{"a letter is not kept", `+ "x2" enter`, false, "add a1 42", "42 samples added"},
		{"too many", `+ "00000" enter`, false, "", "is no number from 1 to 512"},
		{"stopping all asks", "S", false, "", "the attempt ends with the votes it has"},
		{"and stops", "S y", false, "stop a1 -1", "stopping all samples"},
		{"or does not", "S n", false, "", ""},
		{"nor is it left by q", "S q", false, "", "Stop all samples?"},
		{"what has ended is not stopped", "1 s", false, "", "sample 1 has ended"},
		{"it is being solved", "R", false, "", "it is being solved: S stops it"},
		{"escape leaves a hint", `h "mind" esc`, false, "", ""},

		{"no hint at the end", "h", true, "", "its samples have ended: + adds some, R solves again"},
		{"no rule at the end", "c", true, "", "its samples have ended"},
		{"more at the end", "+ enter", true, "extend a1 4", ""},
		{"solved again, by other seeds", "R", true, "solve Let $ seed 8", ""},
		{"nothing to stop", "S", true, "", "all samples have ended"},
	} {
		t.Run(row.name, func(t *testing.T) {
			var w wished
			facts := midRun()
			if row.over {
				facts = finished()
			}
			d := steering(t, &w, facts)
			enter(d, row.keys)
			said := func() bool {
				all := strings.Join(strings.Fields(strings.NewReplacer("│", "", "╮", "").Replace(d.Frame())), " ")
				for _, m := range d.Sent {
					if n, ok := m.(screen.Notice); ok {
						all += n.Text
					}
				}
				return strings.Contains(all, row.says) && (row.want == "" || w.told() != "")
			}
			d.Until(row.says+" and "+row.want, said)
			if got := w.told(); got != row.want {
				t.Errorf("%q reached the desk, want %q", got, row.want)
			}
			tuitest.CheckFrame(t, d.Screen.View(), 80, 22)
		})
	}
}

// TestRefusedWish: what the desk refuses stays to be mended, with the reason in one line.
func TestRefusedWish(t *testing.T) {
	w := wished{refuse: &engine.Fault{Class: engine.Invalid, What: "a hint has from 1 to 2,000 characters", Todo: "give a shorter one"}}
	d := steering(t, &w, midRun())
	enter(d, `h "too_long" enter`)
	d.UntilShown("✗ a hint has from 1 to 2,000 characters · give a shorter one")
	d.UntilShown("too long")
	w.answer(nil)
	enter(d, "enter")
	d.UntilGone("too long")
	if n := tuitest.UntilSent[screen.Notice](d); n.Bad || n.Text != "all that run are told" {
		t.Errorf("granted: %+v", n)
	}
	w.answer(errors.New("gone"))
	enter(d, `h "mind" enter esc`)
	if n := tuitest.UntilSent[screen.Notice](d); !n.Bad || n.Text != "gone" {
		t.Errorf("what is refused once its dialog was left is said: %+v", n)
	}
}

// TestWhyNoWishes: where wishes cannot be had the key says why, and help has none of it.
func TestWhyNoWishes(t *testing.T) {
	e := tuitest.Env(t, tuitest.Palette(t))
	s := live.New(e, "a1", problem)
	d := tuitest.Drive(t, s, 80, 22)
	d.Send(screen.Arrived{Events: story(midRun()...)})
	for _, key := range []string{"h", "c", "+"} {
		d.Press(key)
		if n := tuitest.UntilSent[screen.Notice](d); !n.Bad || n.Text != "attempts cannot be changed here while they run" {
			t.Errorf("%s: %+v", key, n)
		}
		if strings.Contains(listed(s), " "+key+" ") {
			t.Errorf("help has %s: %s", key, listed(s))
		}
	}
	d.Send(screen.Arrived{Events: story(finished()...)})
	d.Press("+")
	if n := tuitest.UntilSent[screen.Notice](d); !strings.Contains(n.Text, "--no-save") {
		t.Errorf("at the end: %+v", n)
	}
}

// TestDigits: a digit chooses the sample of that number, and two of them one with two
// digits, if there is such a one and they come within a second.
func TestDigits(t *testing.T) {
	now := tuitest.Now()
	for _, row := range []struct {
		samples int
		keys    string // a dot is two seconds
		want    string
	}{
		{8, "3", "Sample 3 of 8"},
		{8, "3 5", "Sample 5 of 8"},
		{8, "9", "there is no sample 9, of 8"},
		{8, "0", "there is no sample 0, of 8"},
		{40, "3", "Sample 3 of 40"},
		{40, "3 5", "Sample 35 of 40"},
		{40, "3 . 5", "Sample 5 of 40"},
		{40, "5 3", "Sample 3 of 40"},
		{40, "1 0", "Sample 10 of 40"},
		{200, "1 2 3", "Sample 123 of 200"},
		{200, "2 0 1", "Sample 1 of 200"},
	} {
		e := tuitest.Env(t, tuitest.Palette(t))
		e.Now = func() time.Time { return now }
		d := tuitest.Drive(t, live.New(e, "a1", problem), 80, 22)
		d.Send(screen.Arrived{Events: []engine.Event{{Attempt: "a1", Seq: 1, At: now, Fact: engine.AttemptStarted{Problem: problem, Plan: engine.Plan{Samples: row.samples}}}}})
		for _, k := range strings.Fields(row.keys) {
			if k == "." {
				now = now.Add(2 * time.Second)
			} else {
				d.Press(k)
			}
		}
		now = now.Add(time.Minute)
		d.Until(fmt.Sprintf("%d samples, %s: %s", row.samples, row.keys, row.want), func() bool {
			for _, m := range d.Sent {
				if n, ok := m.(screen.Notice); ok && n.Text == row.want {
					return true
				}
			}
			return strings.Contains(d.Frame(), row.want)
		})
	}
}

// TestAWishIsAskedForOnce, however often enter is pressed until the desk has answered.
func TestAWishIsAskedForOnce(t *testing.T) {
	for name, open := range map[string]string{"samples": "+", "a hint": `h "odd"`} {
		d := steering(t, new(wished), nil)
		enter(d, open)
		if first, again := d.Screen.Update(tuitest.Key(t, "enter")), d.Screen.Update(tuitest.Key(t, "enter")); first == nil || again != nil {
			t.Errorf("%s: asked for: %t, and again: %t", name, first != nil, again != nil)
		}
	}
	w := new(wished)
	w.answer(errors.New("no"))
	d := steering(t, w, nil)
	enter(d, "+ enter")
	d.UntilShown("✗ no")
	w.answer(nil)
	enter(d, "enter")
	tuitest.UntilSent[screen.Notice](d)
	if got := w.told(); got != "add a1 4; add a1 4" {
		t.Errorf("after a refusal: %s", got)
	}
}
