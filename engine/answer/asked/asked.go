// Package asked reads from a problem's statement what an answer must be: within
// which range, whether an integer, and modulo what. It claims little: what it
// is not sure of, it leaves open.
package asked

import (
	"fmt"
	"math/big"
	"strings"

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

// Check tells how an answer fits. An integer out of range is reduced by the
// modulus that the statement names, and by nothing else; the reduced answer and
// why come back beside. What is no plain number fits: nothing is known of it.
func (a Asked) Check(text string) (fit Fit, repaired, why string) {
	if a.Any || !a.Integer {
		return OK, "", ""
	}
	text = answer.Normal(text)
	n, ok := new(big.Int).SetString(text, 10)
	switch {
	case len(text) > maxDigits:
		return OK, "", ""
	case !ok && fractional(text):
		return OutOfRange, "", text + " is no integer"
	case !ok || a.holds(n):
		return OK, "", ""
	}
	if a.Modulus != nil {
		if m := new(big.Int).Mod(n, a.Modulus); a.holds(m) {
			return Repaired, m.String(), fmt.Sprintf("the statement asks modulo %s, and %s is %s", a.Modulus, n, m)
		}
	}
	return OutOfRange, "", fmt.Sprintf("%s is not within %s", n, a.Range)
}

// fractional tells a decimal or a fraction of digits that is no integer.
func fractional(s string) bool {
	if strings.Trim(s, "0123456789./-+") != "" || strings.Trim(s, "./-+") == "" || strings.ContainsAny(strings.TrimLeft(s, "+-"), "+-") {
		return false
	}
	if numerator, denominator, ok := strings.Cut(s, "/"); ok && denominator == strings.TrimLeft(denominator, "+-") && numerator == "" {
		return false
	}
	r, ok := new(big.Rat).SetString(s)
	return ok && !r.IsInt()
}
