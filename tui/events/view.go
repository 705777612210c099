package events

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/termsafe"
)

func (s *Screen) key(msg tea.KeyMsg) tea.Cmd {
	k := s.keys
	switch {
	case s.Typing():
		return s.filterKey(msg)
	case s.whole.open:
		s.wholeKey(msg)
	case key.Matches(msg, s.env.Keys.Open):
		s.openWhole()
	case key.Matches(msg, k.filter):
		s.filter.Focus()
	case key.Matches(msg, k.clear) && s.filter.Value() != "":
		s.filter.SetValue("")
		s.choose()
	case key.Matches(msg, s.env.Keys.Back):
		return screen.Send(screen.Back{})
	default:
		s.env.Keys.Move(msg, s.list)
	}
	return nil
}

func (s *Screen) filterKey(msg tea.KeyMsg) tea.Cmd {
	cmd, changed := screen.Filter(msg, &s.filter, s.keys.keep, s.keys.clear)
	if changed {
		s.choose()
	}
	return cmd
}

// Keys are what may be pressed now.
func (s *Screen) Keys() []key.Binding {
	k := s.env.Keys
	switch {
	case s.Typing():
		return []key.Binding{s.keys.keep, s.keys.clear}
	case s.whole.open:
		return s.wholeKeys()
	}
	all := []key.Binding{s.opening(), s.keys.filter, k.Up, k.Down, k.PageUp, k.PageDn, k.Top, k.End}
	if s.filter.Value() != "" {
		return append(all, s.keys.clear)
	}
	return append(all, k.Back)
}

// Status is how many events there are.
func (s *Screen) Status() []screen.Part {
	if !s.ended {
		return screen.Say("events", "reading…")
	}
	return screen.Say(s.counted(), pane.Count(s.texts)+" of text are not listed")
}

func (s *Screen) counted() string {
	if len(s.shown) < len(s.all) {
		return fmt.Sprintf("%s of %s events", pane.Count(len(s.shown)), pane.Count(len(s.all)))
	}
	return pane.Count(len(s.all)) + " events"
}

// The lines of the box that has all of the selected event, and from which height it is there.
const (
	belowLines = 6
	belowFrom  = 16
)

func (s *Screen) below() int {
	if s.height < belowFrom {
		return 0
	}
	return belowLines + 2
}

// Resize sets the room.
func (s *Screen) Resize(width, height int) {
	s.width, s.height = width, height
	w, h := pane.Inner(width, max(height-1-s.below(), 1))
	s.list.Resize(w, h)
	s.filter.Width = max(width-6, 1)
	s.layWhole()
}

// The room that the screen needs, in cells.
const (
	minHeight = 4
	minWidth  = 12
)

// View is the list, all of the selected event below it, and a line of keys.
func (s *Screen) View() string {
	if s.width < minWidth || s.height < minHeight {
		return pane.Fit(s.counted(), s.width)
	}
	if s.whole.open {
		return s.viewWhole()
	}
	box := pane.Box{Styles: s.env.Styles.Pane, Title: "Events", Right: s.counted(), Focused: !s.Typing()}
	parts := []string{box.Render(s.body(), s.width, s.height-1-s.below())}
	if h := s.below(); h > 0 {
		w, _ := pane.Inner(s.width, h)
		parts = append(parts, pane.Box{Styles: s.env.Styles.Pane, Title: "Event"}.Render(strings.Join(s.detail(w), "\n"), s.width, h))
	}
	return strings.Join(append(parts, s.lastLine()), "\n")
}

func (s *Screen) body() string {
	st := s.env.Styles.Text
	switch {
	case s.fault != nil:
		return st.Bad.Render("✗ " + termsafe.Line(engine.Hint(s.fault)))
	case len(s.shown) > 0:
		return s.list.View()
	case !s.ended:
		return st.Faint.Render("reading…")
	case len(s.all) > 0:
		return st.Faint.Render("no event has these words")
	}
	return st.Faint.Render("nothing was kept of this attempt")
}

// lastLine is the filter, else what may be pressed.
func (s *Screen) lastLine() string {
	if s.Typing() || s.filter.Value() != "" && !s.whole.open {
		return pane.Fit(" "+termsafe.Styled(s.filter.View()), s.width)
	}
	return pane.HintLine(s.env.Styles.Bar, s.Keys(), s.width)
}
