package pane

// Rect is a place on the screen, in cells.
type Rect struct{ X, Y, W, H int }

// Has says whether a cell is in r.
func (r Rect) Has(x, y int) bool {
	return x >= r.X && x < r.X+r.W && y >= r.Y && y < r.Y+r.H
}

// Share is what one part asks of a split: at least Min, and of the whole in
// proportion to Weight. Weight 0 means Min and no more.
type Share struct{ Weight, Min int }

// SplitH divides r into columns, left to right, that tile it exactly. Where
// there is too little room, the last columns give way first, down to nothing.
func (r Rect) SplitH(shares ...Share) []Rect {
	parts := make([]Rect, len(shares))
	x := r.X
	for i, w := range divide(r.W, shares) {
		parts[i] = Rect{x, r.Y, w, r.H}
		x += w
	}
	return parts
}

// SplitV divides r into rows, top down, as SplitH does into columns.
func (r Rect) SplitV(shares ...Share) []Rect {
	parts := make([]Rect, len(shares))
	y := r.Y
	for i, h := range divide(r.H, shares) {
		parts[i] = Rect{r.X, y, r.W, h}
		y += h
	}
	return parts
}

// divide gives each share its size; the sizes add up to total. A share whose
// part by weight is under its minimum gets the minimum, and the others divide
// the rest. What nobody wants goes to the last.
func divide(total int, shares []Share) []int {
	sizes := make([]int, len(shares))
	settled := make([]bool, len(shares))
	room := max(total, 0)
	for again := true; again; {
		again = false
		weights, rest := 0, room
		for i, s := range shares {
			if !settled[i] {
				weights += max(s.Weight, 0)
			}
		}
		for i, s := range shares {
			if settled[i] || s.Weight > 0 && rest*s.Weight >= s.Min*weights {
				continue
			}
			sizes[i] = min(max(s.Min, 0), room)
			settled[i] = true
			room -= sizes[i]
			again = true
		}
	}
	if left := spread(room, shares, sizes, settled); len(sizes) > 0 {
		sizes[len(sizes)-1] += left
	}
	return sizes
}

// spread divides room among the shares not settled, by weight, and returns what
// is left. Rounding is carried along so that all of it is given.
func spread(room int, shares []Share, sizes []int, settled []bool) (left int) {
	weights := 0
	for i, s := range shares {
		if !settled[i] {
			weights += s.Weight
		}
	}
	left = room
	for i, s := range shares {
		if settled[i] {
			continue
		}
		sizes[i] = left * s.Weight / weights
		left -= sizes[i]
		weights -= s.Weight
	}
	return left
}
