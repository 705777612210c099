package health

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/phrase"
	"github.com/aimo3/aimo3/tui/screen"
)

// Keys are what may be pressed now.
func (s *Screen) Keys() []key.Binding {
	k := s.env.Keys
	var now []key.Binding
	if len(s.open()) > 0 {
		now = append(now, s.tryNow)
	}
	if s.env.Check != nil {
		now = append(now, s.again)
	}
	now = append(now, k.Back)
	if s.lines() > s.room() {
		now = append(now, k.Up, k.Down, k.PageUp, k.PageDn, k.Top, k.End)
	}
	return now
}

// Words are those that help explains.
func (s *Screen) Words() []screen.Word {
	return []screen.Word{
		{Word: "● closed", Means: "requests go on"},
		{Word: "▲ open", Means: "requests wait"},
		{Word: "◐ half-open", Means: "one request tries"},
		{Word: "↻ try 2", Means: "a reply asked again"},
	}
}

func (s *Screen) key(msg tea.KeyMsg) tea.Cmd {
	page := max(s.room()-1, 1)
	switch k := s.env.Keys; {
	case key.Matches(msg, k.Back):
		return screen.Send(screen.Back{})
	case key.Matches(msg, s.tryNow):
		return s.try()
	case key.Matches(msg, s.again):
		return s.check(true)
	case key.Matches(msg, k.Up):
		s.scroll(-1)
	case key.Matches(msg, k.Down):
		s.scroll(1)
	case key.Matches(msg, k.PageUp):
		s.scroll(-page)
	case key.Matches(msg, k.PageDn):
		s.scroll(page)
	case key.Matches(msg, k.Top):
		s.scroll(-s.lines())
	case key.Matches(msg, k.End):
		s.scroll(s.lines())
	}
	return nil
}

func (s *Screen) wheel(msg tea.MouseMsg) {
	switch msg.Button {
	case tea.MouseButtonWheelUp:
		s.scroll(-3)
	case tea.MouseButtonWheelDown:
		s.scroll(3)
	}
}

// open are the breakers that are open.
func (s *Screen) open() (open []engine.Breaker) {
	for _, h := range s.all {
		for _, b := range h.Breakers {
			if b.StateAt(s.env.Now()) == engine.BreakerOpen {
				open = append(open, b)
			}
		}
	}
	return open
}

// try has every open breaker let the next request try.
func (s *Screen) try() tea.Cmd {
	n := 0
	for _, b := range s.open() {
		if s.env.TryNow != nil && s.env.TryNow(b.Host, b.Model) {
			n++
		}
	}
	return screen.Send(screen.Notice{Text: phrase.TryingNow(n)})
}

// Refused are the keys that do nothing now.
func (s *Screen) Refused() []screen.Refused {
	if len(s.open()) > 0 {
		return nil
	}
	return []screen.Refused{{Key: s.tryNow, Why: "no breaker is open: requests go on as they come"}}
}
