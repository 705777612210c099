package pane

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/theme"
)

// StatusBar is one line of exactly w cells: right is kept, left gives way. Both
// may be styled.
func StatusBar(s theme.BarStyles, left, right string, w int) string {
	return ends(dress(s.Status, left), dress(s.Status, right), w)
}

// ends puts two texts at the ends of w cells, a cell from the edges.
func ends(left, right string, w int) string {
	right, n := clip(right, w-2)
	if n == 0 {
		return Fit(" "+left, w)
	}
	left, m := clip(left, w-n-4)
	return " " + left + spaces(w-n-m-2) + right + " "
}

// KeyHints names as many of keys, first ones first, as fit into w cells.
func KeyHints(s theme.BarStyles, keys []key.Binding, w int) string {
	name, rest := newPaint(s.Key), newPaint(s.Status)
	const dot = " · "
	var out strings.Builder
	for _, k := range told(keys) {
		h := k.Help()
		n := ansi.StringWidth(h.Key) + 1 + ansi.StringWidth(h.Desc)
		if out.Len() > 0 {
			n += ansi.StringWidth(dot)
		}
		if n > w {
			break
		}
		if out.Len() > 0 {
			out.WriteString(rest.over(dot))
		}
		out.WriteString(name.over(h.Key) + rest.over(" "+h.Desc))
		w -= n
	}
	return out.String()
}

// maxHints is how many keys the hint line names: more are not read.
const maxHints = 5

// HintLine is the last line of a screen, of exactly w cells: the keys that matter now.
func HintLine(s theme.BarStyles, keys []key.Binding, w int) string {
	keys = told(keys)
	return Fit(" "+KeyHints(s, keys[:min(len(keys), maxHints)], max(w-2, 0)), w)
}

// Tabs is the header line of exactly w cells: the brand, the names with number
// on open, and right, which gives way first. With too little room for all names
// only the open one is shown; on may be none of them.
func Tabs(s theme.BarStyles, brand string, names []string, on int, right string, w int) string {
	brand = newPaint(s.Brand).over(" " + brand + " ")
	tabs, open := brand+" ", brand
	for i, name := range names {
		style := s.Tab
		if i == on {
			style = s.TabOn
			open += "  " + newPaint(style).over(name)
		}
		tabs += " " + newPaint(style).over(name) + " "
	}
	n := ansi.StringWidth(tabs)
	if n > w {
		return Fit(open, w)
	}
	const least = 8 // less of right says nothing
	right, m := clip(dress(s.Status, Shed(right, w-n-2)), w-n-2)
	if m == 0 || w-n < least {
		return Fit(tabs, w)
	}
	return tabs + spaces(w-n-m-1) + right + " "
}
