package tuitest

import (
	"strconv"
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

	w, h        int
	top, bottom int // the margins of scrolling
	cells       [][]Cell
	x, y        int
	pen         string
	fixed       bool   // what reaches beyond the last column stays there, and is not wrapped
	rest        string // a sequence or character that is not whole yet
}

// Cell is what one cell shows: a character, which is empty behind a wide one, and the
// SGR sequences since the last reset.
type Cell struct{ Text, Style string }

// NewTerminal returns an empty one.
func NewTerminal(w, h int) *Terminal {
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
	row := make([]Cell, w)
	for x := range row {
		row[x] = Cell{Text: " "}
	}
	return row
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
	t.cells[t.bottom-1] = blankRow(t.w)
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
	if t.x+w > t.w {
		if t.fixed {
			t.x = t.w - w
		} else {
			t.x = 0
			t.down()
		}
	}
	row := t.cells[t.y]
	if t.x > 0 && row[t.x].Text == "" { // half of a wide one is overwritten
		row[t.x-1].Text = " "
	}
	if end := t.x + w; end < t.w && row[end].Text == "" {
		row[end].Text = " "
	}
	for i := range w {
		row[t.x+i] = Cell{Style: t.pen}
	}
	row[t.x].Text = cluster
	t.x += w
}

// escape obeys the sequence that s begins with.
func (t *Terminal) escape(s string) int {
	if len(s) < 2 {
		return 0
	}
	if s[1] == '[' {
		for i := 2; i < len(s); i++ {
			if s[i] >= 0x40 && s[i] <= 0x7e {
				t.control(s[:i+1])
				return i + 1
			}
		}
		return 0
	}
	end := strings.IndexAny(s, "\a")
	if st := strings.Index(s[1:], "\x1b\\"); st >= 0 && (end < 0 || st < end) {
		end = st + 2
	}
	if s[1] != ']' || end < 0 {
		end = 1
	}
	t.Strange = append(t.Strange, s[:end+1])
	return end + 1
}

// control obeys a CSI sequence.
func (t *Terminal) control(seq string) {
	args, final := seq[2:len(seq)-1], seq[len(seq)-1]
	number := func(i, otherwise int) int {
		parts := strings.Split(args, ";")
		if i < len(parts) {
			if n, err := strconv.Atoi(parts[i]); err == nil {
				return n
			}
		}
		return otherwise
	}
	switch {
	case final == 'm' && (args == "" || args == "0"):
		t.pen = ""
	case final == 'm':
		t.pen += seq
	case final == 'H':
		t.y, t.x = min(number(0, 1), t.h)-1, min(number(1, 1), t.w)-1
	case final == 'G':
		t.x = min(number(0, 1), t.w) - 1
	case final == 'C':
		t.x = min(t.x+number(0, 1), t.w-1)
	case final == 'K', final == 'J':
		t.erase(final, number(0, 0))
	case final == 'r':
		t.top, t.bottom, t.x, t.y = number(0, 1)-1, number(1, t.h), 0, 0
	case final == 'M' && t.y == t.top:
		for range number(0, 1) {
			t.scroll()
		}
	case (final == 'h' || final == 'l') && args == "?7":
		t.fixed = final == 'l'
	case (final == 'h' || final == 'l') && strings.HasPrefix(args, "?"):
		if args == "?1049" {
			t.erase('J', 2)
		}
	default:
		t.Strange = append(t.Strange, seq)
	}
}

func (t *Terminal) erase(what byte, how int) {
	from := t.x
	if how == 2 {
		from = 0
	}
	copy(t.cells[t.y][min(from, t.w):], blankRow(t.w))
	for y := range t.cells {
		if what == 'J' && (how == 2 || y > t.y) {
			t.cells[y] = blankRow(t.w)
		}
	}
}
