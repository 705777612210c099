//go:build linux

package tui

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/sys/unix"

	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/terminaltest"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// TestCtrlZGoesToTheShell: the app, a job of a shell, is stopped by ctrl+z and gives the
// terminal back as it was; fg has it draw all again, at the size that the terminal has by then, and
// what is typed then is for the app.
func TestCtrlZGoesToTheShell(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("SKIPPED: no bash to go back to: ctrl+z is untested")
	}
	shell := exec.CommandContext(t.Context(), bash, "--norc", "--noprofile", "--noediting", "-i")
	shell.Env = append(os.Environ(), "TERM=xterm-256color", "TMUX=", "PS1=READY ", "APP="+os.Args[0])
	v := look(startIn(t, shell, 100, 24), 100, 24)
	types := func(keys string) { _, _ = v.pty.WriteString(keys) }
	v.until(t, "READY")
	before := v.modes(t)
	types(fate + "=" + streaming + " $APP\n")
	for round := range 2 {
		v.until(t, "Sample 1 of")
		v.raw = nil
		types("\x1a")
		v.until(t, "Stopped")
		if left := string(v.raw); !strings.Contains(left, "\x1b[?1049l") || !strings.Contains(left, "\x1b[?25h") ||
			!strings.Contains(left, "\x1b[?2004l") || !strings.Contains(left, "\x1b[?1002l") || !strings.Contains(left, "\x1b[?1004l") {
			t.Errorf("round %d: the shell has the terminal as %q", round, left)
		}
		types("clear; echo state $(grep -o 'T (stopped)' /proc/$(jobs -p)/status)\n")
		v.until(t, "state T (stopped)")
		if now := v.modes(t); now != before {
			t.Errorf("round %d: the terminal's modes were %+v, and are %+v for the shell", round, before, now)
		}
		v.raw = nil
		w := 90 - 10*round
		v.pty.resize(t, w, 24)
		v.screen = terminaltest.New(w, 24)
		types("fg\n")
		v.untilShown(t, "a frame as wide as the terminal is now", func(shown string) bool {
			return slices.ContainsFunc(strings.Split(shown, "\n"), func(line string) bool {
				return strings.HasPrefix(line, "╰") && strings.HasSuffix(line, "╯") && ansi.StringWidth(line) == w
			})
		})
		if again := string(v.raw); !strings.Contains(again, "\x1b[?1004h") {
			t.Errorf("round %d: the terminal is not told again to report its focus: %q", round, again)
		}
	}
	types("?")
	v.until(t, "Everywhere")
}

// modes are those of the terminal that a program sets and a shell looks after.
func (v *viewer) modes(t *testing.T) unix.Termios {
	t.Helper()
	now, err := unix.IoctlGetTermios(int(v.pty.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	return *now
}

// TestNoShellToGoBackTo is said, and the app goes on as it was.
func TestNoShellToGoBackTo(t *testing.T) {
	v := watch(t, 80, 24)
	_, _ = v.pty.WriteString("\x1a")
	v.until(t, "there is no shell to go back to")
	v.until(t, "Sample 1 of")
}

// TestTimeAwayIsTold where samples run: their time limit went on.
func TestTimeAwayIsTold(t *testing.T) {
	a := shown(t, tuitest.Palette(t), Routes(screen.NewKeys())[0], 100, 24)
	a.stop = func() returned { return returned{away: time.Hour, stopped: true} }
	a.Update(tuitest.Key(t, "ctrl+z"))
	if strings.Contains(picture(a), "held") {
		t.Error("nothing ran, and nothing was held")
	}
	a.push(busy{running: 2})
	a.Update(tuitest.Key(t, "ctrl+z"))
	if !strings.Contains(picture(a), "the time limit went on meanwhile") {
		t.Errorf("not told:\n%s", picture(a))
	}
}
