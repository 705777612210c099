package tui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

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

// Nothing of a notice is lost where the status line has no room for it, and what it says of a
// file can be copied.
func TestNoticesAreNotCut(t *testing.T) {
	const file = "/tmp/aimo3-3954809271.txt"
	for _, bad := range []bool{false, true} {
		for _, size := range [][2]int{{60, 16}, {80, 24}, {200, 60}} {
			a := shown(t, tuitest.Palette(t), Routes(screen.NewKeys())[2], size[0], size[1])
			a.Update(screen.Notice{Text: "the answer was sent to the terminal's clipboard, and is in " + file, Bad: bad})
			lines := strings.Split(ansi.Strip(a.View()), "\n")
			whole := strings.Join(strings.Fields(strings.Join(lines[size[1]-4:], " ")), " ")
			if !strings.Contains(whole, "the answer was sent to the terminal's clipboard, and is in "+file) {
				t.Errorf("at %v:\n%s", size, strings.Join(lines, "\n"))
			}
			for _, l := range lines {
				if n := ansi.StringWidth(l); len(lines) != size[1] || n > size[0] {
					t.Errorf("at %v: %d lines, one of %d cells", size, len(lines), n)
				}
			}
		}
	}
	a := shown(t, tuitest.Palette(t), Routes(screen.NewKeys())[2], 60, 16)
	a.Update(screen.Notice{Text: strings.Repeat("much is said of it ", 40)})
	if n := strings.Count(ansi.Strip(a.View()), "much is said"); n < maxNoticeLines || n > 4*maxNoticeLines {
		t.Errorf("a long notice is there %d times:\n%s", n, ansi.Strip(a.View()))
	}
}
