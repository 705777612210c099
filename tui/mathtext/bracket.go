package mathtext

import "github.com/aimo3/aimo3/engine/formula"

// shape is how a bracket is drawn that is taller than a line.
type shape struct{ top, middle, bottom, heart string } // heart is empty if it is as the middle

var shapes = map[string]shape{
	"(": {"⎛", "⎜", "⎝", ""}, ")": {"⎞", "⎟", "⎠", ""},
	"[": {"⎡", "⎢", "⎣", ""}, "]": {"⎤", "⎥", "⎦", ""},
	"{": {"⎧", "⎪", "⎩", "⎨"}, "}": {"⎫", "⎪", "⎭", "⎬"},
	"⌊": {"⎢", "⎢", "⎣", ""}, "⌋": {"⎥", "⎥", "⎦", ""},
	"⌈": {"⎡", "⎢", "⎢", ""}, "⌉": {"⎤", "⎥", "⎥", ""},
	"|": {"│", "│", "│", ""}, "‖": {"║", "║", "║", ""},
	"⟨": {"╱", "⟨", "╲", ""}, "⟩": {"╲", "⟩", "╱", ""},
}

var shapesASCII = map[string]shape{
	"(": {"/", "|", `\`, ""}, ")": {`\`, "|", "/", ""},
	"[": {"[", "[", "[", ""}, "]": {"]", "]", "]", ""},
	"{": {"/", "|", `\`, "<"}, "}": {`\`, "|", "/", ">"},
	"⌊": {"|", "|", "L", ""}, "⌋": {"|", "|", "J", ""},
	"⌈": {"[", "|", "|", ""}, "⌉": {"]", "|", "|", ""},
	"|": {"|", "|", "|", ""}, "‖": {"||", "||", "||", ""},
	"⟨": {"/", "<", `\`, ""}, "⟩": {`\`, ">", "/", ""},
}

// tallBracket is a bracket of h lines.
func (d *drawer) tallBracket(glyph string, h, base int) Box {
	table := shapes
	if d.set == ASCII {
		table = shapesASCII
	}
	s, ok := table[glyph]
	switch {
	case glyph == "":
		return Box{Lines: make([]string, h), Baseline: base}
	case h <= 1:
		return d.box1(d.bracket(glyph))
	case !ok:
		lines := make([]string, h)
		for i := range lines {
			lines[i] = d.bracket(glyph)
		}
		return column(base, lines...)
	case h == 2 && s.heart != "" && d.set == Unicode:
		return column(base, map[string][]string{"{": {"⎰", "⎱"}, "}": {"⎱", "⎰"}}[glyph]...)
	}
	lines := make([]string, h)
	for i := range lines {
		lines[i] = s.middle
	}
	if s.heart != "" {
		lines[(h-1)/2] = s.heart
	}
	lines[0], lines[h-1] = s.top, s.bottom
	return column(base, lines...)
}

// around puts brackets about b, as tall as it is.
func (d *drawer) around(left string, b Box, right string) Box {
	h := len(b.Lines)
	boxes, gaps := []Box{}, []int{}
	if left != "" {
		boxes, gaps = append(boxes, d.tallBracket(left, h, b.Baseline)), append(gaps, 0)
	}
	boxes, gaps = append(boxes, b), append(gaps, 0)
	if right != "" {
		boxes, gaps = append(boxes, d.tallBracket(right, h, b.Baseline)), append(gaps, 0)
	}
	return beside(boxes, gaps)
}

// fence draws brackets as tall as the tallest of what is in them.
func (d *drawer) fence(n formula.Fence) Box {
	var boxes []Box
	up, down := 0, 0
	for _, k := range n.Kids {
		b := d.box(k)
		boxes = append(boxes, b)
		up, down = max(up, b.above()), max(down, b.below())
	}
	if len(boxes) == 1 {
		return d.around(n.Left, boxes[0], n.Right)
	}
	all, gaps := []Box{}, []int{}
	for i, b := range boxes {
		if i > 0 {
			all, gaps = append(all, d.tallBracket(n.Middle[i-1], up+down+1, up)), append(gaps, 1)
		}
		all, gaps = append(all, b), append(gaps, min(i, 1))
	}
	return d.around(n.Left, beside(all, gaps), n.Right)
}
