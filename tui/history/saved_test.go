package history_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/history"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// shelf keeps filters in memory.
type shelf struct {
	mu   sync.Mutex
	kept map[string]string
	fail error
}

func (k *shelf) Saved(context.Context) (all []engine.SavedFilter, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, name := range slices.Sorted(maps.Keys(k.kept)) {
		all = append(all, engine.SavedFilter{Name: name, Text: k.kept[name]})
	}
	return all, k.fail
}

func (k *shelf) Save(ctx context.Context, name, text string) ([]engine.SavedFilter, error) {
	k.mu.Lock()
	if k.kept[name] = text; text == "" {
		delete(k.kept, name)
	}
	k.mu.Unlock()
	return k.Saved(ctx)
}

// shelved is a history screen with filters that are saved.
func shelved(t *testing.T, kept map[string]string, w, h int) (*tuitest.Driver, *shelf) {
	env, k := tuitest.Env(t, tuitest.Palette(t)), &shelf{kept: kept}
	env.Library, env.SavedFilters, env.SaveFilter = tuitest.NewLibrary(tuitest.Attempts(30)...), k.Saved, k.Save
	d := tuitest.Drive(t, history.New(env), w, h)
	d.UntilShown("30 attempts")
	return d, k
}

// TestAFilterIsSavedAndTakenAgain: what is typed is kept under a name, is listed while the
// field is empty, filters again once it is chosen, and is deleted there.
func TestAFilterIsSavedAndTakenAgain(t *testing.T) {
	d, kept := shelved(t, map[string]string{"seven": "126"}, 80, 22)
	d.Press("ctrl+s")
	if n := tuitest.UntilSent[screen.Notice](d); !n.Bad || n.Text != "there is no filter to save: / begins one" {
		t.Errorf("notice %+v", n)
	}
	d.Press("/")
	d.Type("is:failed")
	d.UntilShown("4 attempts")
	d.Press("ctrl+s")
	d.Type(" none ")
	d.UntilShown("save this filter as:  none")
	d.Press("enter")
	if n := tuitest.UntilSent[screen.Notice](d); n.Bad || n.Text != "saved as “none”" {
		t.Errorf("notice %+v", n)
	}
	if !d.Screen.(screen.Typer).Typing() {
		t.Error("the field has lost the focus")
	}
	d.Press("esc", "/")
	d.UntilShown("▸ none")
	d.UntilShown("30 attempts")
	tuitest.CheckFrame(t, d.Screen.View(), 80, 22)
	if got := d.Frame(); !strings.Contains(got, "enter takes one") || !strings.Contains(got, "  seven") || !strings.Contains(got, "126") {
		t.Errorf("saved filters are\n%s", got)
	}
	d.Press("down", "up", "down", "down")
	d.UntilShown("▸ seven")
	d.Press("enter")
	d.UntilShown("/ 126")
	d.UntilShown("1 attempt")
	if d.Screen.(screen.Typer).Typing() {
		t.Error("the list has not got the focus")
	}
	d.Press("esc", "/", "ctrl+x")
	if n := tuitest.UntilSent[screen.Notice](d); n.Text != "deleted “none”: is:failed" {
		t.Errorf("notice %+v", n)
	}
	d.Press("delete")
	d.UntilGone("saved filters")
	if len(kept.kept) > 0 {
		t.Errorf("kept: %v", kept.kept)
	}
	d.Press("down") // to the list, where none is saved
	if d.Screen.(screen.Typer).Typing() {
		t.Error("down does not lead to the list")
	}
}

// TestSavedFiltersKeepToTheirRoom: however many there are, and however hostile, they leave
// the list its room and are scrolled to; a click takes one.
func TestSavedFiltersKeepToTheirRoom(t *testing.T) {
	many := map[string]string{"evil \x1b]0;x\x07": "\u202ex \x1b[2J"}
	for _, r := range "abcdefghijklmnopqrstuvw" {
		many[strings.Repeat(string(r), 40)] = strings.Repeat("w ", 100)
	}
	d, _ := shelved(t, many, 80, 22)
	d.Press("/")
	d.UntilShown("▸ aaaa")
	for range many {
		d.Press("down")
	}
	d.UntilShown("▸ wwww")
	for w := 1; w < 130; w += 9 {
		for h := 1; h < 40; h += 3 {
			d.Screen.Resize(w, h)
			tuitest.CheckFrame(t, d.Screen.View(), w, h)
			if got := d.Screen.View(); strings.Contains(got, "\x1b]") || strings.Contains(got, "\u202e") || strings.Contains(got, "\x1b[2J") {
				t.Errorf("%dx%d obeys a filter: %q", w, h, got)
			}
		}
	}
	d.Screen.Resize(80, 22)
	d.Send(tuitest.Click(4, tuitest.LineOf(t, d.Frame(), "▸ wwww")-1))
	d.UntilGone("saved filters")
	if got := d.Frame(); !strings.Contains(got, "w w w") || d.Screen.(screen.Typer).Typing() {
		t.Errorf("a click shows\n%s", got)
	}
}

// TestFiltersDeletedAtOnceAreGone: what is asked for last may be done first, and then what it
// lists is not all that is to be known.
func TestFiltersDeletedAtOnceAreGone(t *testing.T) {
	env, k := tuitest.Env(t, tuitest.Palette(t)), &shelf{kept: map[string]string{"a": "126", "b": "133"}}
	second := make(chan struct{})
	env.Library, env.SavedFilters = tuitest.NewLibrary(tuitest.Attempts(30)...), k.Saved
	env.SaveFilter = func(ctx context.Context, name, text string) ([]engine.SavedFilter, error) {
		if name == "a" {
			<-second
			return k.Save(ctx, name, text)
		}
		defer close(second)
		return k.Save(ctx, name, text)
	}
	d := tuitest.Drive(t, history.New(env), 80, 22)
	d.UntilShown("30 attempts")
	d.Press("/")
	d.UntilShown("▸ a")
	d.Press("ctrl+x", "down", "ctrl+x")
	d.UntilGone("saved filters")
}

// TestSavedFiltersThatCannotBeRead: it is told, and the filter works without.
func TestSavedFiltersThatCannotBeRead(t *testing.T) {
	d, kept := shelved(t, map[string]string{"a": "x"}, 80, 22)
	kept.fail = errors.New("the file is odd")
	d.Press("/")
	if n := tuitest.UntilSent[screen.Notice](d); !n.Bad || n.Text != "the file is odd" {
		t.Errorf("notice %+v", n)
	}
	d.Type("126")
	d.UntilShown("1 attempt")
}

// TestEveryKeyOfSavedFiltersDoesSomething, of those that help lists while they are shown.
func TestEveryKeyOfSavedFiltersDoesSomething(t *testing.T) {
	fresh := func() *tuitest.Driver {
		d, _ := shelved(t, map[string]string{"a": "126", "b": "133", "c": "140"}, 80, 22)
		d.Press("/")
		d.UntilShown("▸ a")
		d.Press("down")
		return d
	}
	for _, b := range fresh().Screen.Keys() {
		for _, k := range b.Keys() {
			d := fresh()
			was, typing := d.Screen.View(), d.Screen.(screen.Typer).Typing()
			if cmd := d.Screen.Update(tuitest.Key(t, k)); cmd == nil && d.Screen.View() == was && d.Screen.(screen.Typer).Typing() == typing {
				t.Errorf("%s (%s) does nothing", k, b.Help().Desc)
			}
		}
	}
}
