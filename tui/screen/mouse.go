package screen

import tea "github.com/charmbracelet/bubbletea"

// wheelRows is how far one step of the wheel moves.
const wheelRows = 3

// Wheel moves a list by the wheel.
func Wheel(msg tea.MouseMsg, l List) {
	if by := Turned(msg); by != 0 {
		l.Move(wheelRows * by)
	}
}

// Turned is which way the wheel was turned by one step: -1 up, 1 down, 0 not at all.
func Turned(msg tea.MouseMsg) int {
	switch msg.Button {
	case tea.MouseButtonWheelUp:
		return -1
	case tea.MouseButtonWheelDown:
		return 1
	}
	return 0
}

// Click is where the left button was pressed; ok is false if it was not.
func Click(msg tea.MouseMsg) (x, y int, ok bool) {
	return msg.X, msg.Y, msg.Button == tea.MouseButtonLeft && msg.Action == tea.MouseActionPress
}

// Rows are what can be clicked on in a list: which row stands on a line of its view, and
// its selection.
type Rows interface {
	At(y int) int
	Select(i int)
}

// SelectRow selects the row that a click is on, of a list whose view begins on line top.
func SelectRow(msg tea.MouseMsg, l Rows, top int) {
	if _, y, clicked := Click(msg); clicked {
		if i := l.At(y - top); i >= 0 {
			l.Select(i)
		}
	}
}
