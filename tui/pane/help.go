package pane

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/theme"
)

// HelpGroup is keys under a heading.
type HelpGroup struct {
	Title string
	Keys  []key.Binding
}

// Help lists keys in as many columns as fit, and scrolls if they do not.
type Help struct {
	styles theme.Styles
	groups []HelpGroup
	w, h   int
	top    int
}

// NewHelp returns an empty help; Show fills it.
func NewHelp(s theme.Styles) *Help { return &Help{styles: s} }

// Show sets the groups and goes to the first line. Keys that are disabled or
// have no help are left out, and so are groups without keys.
func (h *Help) Show(groups ...HelpGroup) { h.groups, h.top = groups, 0 }

// Resize sets the outer size.
func (h *Help) Resize(width, height int) { h.w, h.h = width, height; h.Scroll(0) }

// Scroll moves by lines, down if positive.
func (h *Help) Scroll(lines int) {
	_, room := Inner(h.w, h.h)
	h.top = max(0, min(h.top+lines, len(h.lines())-room))
}

// View is exactly as large as Resize said.
func (h *Help) View() string {
	lines := h.lines()
	_, room := Inner(h.w, h.h)
	right := "esc closes"
	if len(lines) > room {
		right = "↑↓ scrolls · " + right
	}
	box := Box{Styles: h.styles.Pane, Title: "Help", Right: right, Focused: true}
	return box.Render(strings.Join(lines[min(h.top, len(lines)):], "\n"), h.w, h.h)
}

// lines lays the groups out side by side, in as many columns as the width has
// room for and as low as their order allows.
func (h *Help) lines() []string {
	const gutter = 4
	width, _ := Inner(h.w, h.h)
	blocks, widest := h.blocks()
	if len(blocks) == 0 {
		return nil
	}
	columns := fold(blocks, max(1, (width+gutter)/(widest+gutter)))
	var lines []string
	for x, column := range columns {
		for y, line := range column {
			if y == len(lines) {
				lines = append(lines, spaces(x*(widest+gutter)))
			}
			lines[y] += line
		}
		for y := range lines {
			if x < len(columns)-1 {
				lines[y] += spaces((x+1)*(widest+gutter) - ansi.StringWidth(lines[y]))
			}
		}
	}
	return lines
}

// blocks draws each group by itself, and tells the widest line of all.
func (h *Help) blocks() (blocks [][]string, widest int) {
	keyWidth := 0
	for _, g := range h.groups {
		for _, k := range told(g.Keys) {
			keyWidth = max(keyWidth, ansi.StringWidth(k.Help().Key))
		}
	}
	title, name, does := newPaint(h.styles.Text.Accent), newPaint(h.styles.Bar.Key), newPaint(h.styles.Text.Body)
	for _, g := range h.groups {
		keys := told(g.Keys)
		if len(keys) == 0 {
			continue
		}
		block := []string{title.over(g.Title)}
		for _, k := range keys {
			block = append(block, "  "+name.over(Fit(k.Help().Key, keyWidth))+"  "+does.over(k.Help().Desc))
		}
		for _, line := range block {
			widest = max(widest, ansi.StringWidth(line))
		}
		blocks = append(blocks, block)
	}
	return blocks, widest
}

// told are the keys that can be pressed and say what they do.
func told(keys []key.Binding) []key.Binding {
	var out []key.Binding
	for _, k := range keys {
		if k.Enabled() && k.Help().Key != "" {
			out = append(out, k)
		}
	}
	return out
}

// fold puts blocks, in order and a line apart, into at most n columns of the
// least height.
func fold(blocks [][]string, n int) [][]string {
	for height := 1; ; height++ {
		columns := [][]string{nil}
		for _, b := range blocks {
			last := len(columns) - 1
			switch c := columns[last]; {
			case len(c) == 0:
				columns[last] = b
			case len(c)+1+len(b) <= height:
				columns[last] = append(append(c[:len(c):len(c)], ""), b...)
			default:
				columns = append(columns, b)
			}
		}
		if len(columns) <= n {
			return columns
		}
	}
}
