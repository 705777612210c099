package tui

import (
	"cmp"
	"strconv"

	tea "github.com/charmbracelet/bubbletea"
)

// What is taken for the size of a terminal that does not know it, and the most
// that is drawn for one that is mistaken.
const (
	defaultColumns, defaultRows = 80, 24
	maxColumns, maxRows         = 2000, 1000
)

// sized gives the size of a terminal that reports none, as over a serial line,
// from what the shell was told, else the usual one. A real size may come later.
func sized(msg tea.Msg, getenv func(string) string) tea.Msg {
	size, ok := msg.(tea.WindowSizeMsg)
	if !ok {
		return msg
	}
	told := func(name string) int {
		n, err := strconv.Atoi(getenv(name))
		if err != nil {
			return 0
		}
		return max(n, 0)
	}
	return tea.WindowSizeMsg{
		Width:  min(cmp.Or(max(size.Width, 0), told("COLUMNS"), defaultColumns), maxColumns),
		Height: min(cmp.Or(max(size.Height, 0), told("LINES"), defaultRows), maxRows),
	}
}
