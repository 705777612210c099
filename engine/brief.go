package engine

import (
	"cmp"
	"time"
)

// Brief is what a prompt is made of.
type Brief struct {
	Problem Problem
	Plan    Plan
	Model   Model // as the server describes it; often no more than its name is known
	Code    Code
}

// Code says what runs a sample's code and how the model asks for it. The zero
// Code is none: the model is to reason in words.
type Code struct {
	Engine string `json:"engine,omitempty"` // "python", "embedded python"; "" if there is none
	Calls  bool   `json:"calls,omitempty"`  // the model calls a tool; else it writes fenced blocks in its reply
	Speaks string `json:"speaks,omitempty"` // the language, in attempts of earlier versions that had another; if empty, python
	SymPy  bool   `json:"sympy,omitempty"`
	Caps   Caps   `json:"caps,omitzero"`
}

// Language is what the tool is called and the fenced blocks are marked with.
func (c Code) Language() string { return cmp.Or(c.Speaks, "python") }

// Caps bounds the code of one sample.
type Caps struct {
	Cells        int           `json:"cells"`    // if zero, DefaultCells
	CellTimeout  time.Duration `json:"cell_ns"`  // time of one cell; if zero, DefaultCellTimeout
	TotalTimeout time.Duration `json:"total_ns"` // time of all cells; if zero, DefaultTotalTimeout
	Turns        int           `json:"turns"`    // replies asked for; if zero, Cells and as many again
	OutputChars  int           `json:"shown"`    // characters of an output that the model is shown; if zero, DefaultOutputChars
}

// What a zero Caps means, field by field.
const (
	DefaultCells        = 128
	DefaultCellTimeout  = 6 * time.Second
	DefaultTotalTimeout = 5 * time.Minute
	DefaultOutputChars  = 2000
)

// WithDefaults returns c with every zero field filled.
func (c Caps) WithDefaults() Caps {
	if c.Cells <= 0 {
		c.Cells = DefaultCells
	}
	if c.CellTimeout <= 0 {
		c.CellTimeout = DefaultCellTimeout
	}
	if c.TotalTimeout <= 0 {
		c.TotalTimeout = DefaultTotalTimeout
	}
	if c.Turns <= 0 {
		c.Turns = 2 * c.Cells
	}
	if c.OutputChars <= 0 {
		c.OutputChars = DefaultOutputChars
	}
	return c
}
