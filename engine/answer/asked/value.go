package asked

import (
	"math/big"
	"strings"

	"github.com/aimo3/aimo3/engine/answer"
	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// known is what is known of an answer as a number. The zero value is nothing.
type known struct {
	integer *big.Int  // nil if it is none, or too large
	node    *tex.Node // what was read, if it may be an integer that is too large
	other   bool      // it is a number and no integer
}

// valueOf works an answer out. A percentage is left as it is: it may be meant
// as 50 or as 1/2.
func valueOf(text string) known {
	if n, ok := new(big.Int).SetString(text, 10); ok && len(text) <= maxDigits {
		return known{integer: n}
	}
	read, err := answer.Parse(text)
	if err != nil || read.Kind != answer.Scalar || strings.Contains(text, "%") {
		return known{}
	}
	exact, ok := value.Exact(read.Node)
	if !ok {
		return known{node: read.Node}
	}
	q, ok := exact.Rat()
	if ok && q.IsInt() {
		return known{integer: q.Num()}
	}
	return known{other: exact.IsReal()}
}

// modulo is the answer modulo m, which may be nil.
func (v known) modulo(m *big.Int) (*big.Int, bool) {
	switch {
	case m == nil:
		return nil, false
	case v.integer != nil:
		return new(big.Int).Mod(v.integer, m), true
	case v.node != nil:
		return value.Residue(v.node, m)
	}
	return nil, false
}
