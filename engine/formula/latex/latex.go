// Package latex writes formulas and text as LaTeX that compiles, whatever they hold.
//
//	latex.Of(formula.Parse(`\frac ab`, nil)) // "\frac{a}{b}", true
//	latex.Text("50% of é")                   // `50\% of \'{e}`
//
// A formula is written anew from its tree, by an allow list of commands: nothing that a
// model wrote reaches TeX as it stands, so no command of its own can, and braces and
// environments are matched. A formula with a part that cannot be written so is refused,
// and is to be shown as text.
//
// What comes out is ASCII. It needs the packages amsmath and amssymb, and Preamble.
// Everything here is a pure function.
package latex

import (
	"strings"

	"github.com/aimo3/aimo3/engine/formula"
)

// Preamble defines what Of and Text use beside amsmath and amssymb: \aimochar, which
// shows a character by its code point unless a font has it, and \aimostruck, which strikes
// a formula through.
const Preamble = `\newcommand{\aimocode}[1]{{\fboxsep1pt\fbox{\scriptsize\ttfamily U+#1}}}
\newcommand{\aimochar}[1]{\aimocode{#1}}
\newif\ifaimofonts
\ifdefined\Umathcharnumdef\IfFileExists{fontspec.sty}{\aimofontstrue}{}\fi
\ifaimofonts
\usepackage{fontspec}
\newcommand{\aimofont}{}
\newcommand{\aimotry}[1]{\IfFontExistsTF{#1}{\renewfontfamily{\aimofont}{#1}}{}}
\aimotry{DejaVu Sans}\aimotry{FreeSerif}\aimotry{Noto Sans CJK SC}\aimotry{Noto Serif CJK SC}
\renewcommand{\aimochar}[1]{{\aimofont\iffontchar\font"#1 \char"#1 \else\aimocode{#1}\fi}}
\fi
\newcommand{\aimostruck}[1]{\mathord{\mbox{\setbox0\hbox{$#1$}\rlap{\rule[.5ex]{\wd0}{.4pt}}\box0}}}
`

// The bounds of what is written: TeX has room for so many groups in each other, and sets
// what is in some commands four times, so that their cost grows by the power of their depth.
const (
	maxDepth  = 24
	maxCostly = 3
)

// Of writes f for math mode; false if some of it cannot be.
func Of(f formula.Formula) (string, bool) {
	if !f.Whole {
		return "", false
	}
	w := &writer{}
	w.node(f.Body)
	if f.Tag != nil {
		w.WriteString(`\qquad (`)
		w.node(f.Tag)
		w.WriteString(")")
	}
	return strings.TrimSpace(w.String()), !w.failed
}

type writer struct {
	strings.Builder
	depth, costly int
	failed        bool
}

// group writes nodes in braces.
func (w *writer) group(n formula.Node) {
	w.WriteByte('{')
	w.node(n)
	w.WriteByte('}')
}

// command writes a command with its arguments.
func (w *writer) command(name string, arguments ...formula.Node) {
	w.WriteString(`\` + name)
	for _, a := range arguments {
		w.group(a)
	}
}

// costing writes a command that TeX sets several times.
func (w *writer) costing(write func()) {
	if w.costly++; w.costly > maxCostly {
		w.failed = true
		return
	}
	write()
	w.costly--
}

// node writes n. Once something has failed the rest is left out.
func (w *writer) node(n formula.Node) {
	if w.depth++; w.depth > maxDepth {
		w.failed = true
	}
	defer func() { w.depth-- }()
	if w.failed {
		return
	}
	switch n := n.(type) {
	case nil:
	case formula.Row:
		for _, k := range n.Kids {
			w.node(k)
		}
	case formula.Symbol:
		w.symbol(n)
	case formula.Text:
		w.WriteString(`\text{` + Text(n.Words) + "}")
	case formula.Styled:
		w.WriteString(`\` + alphabet(n) + "{" + n.Letter + "}")
	case formula.Space:
		w.WriteString(spaces[min(max(n.Cells, 0), len(spaces)-1)])
	case formula.Phantom:
		w.costing(func() { w.command("phantom", n.Body) })
	case formula.Boxed:
		w.command("boxed", n.Body)
	case formula.Struck:
		if w.command("aimostruck", n.Body); n.To != nil {
			w.WriteString(`\to `)
			w.node(n.To)
		}
	default:
		w.structure(n)
	}
}

// spaces are by their cells.
var spaces = []string{"", `\ `, `\quad `, `\quad `, `\qquad `}

// alphabet is the command for the alphabet of a letter. Those of LaTeX have capitals only,
// and show other signs in the place of the rest.
func alphabet(n formula.Styled) string {
	capital := 'A' <= n.Letter[0] && n.Letter[0] <= 'Z'
	switch {
	case n.Alphabet == "frak":
		return "mathfrak"
	case n.Alphabet == "bb" && capital:
		return "mathbb"
	case n.Alphabet == "cal" && capital:
		return "mathcal"
	case n.Alphabet == "cal":
		return "mathit"
	}
	return "mathbf"
}
