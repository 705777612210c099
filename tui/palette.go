package tui

import (
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/sift"
)

// palette lists all that can be done but moving about: by a key here and everywhere, the
// screens, the problems attempted last, which open, and the settings. What is typed sifts
// it, the best first; what cannot be done now comes after the rest that has a key.
type palette struct {
	finding // what is shown of it has the best first
	list    *pane.List
	titles  pane.Titles
}

// openPalette shows the palette, and asks for problems and settings.
func (a *App) openPalette() tea.Cmd {
	k := a.env.Keys
	p := &palette{finding: newFinding()}
	moves := []key.Binding{k.Up, k.Down, k.PageUp, k.PageDn, k.Top, k.End}
	p.all = slices.DeleteFunc(a.commands(), func(c command) bool {
		return slices.ContainsFunc(moves, func(k key.Binding) bool { return c.key == k.Help().Key })
	})
	slices.SortStableFunc(p.all, func(a, b command) int { return min(len(a.why), 1) - min(len(b.why), 1) })
	p.list = pane.NewList(a.env.Styles.List, func(i, width int) string { return p.row(a, p.at(i), width) })
	p.take()
	a.cover = p
	return a.lookFor(p)
}

// take makes what is searched anew of all, and searches it. What is selected stays so: enter
// may be pressed at any moment.
func (p *palette) take() {
	on := -1
	if i := p.list.Selected(); i >= 0 {
		on = p.shown[i]
	}
	p.lines = sift.New(searched(p.all))
	p.search()
	if i := slices.Index(p.shown, on); i >= 0 {
		p.list.Select(i)
	}
}

func (p *palette) search() {
	p.shown = p.lines.Find(p.query.text)
	p.list.SetLen(len(p.shown))
	p.list.Top()
	p.list.Redraw()
}

// paletteColumns are where a command stands, what it does, and the key that does it.
func paletteColumns() pane.Columns {
	return pane.Columns{{Min: len(everywhere)}, {Min: 20, Weight: 1}, {Min: 11, Right: true}}
}

func (p *palette) row(a *App, c command, width int) string {
	columns, st := paletteColumns(), a.env.Styles.Text
	does := c.does
	if c.group == recents {
		does = p.titles.Title(c.does, columns.Room(width, 1))
	}
	if c.why == "" {
		return columns.Line(width, c.group, does, c.key)
	}
	return st.Faint.Render(columns.Line(width, c.group, "– "+does+": "+c.why, c.key))
}

func (p *palette) selected() command { return p.at(p.list.Selected()) }

func (p *palette) key(a *App, msg tea.KeyMsg) tea.Cmd {
	switch k := a.env.Keys; {
	case key.Matches(msg, screen.Untyped(k.Palette)):
		a.cover = nil
		return nil
	case key.Matches(msg, screen.Untyped(k.Help)):
		a.cover = newHelp(a)
		return nil
	}
	return p.finding.key(a, msg, p.list, p.search, p.selected())
}

func (p *palette) mouse(a *App, msg tea.MouseMsg) tea.Cmd {
	screen.Wheel(msg, p.list)
	if _, y, clicked := screen.Click(msg); clicked {
		if i := p.list.At(y - helpTop); i >= 0 {
			p.list.Select(i)
			return a.choose(p.selected())
		}
	}
	return nil
}

func (p *palette) view(a *App, w, h int) string {
	st := a.env.Styles
	width, room := pane.Inner(w, h)
	why := reason(st.Text, p.selected(), width)
	room -= 1 + len(why)
	p.list.Resize(width, room)
	view := p.list.View()
	if len(p.shown) == 0 {
		view = st.Text.Faint.Render(noneFits)
	}
	lines := append([]string{p.query.line(st.Text, "type what to do", width)}, strings.Split(view, "\n")...)
	lines = append(below(lines, 1+room), why...)
	return covering(st, "Commands", p.list.Below(), lines, w, h)
}
