package tui

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/sift"
)

// help shows every key that does something now, those that would but for what they say,
// and what the words of the top screen mean. Typing searches it; enter does what is
// selected.
type help struct {
	finding
	list *pane.Help
}

// meanings is the heading of words and what they mean.
const meanings = "What it says"

func newHelp(a *App) *help {
	h := &help{newFinding(), pane.NewHelp(a.env.Styles)}
	h.all = a.commands()
	for _, w := range a.mouseWords() {
		h.all = append(h.all, command{group: everywhere, key: w.Word, does: w.Means})
	}
	if e, ok := a.top().(screen.Explainer); ok {
		for _, w := range e.Words() {
			h.all = append(h.all, command{group: meanings, key: w.Word, does: w.Means})
		}
	}
	h.lines = sift.New(searched(h.all))
	h.search()
	return h
}

// searched are the texts of commands that typing searches.
func searched(all []command) []string {
	lines := make([]string, len(all))
	for i, c := range all {
		lines[i] = c.does + " · " + c.key
		if c.tab != "" {
			lines[i] += " · " + c.tab
		}
		if c.group == settingsOf {
			lines[i] = "setting: " + c.does
		}
	}
	return lines
}

// search shows what fits what is typed, in the order of help, and selects what fits best.
func (h *help) search() {
	found := h.lines.Find(h.query.text)
	fits := make([]bool, len(h.all))
	for _, i := range found {
		fits[i] = true
	}
	h.shown = h.shown[:0]
	var groups []pane.HelpGroup
	best := -1
	for _, title := range []string{here, screens, everywhere, meanings} {
		g := pane.HelpGroup{Title: title}
		for i, c := range h.all {
			if c.group != title || !fits[i] {
				continue
			}
			if h.query.text != "" && i == found[0] {
				best = len(h.shown)
			}
			h.shown = append(h.shown, i)
			g.Lines = append(g.Lines, pane.HelpLine{Name: c.key, Does: c.does, Off: c.why != ""})
		}
		groups = append(groups, g)
	}
	if h.list.Show(groups...); best >= 0 {
		h.list.Select(best)
	}
}

func (h *help) selected() command { return h.at(h.list.Selected()) }

func (h *help) key(a *App, msg tea.KeyMsg) tea.Cmd {
	switch k := a.env.Keys; {
	case key.Matches(msg, k.Help) && (h.query.text == "" || !plain(msg)), key.Matches(msg, h.keys.Open) && h.list.Selected() < 0:
		a.cover = nil
		return nil
	case key.Matches(msg, screen.Untyped(k.Palette)):
		return a.openPalette()
	}
	return h.finding.key(a, msg, h.list, h.search, h.selected())
}

// helpTop is how far the lines are from the corner of the cover: the frame, and what is
// typed.
const helpTop, helpLeft = 2, 2

func (h *help) mouse(a *App, msg tea.MouseMsg) tea.Cmd {
	h.list.Scroll(3 * screen.Turned(msg))
	x, y, clicked := screen.Click(msg)
	if i := h.list.At(x-helpLeft, y-helpTop); clicked && i >= 0 {
		h.list.Select(i)
		return a.choose(h.selected())
	}
	return nil
}

func (h *help) view(a *App, w, ht int) string {
	st := a.env.Styles
	width, room := pane.Inner(w, ht)
	why := reason(st.Text, h.selected(), width)
	room -= 1 + len(why)
	h.list.Resize(width, room)
	lines := []string{h.query.line(st.Text, "type to search", width)}
	view := strings.Split(h.list.View(), "\n")
	if len(h.shown) == 0 {
		view = []string{st.Text.Faint.Render(noneFits)}
	}
	lines = append(lines, view...)
	lines = append(below(lines, 1+room), why...)
	return covering(st, "Help", h.list.Below(), lines, w, ht)
}

// covering draws what covers a screen, with how many of its lines are below those in view.
func covering(st theme.Styles, title string, below int, lines []string, w, h int) string {
	right := "enter runs · esc closes"
	if below > 0 {
		right = pane.Count(below) + " more ↓ · " + right
	}
	return pane.Box{Styles: st.Pane, Title: title, Right: right, Focused: true}.Render(strings.Join(lines, "\n"), w, h)
}
