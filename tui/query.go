package tui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// query is what is typed to find something in help or in the palette.
type query struct{ text string }

// maxQueryChars bounds it: what is pasted may be long.
const maxQueryChars = 100

// key takes a key that changes what is typed; changed is false if it does not.
func (q *query) key(msg tea.KeyMsg) (changed bool) {
	runes := []rune(q.text)
	switch {
	case plain(msg):
		runes = append(runes, []rune(termsafe.Line(string(msg.Runes)))...)
		runes = runes[:min(len(runes), maxQueryChars)]
	case msg.Type == tea.KeyBackspace && len(runes) > 0:
		runes = runes[:len(runes)-1]
	case msg.Type == tea.KeyCtrlU:
		runes = nil
	case msg.Type == tea.KeyCtrlW:
		left := strings.TrimRight(q.text, " ")
		runes = []rune(left[:strings.LastIndex(left, " ")+1])
	default:
		return false
	}
	q.text = string(runes)
	return true
}

// line draws it in w cells, or what typing does while nothing is typed.
func (q query) line(st theme.TextStyles, does string, w int) string {
	const prompt, caret = "/ ", "▏"
	if q.text == "" {
		return pane.Fit(st.Accent.Render(prompt+caret)+st.Faint.Render(does), w)
	}
	text := []rune(q.text)
	for len(text) > 0 && ansi.StringWidth(prompt+string(text)+caret) > w {
		text = text[1:] // the end is where one types
	}
	return pane.Fit(st.Accent.Render(prompt)+st.Body.Render(string(text))+st.Accent.Render(caret), w)
}

// maxReasonLines is how much room a reason takes.
const maxReasonLines = 3

// reason draws why the command that is selected cannot be done now; no line if it can.
func reason(st theme.TextStyles, c command, w int) []string {
	if c.why == "" {
		return nil
	}
	lines := strings.Split(ansi.Wrap(termsafe.Line("– "+c.does+": "+c.why), max(w, 1), ""), "\n")
	for i := range lines {
		lines[i] = pane.Fit(st.Warn.Render(lines[i]), w)
	}
	return lines[:min(len(lines), maxReasonLines)]
}

// below are lines with empty ones after them, n in all.
func below(lines []string, n int) []string {
	for len(lines) < n {
		lines = append(lines, "")
	}
	return lines
}

// choose does a command, after putting the cover away; one that cannot be done says why,
// and the cover stays.
func (a *App) choose(c command) tea.Cmd {
	switch {
	case c.why != "":
		return a.bar.show(screen.Notice{Text: c.why, Bad: true}, a.top())
	case c.run == nil:
		return nil
	}
	a.cover = nil
	return c.run(a)
}
