package ask_test

import (
	"strings"
	"testing"

	"github.com/aimo3/aimo3/tui/ask"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// shelf keeps a draft as a file does.
type shelf struct{ taken, text string }

func (s *shelf) Draft() string { return s.text }

func (s *shelf) KeepDraft(taken, text string) error {
	s.taken, s.text = taken, text
	return nil
}

// TestDraftOutlivesTheApp: what stood in the editor is back at the next start, with a note
// that says how it goes away; what was cleared or sent is not.
func TestDraftOutlivesTheApp(t *testing.T) {
	kept := &shelf{}
	begin := func() *tuitest.Driver {
		env := tuitest.Env(t, tuitest.Palette(t))
		env.Drafts = kept
		return tuitest.Drive(t, ask.New(env), 80, 22)
	}
	end := func(d *tuitest.Driver, want string) {
		t.Helper()
		if err := d.Screen.(screen.Closer).Close(); err != nil || kept.text != want {
			t.Errorf("kept %q, want %q: %v", kept.text, want, err)
		}
	}
	d := begin()
	if strings.Contains(d.Frame(), "draft") {
		t.Errorf("there is no draft yet:\n%s", d.Frame())
	}
	d.Paste("Find x.\nAnd y.")
	end(d, "Find x.\nAnd y.")

	d = begin()
	d.UntilShown("your draft is back as you left it · ctrl+x clears it")
	d.UntilShown("And y.")
	d.Type("!")
	d.UntilGone("your draft is back")
	end(d, "Find x.\nAnd y.!")

	d = begin()
	d.Press("ctrl+x")
	d.UntilGone("Find x.")
	end(d, "")

	kept.text = "\x1b[2Jhostile\x00"
	d = begin()
	d.UntilShown("hostile")
	if strings.Contains(d.Screen.View(), "[2J") {
		t.Error("what a stranger wrote into the file was obeyed")
	}
}

// TestDraftThatWasNotTouched is handed back as it was kept, so that a program in which another
// one was written meanwhile loses nothing by it; one that was touched says what it replaces.
func TestDraftThatWasNotTouched(t *testing.T) {
	const was = "Find x.\r\n"
	for _, c := range []struct{ name, typed, want string }{
		{"not touched", "", was},
		{"gone on with", "And y.", "Find x.\nAnd y."},
	} {
		t.Run(c.name, func(t *testing.T) {
			kept := &shelf{text: was}
			env := tuitest.Env(t, tuitest.Palette(t))
			env.Drafts = kept
			d := tuitest.Drive(t, ask.New(env), 80, 22)
			d.Type(c.typed)
			err := d.Screen.(screen.Closer).Close()
			if err != nil || kept.taken != was || kept.text != c.want {
				t.Errorf("in place of %q stands %q, want %q in place of %q: %v", kept.taken, kept.text, c.want, was, err)
			}
		})
	}
}
