package answer

import (
	"strings"

	"github.com/aimo3/aimo3/engine/answer/thousands"
)

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
