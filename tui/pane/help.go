package pane

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// HelpGroup is lines under a heading.
type HelpGroup struct {
	Title string
	Lines []HelpLine
}

// HelpLine is a key, or a word, and what it does or means. Off says that it does nothing
// now: it is drawn fainter, with a sign before it.
type HelpLine struct {
	Name, Does string
	Off        bool
}

// Help lists what there is under headings, in as many columns as fit, scrolls if they do
// not, and lets one line be selected. Lines are counted through all groups, from 0.
type Help struct {
	styles theme.Styles
	groups []HelpGroup
	n      int // lines of all groups
	w, h   int
	top    int
	on     int // the selected line; -1 if none is
}

// offMark is the sign before a line that does nothing now.
const offMark = "– "

// NewHelp returns an empty help; Show fills it.
func NewHelp(s theme.Styles) *Help { return &Help{styles: s, on: -1} }

// Show sets the groups, goes to the first line and selects none. Groups without lines are
// left out.
func (h *Help) Show(groups ...HelpGroup) {
	h.groups, h.top, h.on, h.n = groups, 0, -1, 0
	for _, g := range groups {
		h.n += len(g.Lines)
	}
}

// Resize sets the room in cells. Where it is another one the selected line stays in view.
func (h *Help) Resize(width, height int) {
	same := width == h.w && height == h.h
	h.w, h.h = width, height
	if h.Scroll(0); !same && h.on >= 0 {
		h.Select(h.on)
	}
}

// Scroll moves by lines of the view, down if positive.
func (h *Help) Scroll(lines int) {
	h.top = max(0, min(h.top+lines, len(h.rows())-h.h))
}

// Selected is the selected line; -1 if none is.
func (h *Help) Selected() int { return h.on }

// Select selects line i, or the nearest there is, and brings it into view.
func (h *Help) Select(i int) {
	h.on = max(min(i, h.n-1), min(h.n-1, 0))
	if h.on < 0 {
		return
	}
	for y, row := range h.rows() {
		for _, c := range row {
			if c.line == h.on {
				h.top = max(min(h.top, y-1), y-h.h+1, 0)
			}
		}
	}
}

// Move moves the selection by n lines.
func (h *Help) Move(n int) {
	if h.on < 0 {
		n = max(n-1, 0)
	}
	h.Select(max(h.on, 0) + n)
}

// Page moves the view by n halves of it; the selection stays.
func (h *Help) Page(n int) { h.Scroll(n * max(h.h/2, 1)) }

// Top selects the first line.
func (h *Help) Top() { h.Select(0) }

// End selects the last line.
func (h *Help) End() { h.Select(h.n - 1) }

// At is the line at a cell of the view; -1 if none is.
func (h *Help) At(x, y int) int {
	rows := h.rows()
	if y += h.top; x < 0 || y < h.top || y >= len(rows) || y >= h.top+h.h {
		return -1
	}
	for _, c := range rows[y] {
		if n := ansi.StringWidth(c.text); x < n {
			return c.line
		} else if x -= n; x < 0 {
			break
		}
	}
	return -1
}

// Below is how many lines are below those in view.
func (h *Help) Below() int { return max(len(h.rows())-h.top-h.h, 0) }

// View is exactly as large as Resize said.
func (h *Help) View() string {
	rows := h.rows()
	var lines []string
	for _, row := range rows[min(h.top, len(rows)):min(h.top+max(h.h, 0), len(rows))] {
		line := ""
		for _, c := range row {
			line += c.text
		}
		lines = append(lines, Fit(line, h.w))
	}
	for len(lines) < h.h {
		lines = append(lines, spaces(h.w))
	}
	return strings.Join(lines, "\n")
}

// helpCell is a piece of a row: a line of a group, or what stands between.
type helpCell struct {
	text string // styled
	line int    // -1 if it is none
}

// rows lays the groups out side by side, in as many columns as the width has room for and
// as low as their order allows.
func (h *Help) rows() [][]helpCell {
	const gutter = 4
	blocks, widest := h.blocks()
	if len(blocks) == 0 {
		return nil
	}
	columns := fold(blocks, max(1, (h.w+gutter)/(widest+gutter)))
	var rows [][]helpCell
	for x, column := range columns {
		for y, c := range column {
			if y == len(rows) {
				rows = append(rows, []helpCell{{spaces(x * (widest + gutter)), -1}})
			}
			rows[y] = append(rows[y], c)
		}
		for y := range rows {
			if x < len(columns)-1 {
				rows[y] = append(rows[y], helpCell{spaces((x+1)*(widest+gutter) - rowWidth(rows[y])), -1})
			}
		}
	}
	return rows
}

func rowWidth(row []helpCell) (n int) {
	for _, c := range row {
		n += ansi.StringWidth(c.text)
	}
	return n
}

// blocks draws each group by itself, and tells the widest line of all.
func (h *Help) blocks() (blocks [][]helpCell, widest int) {
	nameWidth := 0
	for _, g := range h.groups {
		for _, l := range g.Lines {
			nameWidth = max(nameWidth, ansi.StringWidth(termsafe.Line(l.Name)))
		}
	}
	title, at := newPaint(h.styles.Text.Accent), 0
	for _, g := range h.groups {
		if len(g.Lines) == 0 {
			continue
		}
		block := []helpCell{{title.over(termsafe.Line(g.Title)), -1}}
		for _, l := range g.Lines {
			block = append(block, helpCell{h.line(l, at, nameWidth), at})
			at++
		}
		for _, c := range block {
			widest = max(widest, ansi.StringWidth(c.text))
		}
		blocks = append(blocks, block)
	}
	return blocks, widest
}

func (h *Help) line(l HelpLine, at, nameWidth int) string {
	name, does := Fit(termsafe.Line(l.Name), nameWidth)+"  ", termsafe.Line(l.Does)
	switch {
	case at == h.on:
		return newPaint(h.styles.List.Selected).over(mark + name + does)
	case l.Off:
		return newPaint(h.styles.Text.Faint).over(offMark + name + does)
	}
	return unmark + newPaint(h.styles.Bar.Key).over(name) + newPaint(h.styles.Text.Body).over(does)
}

// fold puts blocks, in order and a line apart, into at most n columns of the
// least height.
func fold(blocks [][]helpCell, n int) [][]helpCell {
	for height := 1; ; height++ {
		columns := [][]helpCell{nil}
		for _, b := range blocks {
			last := len(columns) - 1
			switch c := columns[last]; {
			case len(c) == 0:
				columns[last] = b
			case len(c)+1+len(b) <= height:
				columns[last] = append(append(c[:len(c):len(c)], helpCell{"", -1}), b...)
			default:
				columns = append(columns, b)
			}
		}
		if len(columns) <= n {
			return columns
		}
	}
}
