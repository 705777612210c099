package tui

import (
	"io"
	"os"
	"os/signal"
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

// setAgain sets the modes of the terminal, which others may have used in between: a shell
// has its own by which lines are edited and keys end programs. It returns the message by
// which Bubble Tea draws everything anew.
func setAgain(in io.Reader, out io.Writer, mouse bool) tea.Msg {
	if f, ok := in.(interface{ Fd() uintptr }); ok {
		_, _ = term.MakeRaw(f.Fd()) // how it was before, Bubble Tea knows since the start
	}
	_, _ = io.WriteString(out, "\x1b[?1049h\x1b[?25l\x1b[?2004h")
	if mouse {
		_, _ = io.WriteString(out, "\x1b[?1002h\x1b[?1006h")
	}
	return tea.ClearScreen()
}
