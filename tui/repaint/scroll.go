package repaint

const (
	maxScroll = 6  // rows that are scrolled at once
	minGain   = 40 // cells that must be saved by it
)

// scroll has the terminal move rows up if most of their cells then are what f shows.
func (w *Writer) scroll(f frame) {
	top, bottom, by := w.best(f)
	if by == 0 {
		return
	}
	w.dress("")
	w.control("\x1b[", top+1, ";", bottom, "r\x1b[", top+1, "H\x1b[", by, "M\x1b[r")
	for y := top; y < bottom; y++ {
		if f.lines[y].skipped {
			f.lines[y] = line{row: w.rows[y]}
		}
	}
	copy(w.rows[top:bottom], w.rows[top+by:bottom])
	for y := bottom - by; y < bottom; y++ {
		w.rows[y] = row{known: true}
	}
}

// best is which rows are best moved up, and by how many; by is 0 if none are.
func (w *Writer) best(f frame) (top, bottom, by int) {
	most := minGain
	for k := 1; k <= maxScroll; k++ {
		gain, from := 0, 0
		for y := range f.lines {
			if y+k >= len(f.lines) || !w.rows[y].known || !w.rows[y+k].known {
				gain = 0
			} else {
				gain += w.gain(&f.lines[y], y, k)
			}
			if gain <= 0 {
				gain, from = 0, y+1
			} else if gain > most {
				most, top, bottom, by = gain, from, y+k+1, k
			}
		}
	}
	return top, bottom, by
}

// gain is how many more cells of row y are right if row y+k moves there.
func (w *Writer) gain(l *line, y, k int) int {
	old, next := &w.rows[y], &w.rows[y+k]
	r := &l.row
	if l.skipped {
		r = old
	}
	gain := 0
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
