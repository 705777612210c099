package live_test

import (
	"errors"
	"testing"

	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// TestNothingToCopyIsNotOffered: the keys that copy are those of something that there is.
func TestNothingToCopyIsNotOffered(t *testing.T) {
	e := tuitest.Env(t, tuitest.Palette(t))
	e.Copy = func(string) (string, error) { t.Error("copied"); return "", nil }
	s := live.New(e, "a1", problem)
	d := tuitest.Drive(t, s, 80, 22)
	named := func(key string) (offered, refused bool) {
		for _, k := range s.Keys() {
			offered = offered || k.Help().Key == key
		}
		for _, r := range s.Refused() {
			refused = refused || r.Key.Help().Key == key && r.Why != ""
		}
		return offered, refused
	}
	for _, key := range []string{"y", "Y"} {
		if offered, refused := named(key); offered || !refused {
			t.Errorf("%s before the first event: offered %v, refused with a reason %v", key, offered, refused)
		}
		d.Press(key)
	}
	d.Send(screen.Arrived{Events: story(finished()...)})
	for _, key := range []string{"y", "Y"} {
		if offered, refused := named(key); !offered || refused {
			t.Errorf("%s at the end: offered %v, refused %v", key, offered, refused)
		}
	}
}

// TestCopyingIsSaidInASentence: what was copied, and what became of it.
func TestCopyingIsSaidInASentence(t *testing.T) {
	for key, want := range map[string]screen.Notice{
		"y": {Text: "the answer is in the clipboard, by xclip"},
		"Y": {Text: "could not copy the reply: no room", Bad: true},
	} {
		e := tuitest.Env(t, tuitest.Palette(t))
		e.Copy = func(string) (string, error) {
			if want.Bad {
				return "", errors.New("no room")
			}
			return "is in the clipboard, by xclip", nil
		}
		s := live.New(e, "a1", problem)
		d := tuitest.Drive(t, s, 80, 22)
		d.Send(screen.Arrived{Events: story(finished()...)})
		d.Press(key)
		if n := tuitest.UntilSent[screen.Notice](d); n != want {
			t.Errorf("%s: %+v, want %+v", key, n, want)
		}
	}
}
