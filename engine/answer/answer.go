// Package answer reads a sample's answer out of its reply. Its functions are
// pure and read their input once.
package answer

import (
	"strings"

	"github.com/aimo3/aimo3/engine/answer/extract"
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
	digits := strings.NewReplacer(" ", "", ",", "", `\,`, "", `\!`, "", `{,}`, "", "\u2212", "-").Replace(s)
	digits = strings.TrimPrefix(digits, "+")
	bare, negative := strings.CutPrefix(digits, "-")
	if bare == "" || strings.Trim(bare, "0123456789") != "" || !grouped(s) {
		return "", false
	}
	bare = strings.TrimLeft(bare, "0")
	switch {
	case bare == "":
		return "0", true
	case negative:
		return "-" + bare, true
	}
	return bare, true
}

// grouped tells a thousands separator from a list: each group after the first
// must have three digits.
func grouped(s string) bool {
	s = strings.NewReplacer(`\,`, ",", `\!`, "", "{,}", ",", " ", ",", ",,", ",").Replace(s)
	parts := strings.Split(s, ",")
	for _, p := range parts[1:] {
		if len(p) != 3 {
			return false
		}
	}
	return len(parts) == 1 || len(strings.TrimLeft(parts[0], "+-\u2212")) <= 3
}
