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
	list   *pane.List
	query  query
	all    []command
	lines  sift.Lines
	shown  []int // of all, those that fit what is typed, the best first
	titles pane.Titles
	keys   finding
}

// openPalette shows the palette, and asks for problems and settings.
func (a *App) openPalette() tea.Cmd {
	k := a.env.Keys
	p := &palette{keys: newFinding()}
	moves := []key.Binding{k.Up, k.Down, k.PageUp, k.PageDn, k.Top, k.End}
	p.all = slices.DeleteFunc(a.commands(), func(c command) bool {
		return slices.ContainsFunc(moves, func(k key.Binding) bool { return c.key == k.Help().Key })
	})
	slices.SortStableFunc(p.all, func(a, b command) int { return min(len(a.why), 1) - min(len(b.why), 1) })
	p.list = pane.NewList(a.env.Styles.List, func(i, width int) string { return p.row(a, p.all[p.shown[i]], width) })
	p.take()
	a.cover = p
	return a.lookFor(p)
}

// take makes what is searched anew of all, and searches it.
func (p *palette) take() {
	p.lines = sift.New(searched(p.all))
	p.search()
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

func (p *palette) selected() command {
	if i := p.list.Selected(); i >= 0 && i < len(p.shown) {
		return p.all[p.shown[i]]
	}
	return command{}
}

func (p *palette) key(a *App, msg tea.KeyMsg) tea.Cmd {
	switch k := a.env.Keys; {
	case msg.Type == tea.KeyCtrlC:
		a.cover = nil
		return a.leave()
	case key.Matches(msg, p.keys.close, screen.Untyped(k.Palette)):
		a.cover = nil
	case key.Matches(msg, screen.Untyped(k.Help)):
		a.cover = newHelp(a)
	case key.Matches(msg, p.keys.run):
		return a.choose(p.selected())
	case p.query.key(msg):
		p.search()
	case key.Matches(msg, p.keys.up):
		p.list.Move(-1)
	case key.Matches(msg, p.keys.down):
		p.list.Move(1)
	case key.Matches(msg, p.keys.pageUp):
		p.list.Page(-1)
	case key.Matches(msg, p.keys.pageDn):
		p.list.Page(1)
	case key.Matches(msg, p.keys.top):
		p.list.Top()
	case key.Matches(msg, p.keys.end):
		p.list.End()
	}
	return nil
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
		view = st.Text.Faint.Render("nothing is called so")
	}
	lines := append([]string{p.query.line(st.Text, "type what to do", width)}, strings.Split(view, "\n")...)
	lines = append(below(lines, 1+room), why...)
	return covering(st, "Commands", p.list.Below(), lines, w, h)
}
