package mathtext

import "github.com/aimo3/aimo3/engine/formula"

// accent draws a mark on its body: a combining one, or a line above or below.
func (d *drawer) accent(n formula.Accent) Box {
	body := d.box(n.Body)
	if _, ok := marks[n.Mark]; ok && d.set == Unicode && len(body.Lines) == 1 && body.Width == 1 {
		return d.box1(d.writer.accent(n))
	}
	line := d.over(n.Mark, max(body.Width, 1))
	if line == "" {
		return d.box1(d.writer.accent(n))
	}
	mark := Box{Lines: []string{line}, Width: Width(line)}
	if n.Under {
		return beneath(body.Baseline, centered, body, mark)
	}
	return beneath(body.Baseline+1, centered, mark, body)
}

// over is a mark as long as w cells; empty if there is none.
func (d *drawer) over(mark string, w int) string {
	line := rule(d.pick("─", "_"), w).Lines[0]
	arrow := func(left, right string) string {
		dash := d.pick("─", "-")
		return left + rule(dash, max(w-Width(left)-Width(right), 0)).Lines[0] + right
	}
	switch mark {
	case "overline", "bar", "underbar":
		return line
	case "underline":
		return rule(d.pick("─", "-"), w).Lines[0]
	case "overrightarrow", "vec", "underrightarrow":
		return arrow("", d.pick("→", ">"))
	case "overleftarrow", "underleftarrow":
		return arrow(d.pick("←", "<"), "")
	case "overleftrightarrow":
		return arrow(d.pick("←", "<"), d.pick("→", ">"))
	case "overparen", "overarc", "wideparen", "overgroup":
		return d.pick("╭", "/") + rule(d.pick("─", "-"), max(w-2, 0)).Lines[0] + d.pick("╮", `\`)
	case "widehat", "hat":
		return d.pick("∧", "^")
	case "widetilde", "tilde", "utilde":
		return "~"
	case "widecheck", "check":
		return d.pick("∨", "v")
	case "grave":
		return "`"
	case "acute":
		return d.pick("´", "'")
	case "breve":
		return d.pick("˘", "")
	case "mathring":
		return d.pick("˚", "o")
	case "dddot":
		return d.pick("⋯", "...")
	case "dot":
		return d.pick("˙", ".")
	case "ddot":
		return d.pick("¨", "..")
	}
	return ""
}
