package ask_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// TestUnfinishedAttemptsAreOffered at the start: one after the other, each to go on
// with, to close, or to be left for later.
func TestUnfinishedAttemptsAreOffered(t *testing.T) {
	resumed, ended := make(chan engine.AttemptID, 1), make(chan engine.AttemptID, 2)
	d, _ := start(t, func(e *screen.Env) {
		e.Unfinished = func(context.Context) ([]engine.Summary, error) { return tuitest.Attempts(3), nil }
		e.Resume = func(id engine.AttemptID) error { resumed <- id; return nil }
		e.Close = func(id engine.AttemptID) error {
			ended <- id
			if len(ended) == 2 {
				return errors.New("it runs elsewhere")
			}
			return nil
		}
	})
	all := tuitest.Attempts(3)
	d.UntilShown("the first of 3")
	d.Press("enter")
	if got, ok := tuitest.UntilSent[screen.Open](d).Screen.(*live.Screen); !ok || got.Attempt() != all[0].ID || <-resumed != all[0].ID {
		t.Errorf("%v was opened", got)
	}
	d.UntilShown("the first of 2")
	d.Press("ctrl+x")
	if got := tuitest.UntilSent[screen.Notice](d); got.Bad || !strings.Contains(got.Text, "closed") || <-ended != all[1].ID {
		t.Errorf("notice %+v", got)
	}
	d.Press("esc")
	d.UntilGone("cut short")
	d.Type("What")
	d.UntilShown("What")
}

// TestTextDecidesNothing: what is typed while an attempt is offered is text, whatever its
// letters, and ends none.
func TestTextDecidesNothing(t *testing.T) {
	for _, text := range []string{"Compute 2+2", "gcd(4, 6)?", "quick", " m", "x"} {
		d, _ := start(t, func(e *screen.Env) {
			e.Unfinished = func(context.Context) ([]engine.Summary, error) { return tuitest.Attempts(2), nil }
			e.Resume = func(engine.AttemptID) error { t.Errorf("%q: one goes on", text); return nil }
			e.Close = func(engine.AttemptID) error { t.Errorf("%q: one was closed", text); return nil }
		})
		d.UntilShown("the first of 2")
		if typing, ok := d.Screen.(screen.Typer); !ok || !typing.Typing() {
			t.Error("letters are no text")
		}
		d.Type(text)
		d.UntilShown(strings.TrimSpace(text))
		if strings.Contains(d.Frame(), "cut short") || len(d.Sent) > 0 {
			t.Errorf("%q: %v was sent\n%s", text, d.Sent, d.Frame())
		}
	}
}

// TestWhatGoesOnElsewhereIsNotOffered: it was taken up, or closed, in the history screen.
func TestWhatGoesOnElsewhereIsNotOffered(t *testing.T) {
	all := tuitest.Attempts(2)
	d, _ := start(t, func(e *screen.Env) {
		e.Unfinished = func(context.Context) ([]engine.Summary, error) { return all, nil }
	})
	d.UntilShown("the first of 2")
	d.Send(screen.Arrived{Events: []engine.Event{{Attempt: all[0].ID, Seq: 1, Fact: engine.AttemptStarted{}}}})
	if got := d.Frame(); strings.Contains(got, "the first of 2") || !strings.Contains(got, "cut short") {
		t.Errorf("one that goes on is still offered:\n%s", got)
	}
}
