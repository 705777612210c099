package tui

import (
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/term"

	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/screen"
)

// suspension gives the terminal to the shell, as ctrl+z does in other programs, and takes it
// again once the shell has the program go on.
type suspension struct {
	in    io.Reader
	out   io.Writer
	modes modes
	was   *term.State // of the terminal before it was the app's; nil if it is none
}

func newSuspension(in io.Reader, out io.Writer, m modes) *suspension {
	s := &suspension{in: in, out: out, modes: m}
	if f, ok := in.(interface{ Fd() uintptr }); ok {
		s.was, _ = term.GetState(f.Fd())
	}
	return s
}

// returned says that the terminal is the app's again, after so long. Stopped is false if
// there was no shell that could stop it.
type returned struct {
	away    time.Duration
	stopped bool
}

// maxStopping is how long after the signal this process may still run. One that no shell
// looks after, as where a terminal runs nothing else, is not stopped at all.
const maxStopping = 200 * time.Millisecond

// stop puts the terminal back as it was, stops the processes of the job, and comes back once
// they go on, with the terminal set again. It is for the goroutine that shows frames, so that
// none is shown in between. The program draws everything anew since it is told to go on.
func (s *suspension) stop() returned {
	goesOn := make(chan os.Signal, 1)
	signal.Notify(goesOn, syscall.SIGCONT)
	defer signal.Stop(goesOn)
	s.modes.unset(s.out)
	if f, ok := s.in.(interface{ Fd() uintptr }); ok && s.was != nil {
		_ = term.Restore(f.Fd(), s.was)
	}
	began, r := time.Now(), returned{}
	if err := syscall.Kill(0, syscall.SIGTSTP); err == nil {
		r.stopped = within(goesOn)
	}
	setAgain(s.in, s.out, s.modes)
	r.away = time.Since(began)
	return r
}

// within waits for a signal for maxStopping of the time in which this process runs: what a
// timer says that ended while it was stopped does not count.
func within(signals <-chan os.Signal) bool {
	for range 2 {
		select {
		case <-signals:
			return true
		case <-time.After(maxStopping):
		}
	}
	return false
}

// minAway is for how long an attempt can be held without a word about it.
const minAway = 2 * time.Second

// toShell gives the terminal to the shell, and says afterwards what is to be known of it. What
// ran was held, but no clock was: its time limit went on.
func (a *App) toShell() tea.Cmd {
	r := returned{}
	if a.stop != nil {
		r = a.stop()
	}
	cmds := []tea.Cmd{a.resume()}
	if !r.stopped {
		cmds = append(cmds, screen.Send(continued{}), a.bar.show(screen.Notice{Text: "there is no shell to go back to", Bad: true}, a.top()))
	} else if r.away >= minAway && a.running() > 0 && a.env.Connect == "" {
		cmds = append(cmds, a.bar.show(screen.Notice{Text: "held for " + pane.Duration(r.away) + ": the time limit went on meanwhile"}, a.top()))
	}
	return tea.Batch(cmds...)
}
