package mathtext

import "github.com/aimo3/aimo3/engine/formula"

// Fit draws f in boxes of at most w cells, to stand below each other: one, if it fits,
// else several, broken before signs of relation, or else before plus and minus. What
// has no such place is wider.
func Fit(f formula.Formula, set Charset, w int) []Box {
	whole := Display(f, set)
	row, ok := f.Body.(formula.Row)
	if whole.Width <= w || !ok || f.Tag != nil {
		return []Box{whole}
	}
	d := drawer{writer: writer{set: set}, cells: maxCells}
	var out []Box
	rest := row.Kids
	for len(rest) > 0 {
		n, b := d.longest(rest, w)
		out, rest = append(out, b), rest[n:]
		if d.cells < 0 {
			return []Box{whole}
		}
	}
	return out
}

// longest draws as many parts as fit into w cells, and at least one stretch.
func (d *drawer) longest(kids []formula.Node, w int) (n int, b Box) {
	at := breaks(kids)
	low, high := 0, len(at)-1 // at[low] fits, or is the first
	for low < high {
		middle := (low + high + 1) / 2
		if d.row(kids[:at[middle]]).Width <= w {
			low = middle
		} else {
			high = middle - 1
		}
	}
	for k := low; k > 0 && at[low] < len(kids); k-- { // a relation is a better place than a sign
		if l, _ := edges(kids[at[k]]); l == formula.Rel {
			low = k
			break
		}
	}
	return at[low], d.row(kids[:at[low]])
}

// breaks are the places before which a row may be broken, and its end.
func breaks(kids []formula.Node) []int {
	var at []int
	for i, k := range kids {
		if l, _ := edges(k); i > 0 && (l == formula.Rel || l == formula.Bin) {
			at = append(at, i)
		}
	}
	return append(at, len(kids))
}
