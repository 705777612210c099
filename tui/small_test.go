package tui

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// reached is a screen that counts the keys and clicks that reach it.
type reached struct {
	busy
	n      *int
	typing bool
}

func (r reached) Typing() bool { return r.typing }
func (r reached) View() string { return "" }

func (r reached) Update(msg tea.Msg) tea.Cmd {
	switch msg.(type) {
	case tea.KeyMsg, tea.MouseMsg:
		*r.n++
	}
	return nil
}

// TestTooSmallTakesNoKeys: what nobody sees is not typed into; quitting works.
func TestTooSmallTakesNoKeys(t *testing.T) {
	a, n := shown(t, tuitest.Palette(t), Routes(screen.NewKeys())[0], 59, 16), 0
	a.open = append(a.open, reached{n: &n, typing: true, busy: busy{running: 1}})
	depth := len(a.open)
	for _, k := range []string{"a", "q", "enter", "f1", "f2", "esc"} {
		a.Update(tuitest.Key(t, k))
	}
	a.Update(tea.MouseMsg{Button: tea.MouseButtonLeft})
	if n != 0 || len(a.open) != depth || a.cover != nil {
		t.Errorf("%d keys reached the screen, %d screens are open, cover %v", n, len(a.open), a.cover)
	}
	if _, cmd := a.Update(tea.KeyMsg{Type: tea.KeyCtrlC}); cmd != nil || a.cover == nil {
		t.Error("ctrl+c does not ask while a sample runs")
	}
	if _, cmd := a.Update(tea.KeyMsg{Type: tea.KeyCtrlC}); cmd == nil {
		t.Error("a second ctrl+c does not quit")
	}
	a.cover = nil
	a.Update(tea.WindowSizeMsg{Width: 60, Height: 16})
	if a.Update(tuitest.Key(t, "a")); n != 1 {
		t.Errorf("%d keys reached the screen once there is room", n)
	}
}
