package ask

import (
	"context"
	"fmt"
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/pane"
)

// unfinished are attempts that were cut short, newest first.
type unfinished []engine.Summary

// lookForUnfinished asks the store for attempts that were cut short. One that cannot
// be read says so in the history screen.
func (s *Screen) lookForUnfinished() tea.Cmd {
	look := s.env.Unfinished
	if look == nil {
		return nil
	}
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), loadWithin)
		defer cancel()
		all, _ := look(ctx)
		return unfinished(all)
	}
}

// decide takes what a person says of the attempt that is offered. Text is none of it, since
// the offer comes when the store has answered: perhaps while a problem is being typed.
func (s *Screen) decide(msg tea.KeyMsg) tea.Cmd {
	a, env := s.cut[0], s.env
	switch {
	case key.Matches(msg, s.keys.goOn):
		s.cut = s.cut[1:]
		return live.GoOn(env, a)
	case key.Matches(msg, s.keys.closeIt):
		s.cut = s.cut[1:]
		return live.Close(env, a)
	case key.Matches(msg, s.keys.later):
		s.cut = nil
	case msg.Type == tea.KeyRunes && !msg.Alt, msg.Type == tea.KeySpace: // who types has something else in mind
		s.cut = nil
		return s.key(msg)
	}
	return nil
}

// taken drops the offer of attempts that go on, or were closed, by way of another screen.
func (s *Screen) taken(events []engine.Event) {
	for _, e := range events {
		s.cut = slices.DeleteFunc(s.cut, func(a engine.Summary) bool { return a.ID == e.Attempt })
	}
}

// offerUnfinished asks what is to become of an attempt that was cut short.
func (s *Screen) offerUnfinished() string {
	a, more := s.cut[0], ""
	if n := len(s.cut) - 1; n > 0 {
		more = fmt.Sprintf(", the first of %d", n+1)
	}
	q := fmt.Sprintf("An attempt was cut short%s: “%s”, begun %s. enter go on · ctrl+x close it with the votes it has · esc later",
		more, s.recent.titles.Title(a.Problem.Statement, 40), a.Begun.In(s.env.Now().Location()).Format("Jan 02 15:04"))
	return pane.Confirm(s.env.Styles, q, s.width, s.height)
}
