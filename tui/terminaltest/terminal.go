// Package terminaltest is a terminal for tests: it takes what a program writes to one, and
// says what that shows.
package terminaltest

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Terminal is a terminal as far as the app uses one: it takes the bytes that a program
// writes and keeps what they would show. What it does not know it counts as strange,
// which is how a test sees that a text was obeyed.
type Terminal struct {
	// Strange are the sequences and controls that no drawing of ours is made of.
	Strange []string
	// Width is how many cells it takes for a character, of which we count so many; nil if
	// it takes as many.
	Width func(text string, counted int) int

	w, h        int
	top, bottom int // the margins of scrolling
	cells       [][]Cell
	x, y        int
	pen         pen
	fixed       bool   // what reaches beyond the last column stays there, and is not wrapped
	rest        string // a sequence or character that is not whole yet
	frame       string
}

// Cell is what one cell shows: a character, which is empty behind a wide one, and its style,
// the same for what looks the same; empty if it has none that shows.
type Cell struct{ Text, Style string }

// New returns an empty one.
func New(w, h int) *Terminal {
	t := &Terminal{}
	t.Resize(w, h)
	return t
}

// Resize sets the size. What was shown stays where there is still room for it.
func (t *Terminal) Resize(w, h int) {
	old := t.cells
	t.w, t.h, t.cells = w, h, make([][]Cell, h)
	for y := range t.cells {
		t.cells[y] = blankRow(w)
		if y < len(old) {
			copy(t.cells[y], old[y])
		}
	}
	t.x, t.y = min(t.x, w-1), min(t.y, h-1)
	t.top, t.bottom = 0, h
}

func blankRow(w int) []Cell {
	return slices.Repeat([]Cell{{Text: " "}}, w)
}

// blank is a row of what is erased, which takes on the background that is set.
func (t *Terminal) blank() []Cell {
	return slices.Repeat([]Cell{{" ", t.pen.style(" ")}}, t.w)
}

// Cells are what is shown, by row.
func (t *Terminal) Cells() [][]Cell { return t.cells }

// Text is what is shown, without styles.
func (t *Terminal) Text() string {
	rows := make([]string, t.h)
	for y, row := range t.cells {
		var b strings.Builder
		for _, c := range row {
			b.WriteString(c.Text)
		}
		rows[y] = strings.TrimRight(b.String(), " ")
	}
	return strings.Join(rows, "\n")
}

// Frame is the text that was shown when the latest frame was whole: when the program ended
// synchronised output.
func (t *Terminal) Frame() string { return t.frame }

// Write takes what a program wrote.
func (t *Terminal) Write(p []byte) (int, error) {
	s := t.rest + string(p)
	for s != "" {
		n := t.take(s)
		if n == 0 {
			break
		}
		s = s[n:]
	}
	t.rest = s
	return len(p), nil
}

// take obeys what s begins with, and says how long it is; 0 if more must come first.
func (t *Terminal) take(s string) int {
	switch b := s[0]; {
	case b == '\x1b':
		return t.escape(s)
	case b == '\r':
		t.x = 0
	case b == '\n':
		t.down()
	case b < ' ' || b == '\x7f':
		t.Strange = append(t.Strange, s[:1])
	default:
		return t.print(s)
	}
	return 1
}

func (t *Terminal) down() {
	if t.y++; t.y == t.h {
		t.y--
		t.scroll()
	}
}

// scroll moves the rows between the margins up by one.
func (t *Terminal) scroll() {
	copy(t.cells[t.top:t.bottom], t.cells[t.top+1:t.bottom])
	t.cells[t.bottom-1] = t.blank()
}

// print shows the text up to the next control.
func (t *Terminal) print(s string) int {
	end := strings.IndexFunc(s, func(r rune) bool { return r < ' ' || r == '\x7f' })
	if end < 0 {
		end = len(s)
	}
	done := 0
	for done < end && utf8.FullRuneInString(s[done:end]) {
		cluster, w := ansi.FirstGraphemeCluster(s[done:end], ansi.GraphemeWidth)
		t.put(cluster, w)
		done += len(cluster)
	}
	return done
}

func (t *Terminal) put(cluster string, w int) {
	if r, _ := utf8.DecodeRuneInString(cluster); r >= 0x80 && r < 0xa0 {
		t.Strange = append(t.Strange, cluster)
		return
	}
	if t.Width != nil {
		w = t.Width(cluster, w)
	}
	if w == 0 {
		t.mark(cluster)
		return
	}
	if t.x+w > t.w {
		if t.fixed {
			t.x = t.w - w
		} else {
			t.x = 0
			t.down()
		}
	}
	t.clear(t.x, t.x+w)
	row := t.cells[t.y]
	for i := range w {
		row[t.x+i] = Cell{Style: t.pen.style(cluster)}
	}
	row[t.x].Text = cluster
	t.x += w
}

// mark adds what takes no cell to the character before.
func (t *Terminal) mark(text string) {
	for x := t.x - 1; x >= 0; x-- {
		if c := &t.cells[t.y][x]; c.Text != "" {
			c.Text += text
			return
		}
	}
}

// clear makes blanks of the characters that the columns from one to before another cut.
func (t *Terminal) clear(from, to int) {
	row, first := t.cells[t.y], from
	for first > 0 && row[first].Text == "" {
		first--
	}
	for x := first; x < from; x++ {
		row[x].Text = " "
	}
	for x := to; x < t.w && row[x].Text == ""; x++ {
		row[x].Text = " "
	}
}
