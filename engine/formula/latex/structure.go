package latex

import (
	"strings"

	"github.com/aimo3/aimo3/engine/formula"
)

// structure writes what has parts in two dimensions.
func (w *writer) structure(n formula.Node) {
	switch n := n.(type) {
	case formula.Fraction:
		w.fraction(n)
	case formula.Root:
		w.root(n)
	case formula.Scripts:
		w.scripts(n)
	case formula.Stack:
		w.stack(n)
	case formula.Accent:
		w.accent(n)
	case formula.Fence:
		w.fence(n)
	case formula.Table:
		w.table(n)
	default: // a Source, which a whole formula has none of
		w.failed = true
	}
}

func (w *writer) fraction(n formula.Fraction) {
	switch {
	case n.Line:
		w.command("frac", n.Over, n.Under)
	case n.Left == "(" && n.Right == ")":
		w.command("binom", n.Over, n.Under)
	default:
		w.WriteString(`\genfrac{`)
		w.bracket(n.Left, "")
		w.WriteString("}{")
		w.bracket(n.Right, "")
		w.WriteString("}{0pt}{}")
		w.group(n.Over)
		w.group(n.Under)
	}
}

func (w *writer) root(n formula.Root) {
	if n.Index == nil {
		w.command("sqrt", n.Body)
		return
	}
	w.costing(func() {
		w.WriteString(`\sqrt[`)
		w.group(n.Index)
		w.WriteString("]")
		w.group(n.Body)
	})
}

// scripts writes a base with its scripts. A symbol stands bare, so that an operator keeps
// its limits.
func (w *writer) scripts(n formula.Scripts) {
	_, bare := n.Body.(formula.Symbol)
	if s, ok := n.Body.(formula.Stack); ok && s.Class == formula.Fun {
		bare = true
	}
	if bare {
		w.node(n.Body)
	} else {
		w.group(n.Body)
	}
	if n.Sub != nil {
		w.WriteByte('_')
		w.group(n.Sub)
	}
	if n.Sup != nil {
		w.WriteByte('^')
		w.group(n.Sup)
	}
}

// classes are the commands that tell TeX what a part is to its neighbours.
var classes = map[formula.Class]string{
	formula.Bin: "mathbin", formula.Rel: "mathrel", formula.Open: "mathopen", formula.Close: "mathclose",
	formula.Punct: "mathpunct", formula.Fun: "mathop", formula.Big: "mathop", formula.Inner: "mathinner",
}

func (w *writer) stack(n formula.Stack) {
	if n.Brace {
		w.brace(n)
		return
	}
	if s, ok := n.Body.(formula.Symbol); ok && (s.Name == "xrightarrow" || s.Name == "xleftarrow") {
		w.WriteString(`\` + s.Name + "[")
		w.group(n.Under)
		w.WriteString("]")
		w.group(n.Over)
		return
	}
	if c := classes[n.Class]; c != "" {
		w.WriteString(`\` + c)
	}
	w.WriteByte('{')
	if n.Over != nil {
		w.command("overset", n.Over)
		w.WriteByte('{')
	}
	if n.Under != nil {
		w.command("underset", n.Under)
	}
	w.group(n.Body)
	if n.Over != nil {
		w.WriteByte('}')
	}
	w.WriteByte('}')
}

// brace writes a brace above or below a body, with what is beyond it.
func (w *writer) brace(n formula.Stack) {
	name, label, sign := "underbrace", n.Under, "_"
	if n.Above {
		name, label, sign = "overbrace", n.Over, "^"
	}
	if w.command(name, n.Body); label != nil {
		w.WriteString(sign)
		w.group(label)
	}
}

// accents are the commands for marks by their names in formulas; those with a space stand
// above or below by another command.
var accents = map[string]string{
	"hat": "hat", "widehat": "widehat", "bar": "bar", "overline": "overline", "tilde": "tilde", "widetilde": "widetilde",
	"vec": "vec", "dot": "dot", "ddot": "ddot", "dddot": "dddot", "check": "check", "widecheck": "check", "breve": "breve",
	"acute": "acute", "grave": "grave", "mathring": "mathring", "underline": "underline", "underbar": "underline",
	"overrightarrow": "overrightarrow", "overleftarrow": "overleftarrow", "overleftrightarrow": "overleftrightarrow",
	"underrightarrow": "underrightarrow", "underleftarrow": "underleftarrow", "utilde": `underset{\sim}`,
	"overparen": `overset{\frown}`, "overarc": `overset{\frown}`, "wideparen": `overset{\frown}`, "overgroup": `overset{\frown}`,
}

func (w *writer) accent(n formula.Accent) {
	name, ok := accents[n.Mark]
	switch {
	case !ok:
		w.failed = true
	case strings.HasSuffix(name, "arrow"):
		w.costing(func() { w.command(name, n.Body) })
	default:
		w.command(name, n.Body)
	}
}

// brackets are those that TeX lets grow.
var brackets = map[string]string{
	"(": "(", ")": ")", "[": "[", "]": "]", "{": `\{`, "}": `\}`, "|": "|", "‖": `\|`, "/": "/", `\`: `\backslash `,
	"⌊": `\lfloor `, "⌋": `\rfloor `, "⌈": `\lceil `, "⌉": `\rceil `, "⟨": `\langle `, "⟩": `\rangle `,
	"⟮": `\lgroup `, "⟯": `\rgroup `, "⎰": `\lmoustache `, "⎱": `\rmoustache `, "↑": `\uparrow `, "↓": `\downarrow `,
	"↕": `\updownarrow `, "⇑": `\Uparrow `, "⇓": `\Downarrow `, "⇕": `\Updownarrow `, "⌜": `\ulcorner `, "⌝": `\urcorner `,
	"⌞": `\llcorner `, "⌟": `\lrcorner `,
}

// bracket writes one that grows; none where there is none.
func (w *writer) bracket(glyph, none string) {
	if glyph == "" {
		w.WriteString(none)
		return
	}
	b, ok := brackets[glyph]
	w.failed = w.failed || !ok
	w.WriteString(b)
}

func (w *writer) fence(n formula.Fence) {
	w.WriteString(`\left`)
	w.bracket(n.Left, ".")
	for i, k := range n.Kids {
		if i > 0 {
			w.WriteString(`\middle`)
			w.bracket(n.Middle[i-1], ".")
		}
		w.group(k)
	}
	w.WriteString(`\right`)
	w.bracket(n.Right, ".")
}
