package models

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// undoTime is how long a delete that was agreed to can be undone, unless a test says: what the
// server has deleted only a pull of many gigabytes brings back.
const undoTime = 10 * time.Second

// deletion is a delete that was agreed to, and waits until it can be undone no more. An app
// that is quit before deletes nothing.
type deletion struct {
	name    string
	at      time.Time     // when it is done
	undone  chan struct{} // closed if it is not to be
	decided atomic.Bool   // it is done, or undone
}

// remove deletes a model once it can be undone no more.
func (s *Screen) remove(r row) tea.Cmd {
	d := &deletion{name: r.name, at: s.env.Now().Add(s.undoTime), undone: make(chan struct{})}
	s.deletion, s.fault = d, ""
	drop, size, wait := s.env.Delete, r.model.Size, s.undoTime
	return func() tea.Msg {
		select {
		case <-d.undone:
			return nil
		case <-time.After(wait):
		}
		if !d.decided.CompareAndSwap(false, true) {
			return nil
		}
		ctx, cancel := context.WithTimeout(context.Background(), actTimeout)
		defer cancel()
		return done{
			of: s, deletion: d, err: drop(ctx, d.name), gone: d.name,
			said: fmt.Sprintf("%s is deleted: %s are free", termsafe.Line(d.name), pane.Bytes(size)),
		}
	}
}

// Undoable says whether a delete can be undone.
func (s *Screen) Undoable() bool { return s.deletion != nil && !s.deletion.decided.Load() }

const tooLate = "it is too late: the server deletes the model now"

// undo keeps a model that was to be deleted.
func (s *Screen) undo() tea.Cmd {
	d := s.deletion
	if !d.decided.CompareAndSwap(false, true) {
		return screen.Send(screen.Notice{Text: tooLate, Bad: true})
	}
	close(d.undone)
	s.deletion = nil
	return screen.Send(screen.Notice{Text: termsafe.Line(d.name) + " is kept"})
}

// deleting says how much longer the deletion can be undone, and by what key.
func (s *Screen) deleting() string {
	if !s.Undoable() {
		return "The server deletes it now."
	}
	left := max(s.deletion.at.Sub(s.env.Now()), 0)
	return fmt.Sprintf("It is deleted in %.0f s. %s keeps it.", left.Seconds(), s.keys.keep.Help().Key)
}
