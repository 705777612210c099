package repaint

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// row is what a row of the terminal shows: a cell for each column, without empty ones at
// the end.
type row struct {
	cells    []cell
	known    bool // if not, it may be anything
	filled   bool // it was written up to the edge of the terminal
	doubtful bool // terminals do not agree how wide one of its characters is
}

// cell is a character and its styles. The second cell of a wide character has no text, and
// a blank has no style that does not show.
type cell struct {
	text, style string
	doubtful    bool
}

func empty() cell { return cell{text: " "} }

// at is the cell in a column.
func (r *row) at(x int) cell {
	if x < len(r.cells) {
		return r.cells[x]
	}
	return empty()
}

// equals says whether both rows show the same.
func (r *row) equals(other *row) bool {
	for x := range max(len(r.cells), len(other.cells)) {
		if r.at(x) != other.at(x) {
			return false
		}
	}
	return true
}

// rowOf is what a line shows in a terminal of that width: its text and its styles. Of
// anything else that a terminal would obey, the character that does not print stands as U+FFFD.
func rowOf(s string, width int) row {
	s = ansi.Truncate(strings.ToValidUTF8(s, "\ufffd"), width, "")
	r := row{known: true, cells: make([]cell, 0, len(s))}
	style, blank := "", ""
	for s != "" {
		if n := styleLen(s); n > 0 {
			if style += s[:n]; s[:n] == "\x1b[m" || s[:n] == "\x1b[0m" {
				style = ""
			}
			if blank = style; !inkOf(style).more {
				blank = ""
			}
			s = s[n:]
			continue
		}
		text, cells, doubtful := character(s)
		switch last := len(r.cells) - 1; {
		case isObeyed(text):
			r.add(cell{"\ufffd", style, true}, 1)
		case text == " ":
			r.add(cell{text, blank, false}, 1)
		case cells > 0:
			r.add(cell{text, style, doubtful}, cells)
		case last >= 0: // a mark that belongs to the character before
			for r.cells[last].text == "" {
				last--
			}
			r.cells[last].text += text
			r.cells[last].doubtful, r.doubtful = true, true
		}
		s = s[len(text):]
	}
	r.filled = len(r.cells) >= width
	r.cells = r.cells[:min(len(r.cells), width)]
	for n := len(r.cells); n > 0 && r.cells[n-1] == empty(); n-- {
		r.cells = r.cells[:n-1]
	}
	return r
}

func (r *row) add(c cell, width int) {
	r.doubtful = r.doubtful || c.doubtful
	r.cells = append(r.cells, c)
	for range width - 1 {
		r.cells = append(r.cells, cell{style: c.style})
	}
}

// styleLen is the length of the sequence of colours and styles that s begins with, or 0.
func styleLen(s string) int {
	if len(s) < 3 || s[0] != '\x1b' || s[1] != '[' {
		return 0
	}
	for i := 2; i < len(s); i++ {
		switch b := s[i]; {
		case b == 'm':
			return i + 1
		case b < '0' || b > ';':
			return 0
		}
	}
	return 0
}

// isObeyed says whether a terminal may do something else with a text than show it.
func isObeyed(text string) bool {
	for _, r := range text {
		if r < ' ' || '\x7f' <= r && r < '\u00a0' {
			return true
		}
	}
	return false
}

// character is the first character of s with its marks, how many cells we count for it,
// and whether terminals may count others.
func character(s string) (text string, width int, doubtful bool) {
	if s[0] < utf8.RuneSelf && (len(s) == 1 || s[1] < utf8.RuneSelf) {
		return s[:1], 1, false
	}
	text, width = ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
	r, n := utf8.DecodeRuneInString(text)
	return text, width, n < len(text) || width != agreed(r)
}
