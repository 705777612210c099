package tui

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// severalKeys takes what came at once, as over ssh, as so many keys.
func (a *App) severalKeys(msg tea.KeyMsg) tea.Cmd {
	cmds := make([]tea.Cmd, 0, len(msg.Runes))
	for _, r := range msg.Runes {
		one := tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}, Alt: msg.Alt}
		if r == ' ' {
			one.Type = tea.KeySpace
		}
		cmds = append(cmds, a.key(one))
	}
	return tea.Sequence(cmds...)
}

// blind takes a key while no screen is in view: nobody sees what else it would do, so
// all that it does is quit.
func (a *App) blind(msg tea.KeyMsg) tea.Cmd {
	_, asked := a.cover.(leaving)
	switch {
	case !key.Matches(msg, a.quit), a.typing() && plain(msg):
		return nil
	case asked:
		return a.cover.key(a, msg)
	}
	return a.leave()
}

// leave quits, or asks first while samples run.
func (a *App) leave() tea.Cmd {
	if a.running() > 0 && a.env.Connect == "" { // at a server they go on
		a.cover = newLeaving(a.quit, a.env.Keys.Back)
		return nil
	}
	return tea.Quit
}

// plain says whether a key press is text that a focused field takes.
func plain(msg tea.KeyMsg) bool {
	return (msg.Type == tea.KeyRunes || msg.Type == tea.KeySpace) && !msg.Alt
}
