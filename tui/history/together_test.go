package history_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/history"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// marked keeps the marks of one attempt, as two programs see them.
type marked struct {
	mu  sync.Mutex
	now engine.Marks
}

func (k *marked) mark(_ context.Context, _ engine.AttemptID, r engine.Remark) (m engine.Marks, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if m, err = engine.NewMarks(r(k.now)); err == nil {
		k.now = m
	}
	return m, err
}

// with is a history screen of three attempts whose marks are kept there, w columns wide.
func (k *marked) with(t *testing.T, w int) *tuitest.Driver {
	t.Helper()
	env := tuitest.Env(t, tuitest.Palette(t))
	all := tuitest.Attempts(3)
	all[0].Marks = k.now
	env.Library, env.Mark = tuitest.NewLibrary(all...), k.mark
	d := tuitest.Drive(t, history.New(env), w, 22)
	d.UntilShown("3 attempts")
	return d
}

// TestWhatOthersSayMeanwhileStays: what is typed is added to the marks that the attempt has
// when it is kept, not to those it had when the line was opened.
func TestWhatOthersSayMeanwhileStays(t *testing.T) {
	k := &marked{now: engine.Marks{Starred: true, Tags: []string{"mine"}}}
	d := k.with(t, 140)
	said := func(want string) {
		t.Helper()
		if n := tuitest.UntilSent[screen.Notice](d); n.Text != want {
			t.Fatalf("it says %+v, want %s", n, want)
		}
	}
	d.Press("n")
	d.Type("so")
	_, _ = k.mark(t.Context(), "", func(m engine.Marks) engine.Marks {
		m.Starred, m.Tags = false, append(m.Tags, "theirs")
		return m
	})
	d.Press("enter")
	said("note kept")
	if m := k.now; m.Note != "so" || m.Starred || strings.Join(m.Tags, " ") != "mine theirs" {
		t.Errorf("kept %+v", m)
	}
	d.Press("t")
	d.Type(" new")
	_, _ = k.mark(t.Context(), "", func(m engine.Marks) engine.Marks {
		m.Tags = append(m.Tags, "later")
		return m
	})
	d.Press("enter")
	said("tags kept")
	if got := strings.Join(k.now.Tags, " "); got != "later mine new theirs" {
		t.Errorf("tagged %s", got)
	}
}

// TestAnExpectedAnswerDecides: what it decides is not overruled, and a line for it that is left
// as it was changes nothing.
func TestAnExpectedAnswerDecides(t *testing.T) {
	k := &marked{now: engine.Marks{Right: new(true)}}
	d := k.with(t, 140)
	d.Press("e", "enter")
	d.UntilGone("expected answer:")
	if k.now.Right == nil {
		t.Error("an empty line took the judgement back")
	}
	d.Press("e")
	d.Type("42")
	d.Press("enter")
	tuitest.UntilSent[screen.Notice](d)
	d.Press("v")
	if n := tuitest.UntilSent[screen.Notice](d); !n.Bad || n.Text != "the expected answer decides: e changes or clears it" || k.now.Expected != "42" {
		t.Errorf("it says %+v, and %+v is kept", n, k.now)
	}
}

// TestMarksCanBeRead whole, in lines beside the list, and where there is no room for that
// below it.
func TestMarksCanBeRead(t *testing.T) {
	k := &marked{now: engine.Marks{Tags: []string{"geometry"}, Note: "It lost a sign where it squares both sides, and then found the right answer by luck."}}
	for _, w := range []int{140, 100} {
		d := k.with(t, w)
		got := strings.Join(strings.Fields(strings.NewReplacer("│", "", "╮", "").Replace(d.Frame())), " ")
		if !strings.Contains(got, "#geometry · note: It lost a sign") || !strings.Contains(got, "by luck.") {
			t.Errorf("at %d columns:\n%s", w, d.Frame())
		}
		tuitest.CheckFrame(t, d.Screen.View(), w, 22)
	}
}

// told keeps attempts of which the first has the marks of others.
type told struct {
	*tuitest.Library
	k *marked
}

func (l told) Attempts(ctx context.Context, f engine.Filter) ([]engine.Summary, error) {
	all, err := l.Library.Attempts(ctx, f)
	l.k.mu.Lock()
	defer l.k.mu.Unlock()
	all[0].Marks = l.k.now
	return all, err
}

// TestMarksOfOthersAreShown beside the list, too, once the list has them.
func TestMarksOfOthersAreShown(t *testing.T) {
	k := &marked{}
	d := start(t, told{tuitest.NewLibrary(tuitest.Attempts(3)...), k}, 140)
	d.UntilShown("3 attempts")
	if _, err := k.mark(t.Context(), "", engine.Marks{Tags: []string{"theirs"}}.Alone()); err != nil {
		t.Fatal(err)
	}
	d.Send(screen.Ended{ID: "another"})
	d.UntilShown("#theirs")
}

// TestADeletedAttemptDoesNotGoOn: what it came to would be removed with it.
func TestADeletedAttemptDoesNotGoOn(t *testing.T) {
	all := tuitest.Attempts(2)
	all[0].Verdict = nil
	l := tuitest.NewLibrary(all...)
	if err := l.Delete(t.Context(), all[0].ID); err != nil {
		t.Fatal(err)
	}
	env := tuitest.Env(t, tuitest.Palette(t))
	env.Library = l
	env.Resume = func(engine.AttemptID) error { t.Error("it goes on"); return nil }
	env.Close = func(engine.AttemptID) error { t.Error("it is closed"); return nil }
	d := tuitest.Drive(t, history.New(env), 140, 22)
	d.Press("/")
	d.Type("is:deleted")
	d.Press("enter")
	d.UntilShown("kept until")
	for _, k := range []string{"o", "c", "x"} {
		d.Press(k)
		if n := tuitest.UntilSent[screen.Notice](d); !n.Bad || n.Text != "this one is deleted: u restores it" {
			t.Errorf("%s: %+v", k, n)
		}
	}
	if strings.Contains(d.Frame(), "goes on") {
		t.Errorf("it is offered:\n%s", d.Frame())
	}
}

// TestAFilterThatWasNotLookedForSaysSo: the rows are those of before.
func TestAFilterThatWasNotLookedForSaysSo(t *testing.T) {
	l := tuitest.NewLibrary(tuitest.Attempts(3)...)
	d := start(t, l, 80)
	d.UntilShown("3 attempts")
	l.Fail(&engine.Fault{Class: engine.Storage, What: "no server of aimo3 answers at http://127.0.0.1:8000: connection refused", Todo: "start it there with `aimo3 serve`"})
	d.Press("/")
	d.Type("x")
	d.UntilShown("connection refused")
	if got := d.Frame(); !strings.Contains(got, "`aimo3 serve`") || !strings.Contains(got, "/ x") {
		t.Errorf("the remedy, or the filter, is cut:\n%s", got)
	}
	tuitest.CheckFrame(t, d.Screen.View(), 80, 22)
}
