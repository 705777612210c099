package tui

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

func TestATerminalWithoutASizeHasOne(t *testing.T) {
	for _, row := range []struct {
		columns, lines      string
		width, height       int
		wantWidth, wantRows int
	}{
		{"", "", 100, 30, 100, 30},
		{"120", "40", 100, 30, 100, 30},
		{"", "", 0, 0, 80, 24},
		{"120", "40", 0, 0, 120, 40},
		{"120", "", 0, 0, 120, 24},
		{"120", "40", 132, 0, 132, 40},
		{"", "", 0, 50, 80, 50},
		{"0", "-3", 0, 0, 80, 24},
		{"wide", "1e3", 0, 0, 80, 24},
		{" 90", "99999999999999999999", 0, 0, 80, 24},
		{"1000000", "1000000", 0, 0, 2000, 1000},
		{"", "", 65535, 65535, 2000, 1000},
		{"", "", -1, -1, 80, 24},
		{"", "", 1, 1, 1, 1},
	} {
		getenv := func(name string) string { return map[string]string{"COLUMNS": row.columns, "LINES": row.lines}[name] }
		got := sized(tea.WindowSizeMsg{Width: row.width, Height: row.height}, getenv)
		if want := (tea.WindowSizeMsg{Width: row.wantWidth, Height: row.wantRows}); got != want {
			t.Errorf("%+v: %+v, want %+v", row, got, want)
		}
	}
	if got := sized(tea.Quit(), nil); got != tea.Quit() {
		t.Errorf("another message became %v", got)
	}
}
