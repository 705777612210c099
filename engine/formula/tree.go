package formula

// Node is a part of a formula. The types in this file are all there are.
type Node interface {
	class() Class // see ClassOf
}

// Class is what a part is to its neighbours, which is what TeX makes spaces by.
type Class int

// The classes.
const (
	Ord   Class = iota // a letter, a digit
	Bin                // between two terms: +
	Rel                // between two sides: =
	Open               // an opening bracket
	Close              // a closing bracket
	Punct              // a comma
	Fun                // a function's name: sin
	Big                // an operator with limits: ∑
	Inner              // a fraction
)

// Align is where in its column a cell of a table stands.
type Align int

// The alignments.
const (
	Center Align = iota
	Left
	Right
)

type (
	// Row is parts that stand beside each other.
	Row struct{ Kids []Node }

	// Symbol is one glyph, or the name of a function. Name is the command that stands
	// for it, without the backslash, or empty if it stands for itself.
	Symbol struct {
		Glyph, Name string
		Class       Class
	}

	// Text is words, spaces and all.
	Text struct{ Words string }

	// Fraction is one thing above another. Without Line it is a binomial coefficient
	// or the like, in the brackets Left and Right.
	Fraction struct {
		Over, Under Node
		Line        bool
		Left, Right string
	}

	// Root is a root; Index is nil for a square root.
	Root struct{ Body, Index Node }

	// Scripts is a base with a subscript, a superscript or both; nil is none. With
	// Limits they stand below and above it in display.
	Scripts struct {
		Body, Sub, Sup Node
		Limits         bool
	}

	// Fence is a body in brackets as tall as it is; an empty bracket is not drawn. Kids
	// are parted by Middle brackets, of which there is one less.
	Fence struct {
		Left, Right string
		Kids        []Node
		Middle      []string
	}

	// Accent is a mark over or under a body: Mark is the command's name.
	Accent struct {
		Mark  string
		Body  Node
		Under bool
	}

	// Stack is something small above or below a body, as a word on an arrow.
	Stack struct {
		Body, Over, Under Node
		Brace, Above      bool // a brace stands between them, above the body or below
		Class             Class
	}

	// Table is rows of cells: a matrix, cases, aligned equations.
	Table struct {
		Rows        [][]Node
		Tags        []Node // one for each row; nil where it has none
		Lines       []bool // a rule stands above this row; one more for below the last
		Columns     []Align
		Bars        []bool // a bar stands left of this column; one more for right of the last
		Left, Right string // brackets
		Equations   bool   // odd and even columns belong together, without a gap
	}

	// Boxed is a body in a frame.
	Boxed struct{ Body Node }

	// Struck is a body that is crossed out; To is what is put in its place, or nil.
	Struck struct{ Body, To Node }

	// Styled is one letter in another alphabet: Alphabet is bb, bf, cal, frak.
	Styled struct {
		Alphabet string
		Letter   string
	}

	// Phantom is the room of a body that is not drawn.
	Phantom struct{ Body Node }

	// Space is room between two parts, in cells; 0 is where a line may be broken.
	Space struct{ Cells int }

	// Source is LaTeX that cannot be drawn, exactly as it was written.
	Source struct{ Text string }
)

func (r Row) class() Class {
	if len(r.Kids) == 1 {
		return ClassOf(r.Kids[0])
	}
	return Ord
}

func (f Fraction) class() Class {
	if f.Left == "" {
		return Inner
	}
	return Ord
}

func (s Symbol) class() Class  { return s.Class }
func (s Scripts) class() Class { return ClassOf(s.Body) }
func (s Stack) class() Class   { return s.Class }

func (Text) class() Class    { return Ord }
func (Root) class() Class    { return Ord }
func (Fence) class() Class   { return Ord }
func (Accent) class() Class  { return Ord }
func (Table) class() Class   { return Ord }
func (Boxed) class() Class   { return Ord }
func (Struck) class() Class  { return Ord }
func (Styled) class() Class  { return Ord }
func (Phantom) class() Class { return Ord }
func (Space) class() Class   { return Ord }
func (Source) class() Class  { return Ord }

// ClassOf says what n is to its neighbours; nothing is as a letter.
func ClassOf(n Node) Class {
	if n == nil {
		return Ord
	}
	return n.class()
}
