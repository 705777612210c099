// Package value decides whether two scalar expressions have the same value. It
// proves, or separates, or says that it does not know; it never guesses that
// two values are equal because they are close.
//
// Expressions are brought into one shape, then calculated exactly where that is
// possible, then in two prime fields, then in balls: numbers with an error
// bound that holds. All of it draws on a counter of work, so that no expression
// takes longer than a few milliseconds.
package value

import (
	"github.com/aimo3/aimo3/engine/answer/tex"
)

// Verdict is whether two expressions have the same value.
type Verdict uint8

// The verdicts. The zero value decides nothing.
const (
	Unknown Verdict = iota
	Equal
	Different
)

// String is the verdict in one lower-case word.
func (v Verdict) String() string {
	switch v {
	case Equal:
		return "equal"
	case Different:
		return "different"
	default:
		return "unknown"
	}
}

// Tier is what decided.
type Tier string

// The tiers, in the order in which they are asked. Text is for callers that
// compare what was written; SymPy for those that ask another program.
const (
	Text   Tier = "text"
	Shape  Tier = "shape"
	Proof  Tier = "exact"
	Fields Tier = "fields"
	Balls  Tier = "ball"
	SymPy  Tier = "sympy"
)

// Judgement is a verdict, what reached it, and why in a few words for people.
type Judgement struct {
	Verdict Verdict
	Tier    Tier
	Reason  string
}

// Names says what names stand for. In the zero value e, i and \pi are the
// constants, and every other name is a variable: positive wherever an
// expression has no real value otherwise, and an integer where it counts
// something, as n does in n!, (-1)^n or \lfloor n/2 \rfloor.
type Names struct {
	Integers []string // variables that stand for integers
	Free     []string // constants' names that are variables here, as i in i^2+1 over i
	Golden   bool     // \varphi and \phi are the golden ratio
}

// Compare decides whether a and b have the same value: for all values of their
// variables, if there are any. It is symmetric. What is no scalar, such as a
// list, is Unknown unless both are written alike.
func Compare(a, b *tex.Node, names Names) Judgement {
	return Judgement{}
}
