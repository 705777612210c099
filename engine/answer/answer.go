// Package answer reads a sample's answer out of its reply. Its functions are
// pure and read their input once.
package answer

import (
	"strings"

	"github.com/aimo3/aimo3/engine/answer/extract"
	"github.com/aimo3/aimo3/engine/answer/thousands"
)

// Last returns what the last box of a reply holds, in the form that votes
// compare, or "" if there is none. Boxes that never close, hold nothing or a
// placeholder, or stand in reasoning are passed over.
func Last(reply string) string {
	c, _ := extract.Boxed(reply)
	return Normal(c.Text)
}

// Normal puts an answer into the form that votes compare: no outer space or
// dollar signs, runs of space as one, and whole numbers without separators,
// plus sign or leading zeros.
func Normal(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	for {
		t := strings.TrimSpace(strings.Trim(s, "$"))
		if t == s {
			break
		}
		s = t
	}
	if n, ok := whole(s); ok {
		return n
	}
	return s
}

// whole reads an integer written with thousands separators or signs.
func whole(s string) (string, bool) {
	bare := strings.TrimPrefix(strings.Replace(s, "\u2212", "-", 1), "+")
	bare, negative := strings.CutPrefix(bare, "-")
	digits, n := thousands.Read(bare, thousands.Open)
	if n == 0 || n < len(bare) {
		return "", false
	}
	digits = strings.TrimLeft(digits, "0")
	switch {
	case digits == "":
		return "0", true
	case negative:
		return "-" + digits, true
	}
	return digits, true
}
