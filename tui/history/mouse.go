package history

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/tui/screen"
)

// mouse takes a click, which selects the row it is on, or opens that if it is selected
// already; and the wheel over the list.
func (s *Screen) mouse(msg tea.MouseMsg) tea.Cmd {
	if cmd, taken := s.clickSaved(msg); taken {
		return cmd
	}
	if s.closing != nil || msg.X >= s.listWidth() || msg.Y >= s.listHeight() {
		return nil
	}
	screen.Wheel(msg, s.list)
	_, y, clicked := screen.Click(msg)
	i := s.list.At(y - 1) // below the frame
	if !clicked || i < 0 {
		return s.ahead()
	}
	s.filter.Blur()
	if i == s.list.Selected() {
		return s.open(0)
	}
	s.list.Select(i)
	return s.ahead()
}
