//go:build linux

package tui

import (
	"math/rand/v2"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/aimo3/aimo3/tui/terminaltest"
)

// foreign is what another program wrote: nothing of ours has it in it.
const foreign = "\u00a7"

// overwritten is a terminal in which another program wrote to every cell.
func overwritten(w, h int) *terminaltest.Terminal {
	t := terminaltest.New(w, h)
	_, _ = t.Write([]byte(strings.Repeat(foreign, w*h)))
	return t
}

// TestAllIsDrawnAnew, and nothing of what another program wrote is left: after the app was
// stopped and goes on, when its terminal is set as it was, too; by alt+r; and after the terminal's size
// changed, twice at once.
func TestAllIsDrawnAnew(t *testing.T) {
	v := watch(t, 80, 24)
	ours := func(shown string) bool {
		return strings.Contains(shown, "Sample 1 of") && !strings.Contains(shown, foreign)
	}
	if err := v.pty.cmd.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	v.screen, v.raw = overwritten(80, 24), nil
	edited, err := unix.IoctlGetTermios(int(v.pty.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	edited.Lflag |= unix.ECHO | unix.ICANON | unix.ISIG // as a shell sets it
	if err := unix.IoctlSetTermios(int(v.pty.Fd()), unix.TCSETS, edited); err != nil {
		t.Fatal(err)
	}
	if err := v.pty.cmd.Process.Signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	v.untilShown(t, "a whole frame after a stop", ours)
	if now, err := unix.IoctlGetTermios(int(v.pty.Fd()), unix.TCGETS); err != nil || now.Lflag&(unix.ECHO|unix.ICANON|unix.ISIG) != 0 {
		t.Errorf("lines are edited, or keys end the program: %+v, %v", now, err)
	}
	for _, mode := range []string{"\x1b[?1049h", "\x1b[?25l", "\x1b[?2004h", "\x1b[?1002h", "\x1b[?1006h", "\x1b[?1004h"} {
		if !strings.Contains(string(v.raw), mode) {
			t.Errorf("the mode %q is not set again", mode)
		}
	}
	v.screen = overwritten(80, 24)
	_, _ = v.pty.WriteString("\x1br")
	v.untilShown(t, "a whole frame after alt+r", ours)
	v.screen = overwritten(100, 30)
	v.pty.resize(t, 70, 18)
	v.pty.resize(t, 100, 30)
	v.untilShown(t, "a whole frame at another size", ours)
}

// TestAStormOfSizes, from one cell to more than most have, with keys in between: the app
// lives, and the last size shows a whole frame of it.
func TestAStormOfSizes(t *testing.T) {
	v := watch(t, 80, 24)
	dice := rand.New(rand.NewPCG(1, 2))
	for i := range 300 {
		v.pty.resize(t, 1+dice.IntN(250), 1+dice.IntN(80))
		if i%7 == 0 {
			_, _ = v.pty.WriteString([]string{"g", "2", "\x1b[B", "?", "\x1b"}[dice.IntN(5)])
		}
		if i%20 == 0 {
			v.during(10 * time.Millisecond) // its frames are read, and it draws some
		}
	}
	_, _ = v.pty.WriteString("\x1b")
	v.screen = overwritten(100, 30)
	v.pty.resize(t, 100, 30)
	v.untilShown(t, "a whole frame after the storm", func(shown string) bool {
		return strings.Contains(shown, "aimo3") && strings.Contains(shown, "in flight") && !strings.Contains(shown, foreign)
	})
}
