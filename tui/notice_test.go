package tui

import (
	"strings"
	"testing"

	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// A notice is gone with the screen that it was shown over, and hides nothing that there is
// room for.
func TestNoticesStayWhereTheyAre(t *testing.T) {
	a := shown(t, tuitest.Palette(t), Routes(screen.NewKeys())[2], 120, 24)
	before := a.status()
	a.Update(screen.Notice{Text: "was copied"})
	if got := a.status(); !strings.Contains(got, "was copied") || !strings.Contains(got, "30 attempts") || !strings.Contains(before, "30 attempts") {
		t.Errorf("the status line is %q", got)
	}
	settle(a, a.raise(a.routes[3]))
	if got := a.status(); strings.Contains(got, "was copied") {
		t.Errorf("it followed: %q", got)
	}
}
