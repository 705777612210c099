package live

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/screen"
)

// Nothing is the screen shown when no attempt has been begun.
type Nothing struct {
	env           screen.Env
	width, height int
}

// Empty returns the screen that says nothing runs.
func Empty(env screen.Env) *Nothing { return &Nothing{env: env} }

// Init does nothing.
func (n *Nothing) Init() tea.Cmd { return nil }

// Update leaves on the back key.
func (n *Nothing) Update(msg tea.Msg) tea.Cmd {
	if k, ok := msg.(tea.KeyMsg); ok && key.Matches(k, n.env.Keys.Back) {
		return screen.Send(screen.Back{})
	}
	return nil
}

// Resize sets the room for View.
func (n *Nothing) Resize(width, height int) { n.width, n.height = width, height }

// View says what to do.
func (n *Nothing) View() string {
	text := n.env.Styles.Text
	ask, past := n.env.Keys.Ask.Help().Key, n.env.Keys.History.Help().Key
	wide := max(ansi.StringWidth(ask), ansi.StringWidth(past))
	block := text.Strong.Render("Nothing is running") + "\n\n" +
		text.Accent.Render(pane.Fit(ask, wide)) + text.Body.Render("  ask a problem") + "\n" +
		text.Accent.Render(pane.Fit(past, wide)) + text.Body.Render("  past attempts")
	if n.height < minHinted {
		return pane.Center(block, n.width, n.height)
	}
	return pane.Center(block, n.width, n.height-1) + "\n" + pane.HintLine(n.env.Styles.Bar, n.Keys(), n.width)
}

// Keys are what may be pressed.
func (n *Nothing) Keys() []key.Binding {
	return []key.Binding{n.env.Keys.Ask, n.env.Keys.History, n.env.Keys.Back}
}

// Status is empty: there is nothing to say.
func (n *Nothing) Status() []screen.Part { return nil }
