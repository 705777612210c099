// Package formula reads LaTeX mathematics into a tree of what stands where, from
// which front ends draw it.
//
//	f := formula.Parse(`\frac{a+b}{2}`, nil)
//	f.Body // a Row with one Fraction
//	f.Whole // true: all of it could be read
//
// It keeps layout and knows no values: engine/answer/tex is for those. What it does
// not know, or what is not well formed, becomes a Source, the exact text as it was
// written, so nothing is lost: a command that is unknown becomes one with its
// arguments, and a formula whose braces or environments do not match becomes one as a
// whole. A drawing is therefore never wrong, at worst not drawn.
//
// Find tells formulas in a text from the words around them.
//
// Everything here is a pure function, safe to call from several goroutines. Work is
// bounded by maxBytes, maxTokens, maxExpansions and maxDepth, whatever the text; what
// is past a bound is a Source.
package formula

// The bounds of one formula.
const (
	maxBytes      = 64 << 10 // of its source
	maxTokens     = 32 << 10 // after macros were expanded
	maxExpansions = 1000     // of macros
	maxDepth      = 60       // of groups, scripts and tables in each other
)

// Formula is one formula, read.
type Formula struct {
	Source  string // as it was written, without the delimiters around it
	Body    Node
	Tag     Node // what \tag gives it, or nil
	Whole   bool // no part of Body is a Source
	Display bool // it begins with a command that asks for display, as an environment does
}

// Parse reads the source of one formula, without the delimiters around it. macros are
// those that the text before it defined, or nil.
func Parse(source string, macros Macros) Formula {
	f := Formula{Source: source, Body: Source{Text: source}}
	if len(source) > maxBytes {
		return f
	}
	toks := scan(source)
	toks, ok := expand(toks, macros)
	if !ok {
		return f
	}
	p := &parser{toks: toks}
	body := p.lines()
	if p.failed {
		return f
	}
	f.Body, f.Tag, f.Whole, f.Display = body, p.tag, !p.strange, p.display
	return f
}
