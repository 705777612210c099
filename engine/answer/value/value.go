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
	"math/big"

	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value/surd"
	"github.com/aimo3/aimo3/engine/answer/value/work"
)

// The work allowed to each way of comparing two expressions, and to all of them
// together, in units of about ten nanoseconds.
const (
	workToLower = 60_000
	workExact   = 100_000
	workFields  = 260_000
	workBalls   = 130_000
	workInAll   = 300_000
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

// A Calc calculates with expressions, each a tree as tex reads it. The zero value
// is ready: its names have their usual meaning, and each call is bounded by
// itself. Calcs that share a counter are not for several goroutines at once.
type Calc struct {
	Names
	Work *work.Counter // bounds all calls together, beside each by itself; nil: it does not
}

// Names says what names stand for. In the zero value e, i and \pi are the
// constants, and every other name is a variable: positive wherever an
// expression has no real value otherwise, and an integer where it counts
// something, as n does in n!, (-1)^n or \lfloor n/2 \rfloor.
type Names struct {
	Integers []string // variables that stand for integers
	Free     []string // constants' names that are variables here, as i in i^2+1 over i
	Golden   bool     // \varphi and \phi are the golden ratio
	Positive bool     // variables are positive: ln x² is 2 ln x
}

// Number is an exact value: a sum of rationals times roots of positive
// rationals, and of such times i.
type Number = surd.Number

// Compare decides whether a and b have the same value: for all values of their
// variables, if there are any. It is symmetric. What is no scalar, such as a
// list, is Unknown unless both are written alike.
func (c Calc) Compare(a, b *tex.Node) Judgement {
	x, okX := c.lower(a)
	y, okY := c.lower(b)
	if !okX || !okY {
		return Judgement{Reason: "too large to compare"}
	}
	if same(x, y, c.Work.Part(workToLower)) {
		return Judgement{Equal, Shape, "the same expression"}
	}
	return c.compare(x, y)
}

func (c Calc) compare(x, y *expr) Judgement {
	isAlien := func(e *expr) bool { return e.op == alien }
	if x.has(isAlien) || y.has(isAlien) {
		return Judgement{Reason: "not a value that can be calculated"}
	}
	if x.hash > y.hash {
		x, y = y, x // so that work runs out alike, either way round
	}
	p := pair{x, y, findVariables(c.Names, x, y)}
	all := c.Work.Part(workInAll)
	if j := p.exact(all.Part(workExact)); j.Verdict != Unknown {
		return j
	}
	// Most that differ do so at once, to few digits.
	if j := p.glance(all.Part(workBalls)); j.Verdict != Unknown {
		return j
	}
	fields := p.fields(all.Part(workFields))
	if fields.Verdict == Different {
		return fields
	}
	return p.balls(all.Part(workBalls), fields.Verdict == Equal)
}

// pair is two expressions, with the variables of both.
type pair struct {
	x, y *expr
	variables
}

// different is the judgement on values that differ at a point, which proves
// nothing about functions that are not known.
func (p pair) different(tier Tier, reason string) Judgement {
	if p.guess {
		return Judgement{Reason: "values of an unknown function"}
	}
	return Judgement{Different, tier, reason}
}

// fields compares modulo two primes. Equal means that all values there agree,
// which is no proof; Unknown, that there are none.
func (p pair) fields(w *work.Counter) Judgement {
	points := 1
	if len(p.names) > 0 {
		points = 4
	}
	verdict := Unknown
	for _, t := range totients {
		f := fingerprint{field: newField(t), work: w}
		for i := range points {
			f.values, f.seed = map[string]*big.Rat{}, uint64(i+1)
			for n, q := range p.point(i) {
				if p.integer[n] {
					f.values[n] = q
				}
			}
			a, ok := f.value(p.x)
			if !ok {
				continue
			}
			b, ok := f.value(p.y)
			if !ok {
				continue
			}
			if a != b {
				return p.different(Fields, "different remainders")
			}
			verdict = Equal
		}
	}
	return Judgement{Verdict: verdict, Tier: Fields}
}
