// Package answer reads a sample's answer out of its reply. Its functions are
// pure and read their input once.
package answer

import (
	"slices"
	"strings"
)

// Last returns the contents of the last \boxed{…} or \fbox{…} of a reply, in
// the form that votes compare, or "" if there is none. Braces are matched, with
// \{ and \} counting as text; a box that never closes and a box that holds
// nothing are passed over.
func Last(reply string) string {
	boxes := closed(reply)
	slices.SortFunc(boxes, func(a, b box) int { return b.from - a.from })
	for _, x := range boxes {
		if a := Normal(reply[x.from:x.to]); a != "" {
			return a
		}
	}
	return ""
}

// box is where the contents of a box stand.
type box struct{ from, to int }

// closed finds every box whose brace has a partner, in one pass.
func closed(s string) []box {
	var found []box
	var open []int // where the contents begin; -1 for a brace of no box
	boxAhead := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\':
			if n := command(s[i:]); n > 0 {
				boxAhead = true
				i += n - 1
				continue
			}
			i++
		case c == '{' && boxAhead:
			open = append(open, i+1)
		case c == '{':
			open = append(open, -1)
		case c == '}' && len(open) > 0:
			if from := open[len(open)-1]; from >= 0 {
				found = append(found, box{from, i})
			}
			open = open[:len(open)-1]
		case c == ' ' || c == '\t' || c == '\n':
			continue
		}
		boxAhead = false
	}
	return found
}

// command is the length of the box command that s begins with, or 0.
func command(s string) int {
	for _, name := range [...]string{`\boxed`, `\fbox`} {
		if strings.HasPrefix(s, name) {
			return len(name)
		}
	}
	return 0
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
