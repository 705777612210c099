package repaint

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// frame is what Bubble Tea writes at once in its alternate screen.
type frame struct {
	lines []line
	below bool // what is below the lines is erased
}

type line struct {
	skipped bool // it is as it was
	row
}

// row is what a row of the terminal shows: a cell for each column, without empty ones at
// the end.
type row struct {
	known    bool
	filled   bool // it reaches to the edge of the terminal
	disputed bool // terminals do not agree how wide one of its characters is
	cells    []cell
}

// cell is a character and what it is dressed in. The second cell of a wide one is empty.
type cell struct {
	text, style string
	disputed    bool
}

func empty() cell { return cell{text: " "} }

// at is the cell in a column.
func (r *row) at(x int) cell {
	if x < len(r.cells) {
		return r.cells[x]
	}
	return empty()
}

const (
	home      = "\x1b[H"
	eraseLine = "\x1b[K"
	eraseRest = "\x1b[J"
)

// parse reads a frame; false if p is none, or anything in it is neither text nor a
// colour of it.
func parse(p []byte) (f frame, ok bool) {
	body, ok := bytes.CutPrefix(p, []byte(home))
	if !ok {
		return f, false
	}
	end := bytes.LastIndexByte(body, '\x1b') // where the cursor is left
	if end < 0 || !cursor(string(body[end:])) {
		return f, false
	}
	text := string(body[:end])
	text, f.below = strings.CutSuffix(text, eraseRest)
	lines := strings.Split(text, "\n")
	f.lines = make([]line, len(lines))
	for i, s := range lines {
		if s == "" {
			f.lines[i].skipped = true
			continue
		}
		s, erased := strings.CutSuffix(strings.Trim(s, "\r"), eraseLine)
		if f.lines[i].row, ok = parseRow(s); !ok {
			return f, false
		}
		f.lines[i].filled = !erased
	}
	return f, true
}

// cursor tells the sequence that moves the cursor.
func cursor(s string) bool {
	args, ok := strings.CutPrefix(s, "\x1b[")
	return ok && strings.Trim(args, "0123456789;") == "H"
}

// parseRow reads the text and the colours of a row.
func parseRow(s string) (r row, ok bool) {
	r = row{known: true, cells: make([]cell, 0, len(s))}
	style := ""
	for s != "" {
		if s[0] == '\x1b' {
			n := colour(s)
			if n == 0 {
				return r, false
			}
			if style += s[:n]; s[:n] == "\x1b[m" || s[:n] == "\x1b[0m" {
				style = ""
			}
			s = s[n:]
			continue
		}
		c, size, width, ok := parseCell(s)
		if !ok {
			return r, false
		}
		c.style = style
		r.disputed = r.disputed || c.disputed
		r.cells = append(r.cells, c)
		for range width - 1 {
			r.cells = append(r.cells, cell{style: style})
		}
		s = s[size:]
	}
	for n := len(r.cells); n > 0 && r.cells[n-1] == empty(); n-- {
		r.cells = r.cells[:n-1]
	}
	return r, true
}

// parseCell reads the first character of s; ok is false if it is none that takes a cell.
func parseCell(s string) (c cell, size, width int, ok bool) {
	if s[0] < ' ' || s[0] == '\x7f' {
		return c, 0, 0, false
	}
	size, width = 1, 1
	if s[0] >= utf8.RuneSelf || len(s) > 1 && s[1] >= utf8.RuneSelf {
		size, width, c.disputed = character(s)
	}
	c.text = s[:size]
	return c, size, width, width > 0
}

// character is the size in bytes and in cells of the first character of s, and whether
// terminals may disagree about the cells.
func character(s string) (size, width int, disputed bool) {
	first, width := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
	r, n := utf8.DecodeRuneInString(first)
	return len(first), width, n < len(first) || r >= 0x1f000 || width > 1 && r < 0x2e80
}

// colour is the length of the sequence of colours and styles that s begins with, or 0.
func colour(s string) int {
	if len(s) < 3 || s[1] != '[' {
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
