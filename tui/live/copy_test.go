package live_test

import (
	"errors"
	"testing"

	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

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
