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
	var out strings.Builder
	for _, k := range fitting(keys, w) {
		if out.Len() > 0 {
			out.WriteString(rest.over(hintDot))
		}
		out.WriteString(name.over(k.Help().Key) + rest.over(" "+k.Help().Desc))
	}
	return out.String()
}

const hintDot = " · "

// fitting are as many of keys as there is room for in w cells.
func fitting(keys []key.Binding, w int) []key.Binding {
	keys = told(keys)
	for i, k := range keys {
		if w -= hintWidth(k); w < 0 {
			return keys[:i]
		}
		w -= ansi.StringWidth(hintDot)
	}
	return keys
}

// hintWidth is how many cells a key and what it does take.
func hintWidth(k key.Binding) int {
	return ansi.StringWidth(k.Help().Key) + 1 + ansi.StringWidth(k.Help().Desc)
}

// maxHints is how many keys the hint line names: more are not read.
const maxHints = 5

// HintLine is the last line of a screen, of exactly w cells: the keys that matter now.
func HintLine(s theme.BarStyles, keys []key.Binding, w int) string {
	return Fit(" "+KeyHints(s, hinted(keys), max(w-2, 0)), w)
}

func hinted(keys []key.Binding) []key.Binding {
	keys = told(keys)
	return keys[:min(len(keys), maxHints)]
}

// HintAt is the key that column x of a HintLine names, of w cells; ok is false if it
// names none.
func HintAt(keys []key.Binding, w, x int) (k key.Binding, ok bool) {
	x-- // a cell from the edge
	for _, k := range fitting(hinted(keys), max(w-2, 0)) {
		n := hintWidth(k)
		if x >= 0 && x < n {
			return k, true
		}
		x -= n + ansi.StringWidth(hintDot)
	}
	return k, false
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
	const minRight = 8 // less of right says nothing
	right, m := clip(dress(s.Status, Shed(right, w-n-2)), w-n-2)
	if m == 0 || w-n < minRight {
		return Fit(tabs, w)
	}
	return tabs + spaces(w-n-m-1) + right + " "
}

// TabsWidth is how many cells all names take.
func TabsWidth(brand string, names []string) int {
	w := ansi.StringWidth(brand) + 3
	for _, name := range names {
		w += ansi.StringWidth(name) + 2
	}
	return w
}

// TabAt is the number of the name at column x of what Tabs draws; -1 if there is none.
func TabAt(brand string, names []string, w, x int) int {
	at, found := ansi.StringWidth(brand)+3, -1
	for i, name := range names {
		n := ansi.StringWidth(name) + 2
		if x >= at && x < at+n {
			found = i
		}
		at += n
	}
	if at > w { // only the open one is shown
		return -1
	}
	return found
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
