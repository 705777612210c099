package surd

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/aimo3/aimo3/engine/answer/value/pythontest"
	"github.com/aimo3/aimo3/engine/answer/value/work"
)

const sympyProgram = `
import sys, json
from sympy import *
from sympy.core.numbers import I
for line in sys.stdin:
    a, b = json.loads(line)
    x, y = N(sympify(a), 60), N(sympify(b), 60)
    print('equal' if abs(x - y) < abs(x) * Float(10) ** -40 + Float(10) ** -50 else '%s against %s' % (x, y))
`

// asPython is a Number for SymPy.
func asPython(n Number) string {
	s := "0"
	for _, t := range n.terms {
		s += "+Rational('" + t.q.RatString() + "')"
		if t.im {
			s += "*I"
		}
		for _, r := range t.roots {
			s += fmt.Sprintf("*Integer(%d)**Rational(%d,%d)", r.Prime, r.Num, r.Den)
		}
	}
	return s
}

// grow is a random sum, product, quotient or root of smaller ones, and how SymPy
// writes it.
func grow(r *rand.Rand, depth int, w *work.Counter) (n Number, text string, ok bool) {
	if depth == 0 {
		k := r.Int64N(30)
		return Whole(k), fmt.Sprintf("Integer(%d)", k), true
	}
	a, x, okA := grow(r, r.IntN(depth), w)
	b, y, okB := grow(r, r.IntN(depth), w)
	if !okA || !okB {
		return Number{}, "", false
	}
	switch r.IntN(7) {
	case 0, 1:
		n, ok = a.Add(b, w)
		return n, "(" + x + "+" + y + ")", ok
	case 2:
		n, ok = a.Add(b.Neg(), w)
		return n, "(" + x + "-" + y + ")", ok
	case 3:
		n, ok = a.Mul(b, w)
		return n, x + "*" + y, ok
	case 4:
		if n, ok = b.Inverse(w); ok {
			n, ok = a.Mul(n, w)
		}
		return n, "(" + x + ")/(" + y + ")", ok
	case 5:
		n, ok = a.Root(2, w)
		return n, "sqrt(" + x + ")", ok
	default:
		if s, isReal := a.SignWithin(w); !isReal || s < 0 {
			return Number{}, "", false
		}
		n, ok = a.Root(3, w)
		return n, "cbrt(" + x + ")", ok
	}
}

func TestNumbersAgreeWithSymPy(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	var lines, what []string
	for range 2500 {
		n, text, ok := grow(r, 5, &work.Counter{Left: 100_000})
		if !ok || len(text) < 30 {
			continue
		}
		line, _ := json.Marshal([]string{text, asPython(n)})
		lines, what = append(lines, string(line)), append(what, text+" = "+n.Key())
	}
	if len(lines) < 500 {
		t.Errorf("only %d of 2500 are exact", len(lines))
	}
	for i, s := range pythontest.Ask(t, sympyProgram, lines) {
		if s != "equal" {
			t.Errorf("%s: %s", what[i], s)
		}
	}
}
