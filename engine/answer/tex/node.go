// Package tex reads the mathematics of an answer, written in LaTeX, in plain
// text or in a mixture of both, into a tree that says what it means. It is used
// to compare answers and to draw them.
//
// Everything about it is bounded, in bytes, tokens, depth and nodes. Text that
// goes beyond that, or is no mathematics, is an error and never a guess.
//
// A text is read in three steps, none of which looks back. fold writes the
// characters of Unicode in ASCII by their meaning. The scanner cuts that into
// tokens that know what they do: numerals with their separators gone, names,
// functions, words, signs. What only arranges an answer, as spaces and sizes do,
// makes no token. Whether a run of letters is a word, a unit, a function or a
// product of names is decided there, since it hangs on the letters alone and on
// what is before them. The parser descends from lists through relations, unions
// of sets, ratios, sums and products to primary expressions. A text of which
// that leaves anything over is one of words if there are words in it.
package tex

// Op is what a Node is.
type Op uint8

// The kinds of nodes. The arguments that each has are given after it.
//
// What is only a manner of writing is gone: 1\frac12 is the Sum of 1 and 1/2,
// 1e5 the Product of 1 and 10^5, \sin^2 x a Power of a Call, |A| of a Matrix its
// Determinant, and a rough value behind \approx is dropped where something exact
// stands before it. Where two readings are possible one of them is given, always
// the same: (a, b) is a Tuple and never an open Interval, [a, b] an Interval and
// never a list of two, and x = 1, 2 a List of a Relation and a Num.
const (
	Num         Op = iota // a decimal numeral as written, in ASCII digits: Text "12", "0.5", ".5"; no sign
	Repeating             // a decimal with a repeating end: Text "0.1(6)"
	Name                  // a variable, a constant or a set: Text "x", "f'", "\pi", "\infty", "\ldots", "\overline{abc}", "\mathbb{Z}", "\mathbb{Z}^+"; Args: subscripts, if any
	Words                 // text that is no mathematics: Text, trimmed, single-spaced, without a full stop; "" where nothing stands, as before the sign in \mathbb{Z}_{>0}
	Sum                   // Args added up, two or more; a subtracted one is a Neg
	Neg                   // -Args[0]
	PlusMinus             // Args[0] ± Args[1], or ±Args[0]; Text is "\pm" or "\mp"
	Product               // Args multiplied, two or more; Text "ABC" where they are but capital letters side by side
	Quotient              // Args[0] / Args[1]
	Power                 // Args[0] to the Args[1]
	Root                  // the Args[1]-th root of Args[0]; with one Arg the square root
	Call                  // the function Text of Args: "sin", "arcsin", "ln", "log", "lg", "gcd", "floor", "ceil", "abs", "norm"; of no known meaning "f", "f'", "f^{-1}", "a_{n}", "\phi", "\operatorname{SVD}"; "\sum" and "\prod" of a range in Args[0] that has no two bounds; "\underbrace" of Args[0] with its label
	Logarithm             // the logarithm of Args[1] to the base Args[0]
	Factorial             // Args[0]!; Text is "!" or "!!"
	Binomial              // Args[0] over Args[1]
	BigSum                // the sum of Args[3] for the name Args[0] from Args[1] to Args[2]
	BigProd               // the product, likewise
	Integral              // of Args[0] by the name Args[1], and from Args[2] to Args[3] if there are four
	Limit                 // of Args[2] for the name Args[0] going to Args[1]; Text is "+" or "-" from one side
	Degrees               // Args[0] degrees of angle
	Percent               // Args[0] per cent
	Quantity              // Args[0] with the unit Text: "cm^2", "km/h", "$"; after a number also any other words, "apples"
	Radix                 // the numeral Text in the base Args[0], a Num: "1010" in base 2, "3AF" in base 16
	Ratio                 // Args[0] : Args[1] : ..., two or more
	List                  // Args side by side, separated by commas or words, without brackets of their own or, three and more, in square ones; Text is "," for two numerals with a bare comma between, 2,74, which may be one decimal, and \land or \lor where one joins all
	Tuple                 // (Args), two or more
	Set                   // {Args}
	SetOf                 // {Args[0] : Args[1]}, those of the first for which the second holds
	Interval              // from Args[0] to Args[1]; Text is the two brackets: "()", "[)", "(]", "[]"
	Union                 // Args united
	Intersect             // Args intersected
	Minus                 // the set Args[0] without Args[1]
	Matrix                // Args are rows, each a Row of entries of one length; a column vector has rows of one
	Row                   // one row of a Matrix
	Determinant           // of the Matrix Args[0]
	Relation              // Args[0] Text Args[1]: = \ne < \le > \ge \in \notin \ni \equiv \approx \cong \sim \propto \mid \nmid \subset \subseteq \supset \supseteq \to \mapsto \perp \parallel \ll \gg \Rightarrow \Leftrightarrow, some with \not before them; a chain is an And
	Congruence            // Args[0] ≡ Args[1] modulo Args[2]; Text is "\not" where it is not
	Mod                   // the remainder of Args[0] by Args[1]
	And                   // all of Args hold: systems, chains a < b < c, of which each Relation begins with the very Node that ends the one before
	Or                    // one of Args holds: "x = 1 or x = 2"
	Cases                 // Args are pairs of value and condition, each a Tuple; a missing condition is Words ""
	Empty                 // the empty set
)

// Node is one part of an expression. Nodes are never changed once read, and may
// be shared.
type Node struct {
	Op   Op
	Text string
	Args []*Node
}

// Walk calls visit with n and everything below it, from the outside inwards and
// from left to right. What is below a node for which visit is false is left out.
func (n *Node) Walk(visit func(*Node) bool) {
	if !visit(n) {
		return
	}
	for _, a := range n.Args {
		a.Walk(visit)
	}
}
