package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/tui/phrase"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// pressed takes a key, or a paste, which is made plain text for every field, with a word of
// what was left out of it. A screen that does so itself gets it as it came.
func (a *App) pressed(msg tea.KeyMsg) tea.Cmd {
	p, own := a.top().(screen.Paster)
	if !msg.Paste || a.cover == nil && (!a.typing() || own && p.TakesPaste()) {
		return a.key(msg)
	}
	text, dropped := termsafe.Plain(string(msg.Runes))
	msg.Runes = []rune(text)
	cmd := a.key(msg)
	if dropped == 0 {
		return cmd
	}
	return tea.Batch(cmd, a.bar.show(screen.Notice{Text: phrase.LeftOut(dropped)}, a.top()))
}
