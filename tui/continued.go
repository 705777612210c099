package tui

import (
	"io"
	"os"
	"os/signal"
	"slices"
	"syscall"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/term"
)

// continued says that the program goes on after it was stopped, or that something else
// wrote to its terminal: all is drawn anew.
type continued struct{}

// watchStops tells the program whenever it goes on after it was stopped, until stop is
// called.
func watchStops(program *tea.Program) (stop func()) {
	signals, over := make(chan os.Signal, 1), make(chan struct{})
	signal.Notify(signals, syscall.SIGCONT)
	go func() {
		for {
			select {
			case <-signals:
				program.Send(continued{})
			case <-over:
				return
			}
		}
	}()
	return func() { signal.Stop(signals); close(over) }
}

// modes are those of the terminal that the app sets and gives back: its other screen without
// a cursor, pastes that are told apart from keys and, as far as that is wanted, clicks, and
// whether the window has the focus.
type modes struct{ mouse, focus bool }

func (o Options) modes() modes {
	return modes{!o.Env.NoMouse, slices.Contains(o.Announce, AnnounceNotify)}
}

func (m modes) set(out io.Writer) {
	_, _ = io.WriteString(out, "\x1b[?1049h\x1b[?25l\x1b[?2004h")
	if m.mouse {
		_, _ = io.WriteString(out, "\x1b[?1002h\x1b[?1006h")
	}
	if m.focus {
		_, _ = io.WriteString(out, "\x1b[?1004h")
	}
}

func (m modes) giveBack(out io.Writer) {
	if m.focus {
		_, _ = io.WriteString(out, "\x1b[?1004l")
	}
	if m.mouse {
		_, _ = io.WriteString(out, "\x1b[?1006l\x1b[?1002l")
	}
	_, _ = io.WriteString(out, "\x1b[?2004l\x1b[?25h\x1b[?1049l")
}

// setAgain sets the modes of the terminal, which others may have used in between: a shell
// has its own by which lines are edited and keys end programs. It returns the message by
// which Bubble Tea asks the terminal's size, of which a job in the background is told nothing,
// and draws everything anew.
func setAgain(in io.Reader, out io.Writer, m modes) tea.Msg {
	if f, ok := in.(interface{ Fd() uintptr }); ok {
		_, _ = term.MakeRaw(f.Fd()) // how it was before, Bubble Tea knows since the start
	}
	m.set(out)
	return tea.BatchMsg{tea.WindowSize(), tea.ClearScreen}
}
