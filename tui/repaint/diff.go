package repaint

import "unicode/utf8"

// maxGap is how many cells in the same style are written again rather than skipped: to move
// the cursor takes about as many bytes.
const maxGap = 5

// line writes what changed in row y, which is to be r.
func (w *Writer) line(y int, r *row) {
	old := &w.rows[y]
	if !old.known || r.doubtful || old.doubtful {
		w.whole(y, r)
		return
	}
	end := max(len(r.cells), len(old.cells))
	for x, at := 0, -1; x < end; { // at is the column of the cursor
		if r.at(x) == old.at(x) {
			x++
			continue
		}
		to := spanEnd(r, old, x, end)
		if x != at {
			w.move(y, x)
		}
		if x >= len(r.cells) || to > len(r.cells) && !r.filled {
			w.cells(r.cells[min(x, len(r.cells)):])
			w.erase()
			return
		}
		x, at = to, w.span(r, x, to)
	}
}

// minBlank is how many blanks at the end of a span are erased rather than written.
const minBlank = 6

// span writes cells of a row, and returns the column of the cursor then; -1 if it stayed
// somewhere before.
func (w *Writer) span(r *row, from, to int) (at int) {
	last := to
	for last > from && r.at(last-1) == empty() {
		last--
	}
	if to-last < minBlank {
		last = to
	}
	for x := from; x < last; x++ {
		w.cell(r.at(x))
	}
	if last == to {
		return to
	}
	w.undress()
	w.control("\x1b[", to-last, "X")
	return -1
}

// spanEnd is where the cells that changed end that begin at x, with short gaps between them.
// The second cell of a wide character counts as the first one does; if it did not change,
// it is written with that all the same.
func spanEnd(r, old *row, x, end int) (to int) {
	to = x + 1
	for gap := 0; to+gap < end && gap <= maxGap; {
		switch i := to + gap; {
		case r.at(i) != old.at(i):
			to, gap = i+1, 0
		case r.at(i) != empty() && r.at(i).style != r.at(to-1).style:
			gap = maxGap + 1
		default:
			gap++
		}
	}
	return to
}

// whole writes all of row y.
func (w *Writer) whole(y int, r *row) {
	old := &w.rows[y]
	if old.known && r.equals(old) {
		return
	}
	w.move(y, 0)
	w.undress()
	w.put(eraseRow)
	if r.doubtful {
		w.put(wrapOff) // so that what the terminal shows wider does not reach the next row
		defer w.put(wrapOn)
	}
	w.cells(r.cells)
}

// cells writes the cells that a row begins with from some column on.
func (w *Writer) cells(cells []cell) {
	astray := false // the cursor may be in another column than we count
	for x, c := range cells {
		if astray && stands(cells, x) {
			w.control("\x1b[", x+1, "G")
			astray = false
		}
		w.cell(c)
		astray = astray || c.doubtful
	}
}

// stands says whether the cell at x must be in its column: a border, and what follows two
// blanks. Words flow: were they put where we count them, they would cover the end of a
// character that the terminal shows wider.
func stands(cells []cell, x int) bool {
	text := cells[x].text
	if r, _ := utf8.DecodeRuneInString(text); '\u2500' <= r && r <= '\u257f' {
		return true
	}
	return x > 1 && text != "" && text != " " && cells[x-1].text == " " && cells[x-2].text == " "
}

func (w *Writer) cell(c cell) {
	if c.text == "" {
		return
	}
	if c == empty() {
		w.undress()
	} else {
		w.dress(c.style)
	}
	w.put(c.text)
}

// erase empties the rest of the row.
func (w *Writer) erase() {
	w.undress()
	w.put(eraseRight)
}
