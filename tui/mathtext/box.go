package mathtext

import "strings"

// Box is text in two dimensions. Its zero value takes no room.
type Box struct {
	Lines    []string // all of Width cells; shared with other boxes, so never written to
	Width    int
	Baseline int // which line is in line with the text around
}

// above and below are how many lines stand above and below the base line.
func (b Box) above() int { return b.Baseline }
func (b Box) below() int { return max(len(b.Lines)-1-b.Baseline, 0) }

// blanks is n spaces.
func blanks(n int) string {
	const some = "                                                                                "
	if n <= len(some) {
		return some[:max(n, 0)]
	}
	return strings.Repeat(" ", n)
}

// beside puts boxes next to each other, on one base line, with the gaps before them.
func beside(boxes []Box, gaps []int) Box {
	if len(boxes) == 1 && gaps[0] == 0 {
		return boxes[0]
	}
	up, down := 0, 0
	out := Box{}
	for i, b := range boxes {
		up, down = max(up, b.above()), max(down, b.below())
		out.Width += b.Width + gaps[i]
	}
	if len(boxes) == 0 {
		return Box{Lines: []string{""}}
	}
	out.Baseline = up
	for y := range up + down + 1 {
		var line strings.Builder
		for i, b := range boxes {
			line.WriteString(blanks(gaps[i]))
			if at := y - up + b.Baseline; at >= 0 && at < len(b.Lines) {
				line.WriteString(b.Lines[at])
			} else {
				line.WriteString(blanks(b.Width))
			}
		}
		out.Lines = append(out.Lines, line.String())
	}
	return out
}

// beneath puts boxes below each other, each at its place in the widest one. Baseline is the
// line of the whole that is in line with the text.
func beneath(base int, align func(room int) int, boxes ...Box) Box {
	out := Box{Baseline: base}
	for _, b := range boxes {
		out.Width = max(out.Width, b.Width)
	}
	for _, b := range boxes {
		left := align(out.Width - b.Width)
		for _, l := range b.Lines {
			out.Lines = append(out.Lines, blanks(left)+l+blanks(out.Width-b.Width-left))
		}
	}
	return out
}

func centered(room int) int { return room / 2 }
func flushLeft(int) int     { return 0 }
func flushRight(room int) int {
	return room
}

// widened is b with room on its sides.
func (b Box) widened(left, right int) Box {
	if left == 0 && right == 0 {
		return b
	}
	out := Box{Width: b.Width + left + right, Baseline: b.Baseline, Lines: make([]string, len(b.Lines))}
	for i, l := range b.Lines {
		out.Lines[i] = blanks(left) + l + blanks(right)
	}
	return out
}

// column is one glyph a line.
func column(base int, glyphs ...string) Box {
	b := Box{Lines: glyphs, Baseline: base}
	for _, g := range glyphs {
		b.Width = max(b.Width, Width(g))
	}
	return b
}

// rule is a line of n glyphs.
func rule(glyph string, n int) Box {
	return Box{Lines: []string{strings.Repeat(glyph, n)}, Width: n}
}
