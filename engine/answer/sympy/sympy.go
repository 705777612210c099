// Package sympy puts to SymPy the question whether two answers are one. It runs
// nothing itself: it writes the code of cells and reads what they print. No text
// of an answer gets into that code. What is written is made of names that are
// given here, of digits, and of a fixed vocabulary.
package sympy

import (
	_ "embed"
	"errors"
	"strings"

	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// ErrNoTranslation is for what this package cannot say in SymPy, or not within
// its bounds: words, units, what is left open, what is too large.
var ErrNoTranslation = errors.New("no translation to SymPy")

//go:embed prelude.py
var prelude string

// Prelude is the code of a cell that a session runs once, before any question.
func Prelude() string { return prelude }

// Question is the code of a cell that prints whether a and b are one, in one
// word, which Verdict reads. Names that both have in common stand for the same.
func Question(a, b *tex.Node) (string, error) {
	w := newWriter(a, b)
	first, second := w.expression(a), w.expression(b)
	if w.failed {
		return "", ErrNoTranslation
	}
	return w.declarations() + "answer(lambda: same(" + first + ", " + second + "))\n", nil
}

// Verdict reads what the cell of a question printed. Equal is proven; Different
// is no more than SymPy's opinion, which has been wrong. Whatever is not one of
// the words is Unknown.
func Verdict(output string) value.Verdict {
	for _, v := range [...]value.Verdict{value.Equal, value.Different} {
		if strings.TrimSpace(output) == v.String() {
			return v
		}
	}
	return value.Unknown
}
