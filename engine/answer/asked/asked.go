// Package asked reads from a problem's statement what an answer must be: within
// which range, whether an integer, and modulo what. It claims little: what it
// is not sure of, it leaves open.
package asked

import (
	"fmt"
	"math/big"

	"github.com/aimo3/aimo3/engine/answer"
)

// Asked is what a problem asks for. The zero value asks for anything.
type Asked struct {
	Range
	Modulus *big.Int // named by the statement for the answer; nil if none is
	Unit    string   // "degrees", "cm"; empty if none is named
	Note    string   // the words that the modulus was read from
}

// Fit is how an answer suits what is asked.
type Fit int

// The ways to fit.
const (
	OK         Fit = iota
	Repaired       // it suits once it is reduced as the statement says
	OutOfRange     // it cannot be the answer
)

// Read reads a statement.
func Read(statement string) Asked {
	var a Asked
	parts := sentences(statement)
	a.Modulus, a.Note = modulus(parts)
	a.Unit = unit(parts)
	var ok bool
	if a.Range, ok = outright(parts); !ok {
		a.Range = ranged(parts)
	}
	if a.Modulus != nil {
		a.Range = Range{Integer: true, Lo: new(big.Int), Hi: new(big.Int).Sub(a.Modulus, big.NewInt(1))}
	}
	return a
}

// With returns what is asked when a person has said in which range the answer
// lies, which the statement cannot overrule. The modulus stays the statement's.
func (a Asked) With(r Range) Asked {
	switch {
	case r.Any:
		return Asked{Range: r, Unit: a.Unit}
	case r.Integer:
		a.Range = r
	}
	return a
}

// Check tells how an answer fits. An integer out of range, also one that is not
// worked out, is reduced by the modulus that the statement names, and by nothing
// else; the reduced answer and why come back beside. What is not known to be a
// number fits.
func (a Asked) Check(text string) (fit Fit, repaired, why string) {
	if a.Any || !a.Integer {
		return OK, "", ""
	}
	text = answer.Normal(text)
	v := valueOf(text)
	switch {
	case v.other:
		return OutOfRange, "", text + " is no integer"
	case v.integer != nil && a.holds(v.integer):
		return OK, "", ""
	}
	if m, ok := v.modulo(a.Modulus); ok && a.holds(m) {
		return Repaired, m.String(), fmt.Sprintf("the statement asks modulo %s, and %s is %s", a.Modulus, text, m)
	}
	if v.integer == nil {
		return OK, "", ""
	}
	return OutOfRange, "", fmt.Sprintf("%s is not within %s", text, a.Range)
}
