package tui

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/screen"
)

// mouse routes what the mouse does: a click on the header line is on a tab, one on a line
// that names keys presses the key that is named there. All else goes to what covers the
// screen, or else to the top screen, with places counted from its first line.
func (a *App) mouse(msg tea.MouseMsg) tea.Cmd {
	_, asked := a.cover.(leaving)
	x, y, clicked := screen.Click(msg)
	switch {
	case a.small():
		return nil
	case y == 0 && clicked && !asked:
		return a.clickTab(x)
	case y == a.height-1 && clicked && !asked:
		return a.clickHelp(x)
	case a.cover != nil:
		msg.Y--
		return a.cover.mouse(a, msg)
	case msg.Y == 0 || msg.Y == a.height-1:
		return nil
	}
	msg.Y--
	if k, ok := a.keyAt(msg); ok {
		return a.key(k)
	}
	return a.top().Update(msg)
}

func (a *App) clickTab(x int) tea.Cmd {
	tabs, _ := a.tabs()
	i := pane.TabAt(brand, tabNames(tabs), a.width, x)
	if i < 0 {
		return nil
	}
	a.cover = nil
	return a.raise(tabs[i])
}

// clickHelp takes a click on the status line, whose end names the key of help.
func (a *App) clickHelp(x int) tea.Cmd {
	if x < a.width-ansi.StringWidth(a.helpKey()+" help ") {
		return nil
	}
	if a.cover != nil {
		a.cover = nil
		return nil
	}
	a.cover = newHelp(a)
	return nil
}

// keyAt is the key that the top screen's last line names where a click is; ok is false if
// it names none.
func (a *App) keyAt(msg tea.MouseMsg) (press tea.KeyMsg, ok bool) {
	w, h := a.room()
	x, y, clicked := screen.Click(msg)
	if !clicked || y != h-1 {
		return press, false
	}
	k, ok := pane.HintAt(a.top().Keys(), w, x)
	lines := strings.Split(ansi.Strip(a.top().View()), "\n")
	if !ok || len(lines) != h || !strings.Contains(lines[y], " "+k.Help().Key+" "+k.Help().Desc) {
		return press, false
	}
	return pressOf(k)
}

// pressOf is a press of the first key of a binding.
func pressOf(k key.Binding) (press tea.KeyMsg, ok bool) {
	if len(k.Keys()) == 0 {
		return press, false
	}
	return screen.Press(k.Keys()[0])
}
