package tui

import (
	"fmt"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/tui/pane"
)

// cover lies over the top screen and takes its keys until it is put away. Where the mouse
// is counts from its first line.
type cover interface {
	key(*App, tea.KeyMsg) tea.Cmd
	mouse(*App, tea.MouseMsg) tea.Cmd
	view(a *App, width, height int) string
}

// leaving asks whether to quit while samples run. It is told anew how many run
// each time it is drawn.
type leaving struct{ yes, no key.Binding }

func newLeaving(quit, back key.Binding) leaving {
	return leaving{
		yes: key.NewBinding(key.WithKeys(append([]string{"y", "Y"}, quit.Keys()...)...)),
		no:  key.NewBinding(key.WithKeys(append([]string{"n", "N"}, back.Keys()...)...)),
	}
}

func (l leaving) key(a *App, msg tea.KeyMsg) tea.Cmd {
	switch {
	case key.Matches(msg, l.no): // first: a key that was mapped to quit may be one of them
		a.cover = nil
	case key.Matches(msg, l.yes):
		return tea.Quit
	}
	return nil
}

func (l leaving) mouse(*App, tea.MouseMsg) tea.Cmd { return nil }

func (l leaving) view(a *App, w, h int) string {
	what := "Everything has finished; quit?"
	switch n := a.running(); {
	case n == 1:
		what = "1 sample has not ended; stop it and quit?"
	case n > 1:
		what = fmt.Sprintf("%d samples have not ended; stop them and quit?", n)
	}
	return pane.Confirm(a.env.Styles, what+" y yes · n no", w, h)
}
