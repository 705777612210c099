package compare_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/compare"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

func TestTwoAttempts(t *testing.T) {
	all := tuitest.Attempts(2)
	env := tuitest.Env(t, tuitest.Palette(t))
	kept := tuitest.NewLibrary(all...)
	env.Library = kept
	d := tuitest.Drive(t, compare.New(env, all[0], all[1]), 100, 30)
	d.UntilShown("Sample 1 of the first and sample 1 of the second said the same")
	if got := d.Frame(); !strings.Contains(got, "0000000000000002") || !strings.Contains(got, "42 (2 of 3)") || !strings.Contains(got, "votes for 41") {
		t.Errorf("it shows\n%s", got)
	}
	d.Press("b")
	d.UntilShown("sample 2 of the second part after 1 sentence:")
	d.UntilShown("答えは [ 41 ]")
	d.UntilShown("What is 2 times 7?")
	d.Press("m")
	d.UntilShown(`答えは \boxed{41}`)
	d.UntilShown("What is 2 times $7$?")
	tuitest.CheckFrame(t, d.Screen.View(), 100, 30)
	d.Press("m")
	if !strings.HasPrefix(tuitest.Status(d.Screen), "0000000000000002 beside") {
		t.Errorf("status %q", tuitest.Status(d.Screen))
	}
	d.Press("s")
	d.UntilShown("Sample 2 of the first")
	for w := 1; w < 130; w += 9 {
		for h := 1; h < 34; h += 3 {
			d.Screen.Resize(w, h)
			tuitest.CheckFrame(t, d.Screen.View(), w, h)
		}
	}
	d.Press("end", "down", "up", "home", "pgdown", "esc")
	tuitest.UntilSent[screen.Back](d)
	kept.Fail(errors.New("disk gone"))
	d = tuitest.Drive(t, compare.New(env, all[0], all[1]), 100, 30)
	d.UntilShown("disk gone")
}

// digits keeps attempts whose answers are numbers of 900 digits.
type digits struct{ *tuitest.Library }

func (l digits) Events(ctx context.Context, id engine.AttemptID, after uint64, limit int) ([]engine.Event, error) {
	all, err := l.Library.Events(ctx, id, after, limit)
	for i := range all {
		if f, is := all[i].Fact.(engine.AttemptFinished); is {
			f.Verdict.Answer = engine.Answer(strings.Repeat("1234567890", 90))
			all[i].Fact = f
		}
	}
	return all, err
}

// TestALongAnswerLeavesRoom for what comes after it.
func TestALongAnswerLeavesRoom(t *testing.T) {
	all := tuitest.Attempts(2)
	env := tuitest.Env(t, tuitest.Palette(t))
	env.Library = digits{tuitest.NewLibrary(all...)}
	d := tuitest.Drive(t, compare.New(env, all[0], all[1]), 60, 16)
	d.UntilShown("samples")
	if got := d.Frame(); !strings.Contains(got, "1234567890") || !strings.Contains(got, "…") {
		t.Errorf("it shows\n%s", got)
	}
	tuitest.CheckFrame(t, d.Screen.View(), 60, 16)
}
