package asked

import (
	"fmt"
	"math/big"
	"strings"
)

// maxDigits bounds a number of a range, or of an answer that is held against one.
const maxDigits = 1000

// Range is where an answer must lie. The zero value says nothing.
type Range struct {
	Any     bool     // a person has said that anything may be the answer
	Integer bool     // only an integer can be
	Lo, Hi  *big.Int // nil where it is open
}

// ParseRange reads what a person says: any, integer, or integer:0..99999, of
// which either end may be left out. The empty text says nothing.
func ParseRange(s string) (Range, error) {
	kind, bounds, bounded := strings.Cut(strings.TrimSpace(s), ":")
	switch {
	case kind == "" && !bounded:
		return Range{}, nil
	case kind == "any" && !bounded:
		return Range{Any: true}, nil
	case kind == "integer" && !bounded:
		return Range{Integer: true}, nil
	case kind != "integer":
		return Range{}, fmt.Errorf("range %q is not any, integer or integer:LO..HI", s)
	}
	lo, hi, ok := strings.Cut(bounds, "..")
	r := Range{Integer: true}
	for _, end := range []struct {
		text string
		to   **big.Int
	}{{lo, &r.Lo}, {hi, &r.Hi}} {
		if end.text == "" {
			continue
		}
		n, good := new(big.Int).SetString(end.text, 10)
		ok = ok && good && len(end.text) <= maxDigits
		*end.to = n
	}
	if !ok {
		return Range{}, fmt.Errorf("range %q has no bounds like 0..99999", s)
	}
	if r.Lo != nil && r.Hi != nil && r.Lo.Cmp(r.Hi) > 0 {
		return Range{}, fmt.Errorf("range %q is empty", s)
	}
	return r, nil
}

// String writes a range as ParseRange reads it.
func (r Range) String() string {
	switch {
	case r.Any:
		return "any"
	case !r.Integer:
		return ""
	case r.Lo == nil && r.Hi == nil:
		return "integer"
	}
	s := "integer:"
	if r.Lo != nil {
		s += r.Lo.String()
	}
	s += ".."
	if r.Hi != nil {
		s += r.Hi.String()
	}
	return s
}

// holds tells whether n lies within.
func (r Range) holds(n *big.Int) bool {
	return (r.Lo == nil || r.Lo.Cmp(n) <= 0) && (r.Hi == nil || n.Cmp(r.Hi) <= 0)
}
