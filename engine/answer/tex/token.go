package tex

// role is what a token does in an expression, however it was written.
type role uint8

const (
	end        role = iota
	numeral         // text: ASCII digits with at most one point, no separators
	scientific      // text: "1.2e-5"
	repeating       // text: "0.1(6)"
	name            // text: "x", "\pi"
	unknown         // a command of no known meaning; text with its backslash
	word            // text that is no mathematics, or a unit; text: its words
	function        // text: "sin"
	callable        // a function that is one only before a parenthesis: "f", "binomial"
	logarithm       // \log
	plus
	minus
	plusMinus // text: "\pm" or "\mp"
	times
	slash
	power
	subscript
	prime
	bang
	percent
	degree
	money // text: "$", "€"
	openBrace
	closeBrace
	openParen
	closeParen
	openSquare
	closeSquare
	openSet
	closeSet
	bar       // | of unknown direction
	openBar   // \lvert, \left|
	closeBar  // \rvert, \right|
	openNorm  // \|
	openFloor // and closeFloor: ⌊ and ⌋
	closeFloor
	openCeil
	closeCeil
	openAngle
	closeAngle
	comma // text: "," or "and"
	semicolon
	or
	colon
	relation // text: as in Relation
	negated  // \not
	union
	intersect
	without
	remainder // \bmod
	modulo    // \pmod
	fraction  // \frac and its family
	binomial
	choose // {n \choose k}
	over   // {a \over b}
	root
	radical // √: takes the number or name after it
	summation
	production
	integral
	limit
	accent // text: "\overline"
	brace  // \underbrace, \overbrace
	begin  // text: the environment
	finish // \end; text: the environment
	ampersand
	newline
	empty
	styled  // \mathrm, \operatorname
	blank   // spacing, sizes and styles: no token
	phantom // likewise, with an argument to drop
	left
	right
	written  // \text and its family
	lettered // \mathbb and its family
	grouped  // \boxed: its argument is a group
	coloured // \textcolor{…}{…}: its second argument is a group
	bad      // known, and no part of an answer
)

// token is one piece of the text. Its text is a part of what was scanned
// wherever that is possible.
type token struct {
	role   role
	spaced bool // there is space before it
	text   string
}
