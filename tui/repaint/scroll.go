package repaint

const (
	maxScroll = 6  // rows that are moved up by at once
	minGain   = 40 // cells that need not be written then
)

// scroll has the terminal move rows up, if more of their cells are as in rows then.
func (w *Writer) scroll(rows []row) {
	top, bottom, by := w.best(rows)
	if by == 0 {
		return
	}
	w.undress()
	w.control("\x1b[", top+1, ";", bottom, "r\x1b[", top+1, "H\x1b[", by, "M\x1b[r")
	w.y = -1
	copy(w.rows[top:bottom], w.rows[top+by:bottom])
	for y := bottom - by; y < bottom; y++ {
		w.rows[y] = row{known: true}
	}
}

// best is which rows, from top to before bottom, are best moved up, and by how many; by is
// 0 if none are.
func (w *Writer) best(rows []row) (top, bottom, by int) {
	if w.changed(rows) <= minGain {
		return 0, 0, 0
	}
	most := minGain
	for k := 1; k <= maxScroll; k++ {
		sum, from := 0, 0
		for y := 0; y+k < len(rows); y++ {
			gain := w.gain(&rows[y], y, k)
			if gain == nothing {
				sum, from = 0, y+1
				continue
			}
			if sum += gain; sum <= 0 {
				sum, from = 0, y+1
			} else if sum > most {
				most, top, bottom, by = sum, from, y+k+1, k
			}
		}
	}
	return top, bottom, by
}

// changed is how many cells are others in rows: no move of rows gains more.
func (w *Writer) changed(rows []row) (n int) {
	for y := range rows {
		old := &w.rows[y]
		for x := range max(len(rows[y].cells), len(old.cells)) {
			if old.known && rows[y].at(x) != old.at(x) {
				n++
			}
		}
	}
	return n
}

// nothing is the gain of moving a row of which nothing is known.
const nothing = -1 << 20

// gain is how many more cells of row y are as in r if row y+k moves there.
func (w *Writer) gain(r *row, y, k int) (gain int) {
	old, next := &w.rows[y], &w.rows[y+k]
	if !old.known || !next.known {
		return nothing
	}
	for x := range max(len(r.cells), len(old.cells), len(next.cells)) {
		c := r.at(x)
		if c == next.at(x) {
			gain++
		}
		if c == old.at(x) {
			gain--
		}
	}
	return gain
}
