package mathtext

import (
	"strings"

	"github.com/aimo3/aimo3/engine/formula"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// drawer draws formulas in two dimensions.
type drawer struct {
	writer
	cells int // what boxes may still take; below zero, drawing ends
}

// box1 is a box of one text, of several lines if it has several.
func (d *drawer) box1(s string) Box {
	s = termsafe.Expand(termsafe.Clean(s), 4)
	if strings.IndexByte(s, '\n') < 0 {
		return Box{Lines: []string{s}, Width: Width(s)}
	}
	lines := strings.Split(s, "\n")
	boxes := make([]Box, len(lines))
	for i, l := range lines {
		boxes[i] = Box{Lines: []string{l}, Width: Width(l)}
	}
	return beneath((len(lines)-1)/2, flushLeft, boxes...)
}

// box draws n, and counts what that takes.
func (d *drawer) box(n formula.Node) Box {
	if d.cells < 0 {
		return Box{Lines: []string{""}}
	}
	b := d.drawn(n)
	d.cells -= (b.Width + 1) * len(b.Lines)
	return b
}

func (d *drawer) drawn(n formula.Node) Box {
	switch n := n.(type) {
	case formula.Row:
		return d.row(n.Kids)
	case formula.Symbol:
		if n.Class == formula.Big {
			return d.operator(n)
		}
		return d.box1(d.glyph(n))
	case formula.Fraction:
		return d.fraction(n)
	case formula.Scripts:
		return d.scripts(n)
	case formula.Root:
		return d.root(n)
	case formula.Fence:
		return d.fence(n)
	case formula.Table:
		return d.table(n)
	case formula.Accent:
		return d.accent(n)
	case formula.Stack:
		return d.stack(n)
	case formula.Boxed:
		return d.boxed(d.box(n.Body))
	case formula.Phantom:
		return Box{Lines: []string{blanks(d.box(n.Body).Width)}, Width: d.box(n.Body).Width}
	case formula.Struck:
		return d.struck(n)
	}
	return d.box1(d.node(n))
}

func (d *drawer) row(kids []formula.Node) Box {
	parts := place(kids)
	boxes, gaps := make([]Box, len(parts)), make([]int, len(parts))
	for i, p := range parts {
		boxes[i], gaps[i] = d.box(p.node), p.gap
		if d.tight && p.gap == 1 && !worded(p.node) && (i == 0 || !worded(parts[i-1].node)) && !tall(boxes[i], boxes[max(i-1, 0)]) {
			gaps[i] = 0
		}
		if f, ok := core(p.node).(formula.Fraction); ok && f.Line && i > 0 && gaps[i] == 0 && strings.HasSuffix(boxes[i-1].Lines[boxes[i-1].Baseline], d.pick("−", "-")) {
			gaps[i] = 1
		}
		if i > 0 && gaps[i] == 0 && len(boxes[i].Lines) == 1 && len(boxes[i-1].Lines) == 1 && d.clash(boxes[i-1].Lines[0], boxes[i].Lines[0]) {
			gaps[i] = 1
		}
	}
	return beside(boxes, gaps)
}

func tall(a, b Box) bool { return len(a.Lines) > 1 || len(b.Lines) > 1 }

// script draws something small.
func (d *drawer) script(n formula.Node) Box {
	saved := d.tight
	d.tight = true
	b := d.box(n)
	d.tight = saved
	return b
}

// fraction draws a bar as wide as what stands above and below it, and wider than a bar
// in these.
func (d *drawer) fraction(f formula.Fraction) Box {
	over, under := d.box(f.Over), d.box(f.Under)
	w := max(over.Width, under.Width)
	if !f.Line {
		b := beneath(len(over.Lines), centered, over, Box{Lines: []string{blanks(w)}, Width: w}, under)
		return d.around(f.Left, b, f.Right)
	}
	if tall(over, under) {
		w += 2
	}
	bar := d.pick("─", "-")
	return beneath(len(over.Lines), centered, over, rule(bar, max(w, 1)), under)
}

// pick is one of two glyphs by the charset.
func (d *drawer) pick(unicode, ascii string) string {
	if d.set == ASCII {
		return ascii
	}
	return unicode
}

// root draws a root: with a bar over it, unless it is of one number or letter.
func (d *drawer) root(n formula.Root) Box {
	if line := d.writer.root(n); d.set == Unicode && compact(n.Body) && !strings.ContainsAny(line, "[(") {
		return d.box1(line)
	}
	return d.barred(n)
}

// barred draws a root with a bar over it.
func (d *drawer) barred(n formula.Root) Box {
	body := d.box(n.Body)
	h := len(body.Lines)
	index := Box{Lines: []string{""}}
	if n.Index != nil {
		index = d.script(n.Index)
	}
	w := max(index.Width, 1)
	left := make([]string, max(h+1, len(index.Lines)+1))
	for i := range left {
		left[i] = blanks(w)
	}
	last := len(left) - 1
	left[last] = blanks(w-1) + d.pick("√", `\`)
	for i, l := range index.Lines {
		left[last-len(index.Lines)+i] = blanks(w-index.Width) + l
	}
	base := body.Baseline + 1 // from the roof
	sign := Box{Lines: left, Width: w, Baseline: last - h + base}
	bar := make([]string, h+1)
	for i := range bar {
		bar[i] = d.pick("│", "|")
	}
	bar[0] = d.pick("┌", " ")
	roof := beneath(base, flushLeft, rule(d.pick("─", "_"), body.Width+1), body.widened(0, 1))
	return beside([]Box{sign, column(base, bar...), roof}, []int{0, 0, 0})
}

// compact tells a number or a letter.
func compact(n formula.Node) bool {
	for _, k := range kidsOf(n) {
		s, ok := k.(formula.Symbol)
		if !ok || s.Class != formula.Ord {
			return false
		}
	}
	kids := kidsOf(n)
	return len(kids) == 1 || len(kids) > 0 && numeral(kids)
}

func numeral(kids []formula.Node) bool {
	for _, k := range kids {
		if s, ok := k.(formula.Symbol); !ok || !digits(s.Glyph) {
			return false
		}
	}
	return true
}

// boxed draws a frame.
func (d *drawer) boxed(b Box) Box {
	h, v := d.pick("─", "-"), d.pick("│", "|")
	out := Box{Width: b.Width + 4, Baseline: b.Baseline + 1}
	out.Lines = append(out.Lines, d.pick("┌", "+")+strings.Repeat(h, b.Width+2)+d.pick("┐", "+"))
	for _, l := range b.Lines {
		out.Lines = append(out.Lines, v+" "+l+" "+v)
	}
	out.Lines = append(out.Lines, d.pick("└", "+")+strings.Repeat(h, b.Width+2)+d.pick("┘", "+"))
	return out
}

func (d *drawer) struck(n formula.Struck) Box {
	b := d.box(n.Body)
	if len(b.Lines) == 1 || d.set == ASCII {
		return d.box1(d.writer.struck(n))
	}
	b = d.around("╱", b, "╱")
	if n.To == nil {
		return b
	}
	return beside([]Box{b, d.box1("→"), d.box(n.To)}, []int{0, 0, 0})
}

// tagged puts a tag behind b.
func (d *drawer) tagged(b Box, tag formula.Node) Box {
	return beside([]Box{b, d.box1("(" + d.node(tag) + ")")}, []int{0, 4})
}
