package ask

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/screen"
)

// mouse takes a click, which selects the row it is on, or takes that if it is selected
// already, or goes back to the problem; and the wheel, which moves what is under it.
func (s *Screen) mouse(msg tea.MouseMsg) tea.Cmd {
	if len(s.cut) > 0 || s.asking() {
		return nil
	}
	low := s.low()
	top := s.height - s.footer() - low + 1 // of the box below the editor and the line under that
	list := s.lowList()
	if low == 0 || msg.Y < top {
		return s.mouseAbove(msg)
	}
	if list == nil {
		return nil
	}
	list.Move(screen.Turned(msg))
	_, y, clicked := screen.Click(msg)
	i := list.At(y - top - 1)
	if !clicked || i < 0 {
		return nil
	}
	return s.chooseRow(list, i)
}

// linesATurn is how far one step of the wheel goes in the editor.
const linesATurn = 3

// mouseAbove takes what the mouse does over the editor.
func (s *Screen) mouseAbove(msg tea.MouseMsg) tea.Cmd {
	if _, _, clicked := screen.Click(msg); clicked && s.file == nil {
		s.recent.focused, s.picker = false, nil
		return nil
	}
	s.draft.move(screen.Turned(msg) * linesATurn)
	return nil
}

// lowList is the list that is shown below the editor; nil if there is none.
func (s *Screen) lowList() *pane.List {
	switch {
	case s.picker != nil:
		return s.picker.list
	case s.file != nil && len(s.file.files.paths) > 0:
		return s.file.files.list
	case s.file != nil:
		return nil
	}
	if _, missing := s.missing(); missing || !s.recent.shown() {
		return nil
	}
	return s.recent.list
}

// chooseRow selects row i of the list below the editor, or takes it if it is selected.
func (s *Screen) chooseRow(list *pane.List, i int) tea.Cmd {
	if s.file != nil {
		list.Select(i)
		s.file.files.chosen = true
		return s.file.load()
	}
	focused := s.picker != nil || s.recent.focused
	if focused && i == list.Selected() {
		return s.key(tea.KeyMsg{Type: tea.KeyEnter})
	}
	list.Select(i)
	s.recent.focused = s.picker == nil
	return nil
}
