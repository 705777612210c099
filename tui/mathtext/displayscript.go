package mathtext

import "github.com/aimo3/aimo3/engine/formula"

// scripts draws a base with its scripts: in small glyphs if all of them have one, else
// on lines of their own.
func (d *drawer) scripts(n formula.Scripts) Box {
	base := d.base(n.Body)
	if n.Limits {
		return d.limits(base, n.Sub, n.Sup)
	}
	tall, up, down := len(base.Lines) > 1, base.above(), base.below()
	if tall && marked(n.Body) && down == 0 { // scripts stand beside the letter, not its mark
		tall, up = false, 0
	}
	if !tall {
		if sub, sup, ok := d.pair(n); ok {
			return beside([]Box{base, d.box1(sub + sup)}, []int{0, 0})
		}
	}
	var side []Box
	if n.Sup != nil {
		b := d.script(n.Sup)
		b = lifted(b, up, tall)
		side = append(side, b)
	}
	if n.Sub != nil {
		b := d.script(n.Sub)
		b = sunken(b, down, tall)
		side = append(side, b)
	}
	return beside([]Box{base, over(side)}, []int{0, 0})
}

// marked tells what has a mark above it.
func marked(n formula.Node) bool {
	if r, ok := n.(formula.Row); ok && len(r.Kids) == 1 {
		n = r.Kids[0]
	}
	_, ok := n.(formula.Accent)
	return ok
}

// base draws what scripts stand on.
func (d *drawer) base(n formula.Node) Box {
	if r, ok := n.(formula.Row); ok && len(r.Kids) == 1 {
		n = r.Kids[0]
	}
	switch n := n.(type) {
	case formula.Root:
		return d.barred(n)
	case formula.Fraction:
		if n.Line {
			return d.around("(", d.box(n), ")")
		}
	}
	return d.box(n)
}

// lifted is b so that its last line is that of the top of a base with up lines above
// its own, or the one above it if the base is low.
func lifted(b Box, up int, tall bool) Box {
	b.Baseline = len(b.Lines) - 1 + up
	if !tall {
		b.Baseline++
	}
	return b
}

// sunken is the same for below.
func sunken(b Box, down int, tall bool) Box {
	b.Baseline = -down
	if !tall {
		b.Baseline--
	}
	return b
}

// over joins boxes that stand in one column, each at its height.
func over(side []Box) Box {
	if len(side) == 0 {
		return Box{}
	}
	up, down, w := 0, 0, 0
	for _, b := range side {
		up, down, w = max(up, b.Baseline), max(down, len(b.Lines)-1-b.Baseline), max(w, b.Width)
	}
	out := Box{Width: w, Baseline: up}
	for y := -up; y <= down; y++ {
		line := ""
		for _, b := range side {
			if at := y + b.Baseline; at >= 0 && at < len(b.Lines) {
				line = b.Lines[at]
			}
		}
		out.Lines = append(out.Lines, line+blanks(w-Width(line)))
	}
	return out
}

// limits draws scripts below and above.
func (d *drawer) limits(base Box, sub, sup formula.Node) Box {
	boxes, at := []Box{base}, base.Baseline
	if sup != nil {
		b := d.script(sup)
		boxes, at = append([]Box{b}, boxes...), at+len(b.Lines)
	}
	if sub != nil {
		boxes = append(boxes, d.script(sub))
	}
	return beneath(at, centered, boxes...)
}

// operator draws a sum, product or integral.
func (d *drawer) operator(n formula.Symbol) Box {
	if d.tight {
		return d.box1(d.glyph(n))
	}
	if d.set == ASCII {
		return d.operatorASCII(n)
	}
	switch n.Glyph {
	case "∑":
		return column(1, "───", "╲  ", "╱  ", "───")
	case "∏":
		return column(1, "┬─┬", "│ │", "│ │")
	case "∐":
		return column(1, "│ │", "│ │", "┴─┴")
	case "∫":
		return column(1, "⌠", "⎮", "⌡")
	case "∬":
		return column(1, "⌠⌠", "⎮⎮", "⌡⌡")
	case "∭":
		return column(1, "⌠⌠⌠", "⎮⎮⎮", "⌡⌡⌡")
	case "⨌":
		return column(1, "⌠⌠⌠⌠", "⎮⎮⎮⎮", "⌡⌡⌡⌡")
	case "∫⋯∫":
		return column(1, "⌠   ⌠", "⎮ ⋯ ⎮", "⌡   ⌡")
	case "∮":
		return column(1, "⌠", "∮", "⌡")
	}
	return d.box1(n.Glyph)
}

func (d *drawer) operatorASCII(n formula.Symbol) Box {
	switch n.Glyph {
	case "∑":
		return column(1, "---", `\  `, "/  ", "---")
	case "∏":
		return column(1, "___", "| |", "| |")
	case "∫":
		return column(1, " /", "| ", "/ ")
	}
	return d.box1(d.glyph(n))
}

// stack draws small things above and below, with a brace between if there is one.
func (d *drawer) stack(n formula.Stack) Box {
	body := d.box(n.Body)
	var over, under Box
	if n.Over != nil {
		over = d.script(n.Over)
	}
	if n.Under != nil {
		under = d.script(n.Under)
	}
	if s, ok := n.Body.(formula.Symbol); ok && n.Class == formula.Rel {
		body = d.stretched(s, body, max(over.Width, under.Width))
	}
	boxes, base := []Box{body}, body.Baseline
	if n.Brace && n.Above {
		boxes, base = append([]Box{d.brace(body.Width, true)}, boxes...), base+1
	}
	if n.Brace && !n.Above {
		boxes = append(boxes, d.brace(body.Width, false))
	}
	if n.Over != nil {
		boxes, base = append([]Box{over}, boxes...), base+len(over.Lines)
	}
	if n.Under != nil {
		boxes = append(boxes, under)
	}
	return beneath(base, centered, boxes...)
}

// stretched is an arrow as long as what stands on it.
func (d *drawer) stretched(s formula.Symbol, body Box, w int) Box {
	switch s.Name {
	case "xrightarrow", "longrightarrow":
		return d.box1(d.over("overrightarrow", w+2))
	case "xleftarrow", "longleftarrow":
		return d.box1(d.over("overleftarrow", w+2))
	case "xleftrightarrow":
		return d.box1(d.over("overleftrightarrow", w+2))
	}
	return body
}

// brace is a brace that lies.
func (d *drawer) brace(w int, above bool) Box {
	if d.set == ASCII {
		return rule("~", max(w, 1))
	}
	if w < 3 {
		return d.box1(map[bool]string{true: "⏞", false: "⏟"}[above])
	}
	left := (w - 3) / 2
	ends, middle := [2]string{"╰", "╯"}, "┬"
	if above {
		ends, middle = [2]string{"╭", "╮"}, "┴"
	}
	dash := func(n int) string { return rule("─", n).Lines[0] }
	return d.box1(ends[0] + dash(left) + middle + dash(w-3-left) + ends[1])
}
