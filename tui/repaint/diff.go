package repaint

import "unicode/utf8"

// maxGap is how many cells are written again rather than skipped: a move of the cursor
// takes about as many bytes.
const maxGap = 4

// line writes what is another in row y.
func (w *Writer) line(y int, r row) {
	old := w.rows[y]
	if !old.known || r.disputed || old.disputed {
		w.whole(y, r, old)
		return
	}
	end := max(len(r.cells), len(old.cells))
	for x, at := 0, -1; x < end; {
		if r.at(x) == old.at(x) {
			x++
			continue
		}
		to := span(&r, &old, x, end)
		if x != at {
			w.move(y, x)
		}
		if x >= len(r.cells) || to > len(r.cells) && !r.filled {
			w.cells(r.cells[min(x, len(r.cells)):])
			w.erase()
			return
		}
		for i := x; i < to; i++ {
			w.cell(r.at(i))
		}
		x, at = to, to
	}
}

// span is where what is another ends that begins at x: behind whole characters of both
// rows, and short gaps within.
func span(r, old *row, x, end int) (to int) {
	within := func(x int) bool { return r.at(x).text == "" || old.at(x).text == "" }
	to = x + 1
	for gap := 0; to+gap < end && gap <= maxGap; {
		if i := to + gap; r.at(i) != old.at(i) {
			to, gap = i+1, 0
		} else {
			gap++
		}
	}
	for to < end && within(to) {
		to++
	}
	return to
}

// whole writes all of row y.
func (w *Writer) whole(y int, r, old row) {
	if old.known && !differ(&r, &old) {
		return
	}
	w.move(y, 0)
	if r.disputed || old.disputed {
		w.dress("")
		w.put("\x1b[2K")
	}
	if r.disputed {
		w.put("\x1b[?7l") // what takes more cells than we count does not reach the next row
		defer w.put("\x1b[?7h")
	}
	w.cells(r.cells)
	if !r.filled || len(r.cells) == 0 || r.cells[len(r.cells)-1] == empty() {
		w.erase()
	}
}

func differ(r, old *row) bool {
	for x := range max(len(r.cells), len(old.cells)) {
		if r.at(x) != old.at(x) {
			return true
		}
	}
	return false
}

// cells writes the cells from a column on that a row begins with.
func (w *Writer) cells(cells []cell) {
	astray := false // the cursor may stand elsewhere than we count
	for x, c := range cells {
		if astray && stands(cells, x) {
			w.control("\x1b[", x+1, "G")
			astray = false
		}
		w.cell(c)
		astray = astray || c.disputed
	}
}

// stands says whether the cell at x must stand in its column: a border, and what follows two
// blanks. Words flow: were they put where we count them, they would cover the end of a
// character that the terminal shows wider.
func stands(cells []cell, x int) bool {
	text := cells[x].text
	if r, _ := utf8.DecodeRuneInString(text); r >= '\u2500' && r <= '\u257f' {
		return true
	}
	return x > 1 && text != "" && text != " " && cells[x-1].text == " " && cells[x-2].text == " "
}

func (w *Writer) cell(c cell) {
	if c.text == "" {
		return
	}
	w.dress(c.style)
	w.put(c.text)
}

// erase empties the rest of the row.
func (w *Writer) erase() {
	w.dress("")
	w.put(eraseLine)
}
