// Package answer reads a sample's answer out of its reply. Its functions are
// pure and take time linear in their input.
package answer

import "strings"

// Last returns the contents of the last \boxed{…} or \fbox{…} of a reply, in
// the form that votes compare, or "" if there is none. Braces are matched, with
// \{ and \} counting as text; a box that never closes and a box that holds
// nothing are passed over.
func Last(reply string) string {
	for end := len(reply); end > 0; {
		at, open := lastBox(reply[:end])
		if at < 0 {
			return ""
		}
		if inside, ok := matched(reply[open:]); ok {
			if a := Normal(inside); a != "" {
				return a
			}
		}
		end = at
	}
	return ""
}

// lastBox finds the last box command: where it begins and where its opening
// brace stands.
func lastBox(s string) (at, open int) {
	for end := len(s); ; {
		at = max(strings.LastIndex(s[:end], `\boxed`), strings.LastIndex(s[:end], `\fbox`))
		if at < 0 {
			return -1, -1
		}
		rest := strings.TrimPrefix(strings.TrimPrefix(s[at:], `\boxed`), `\fbox`)
		if body := strings.TrimLeft(rest, " \t\n"); strings.HasPrefix(body, "{") {
			return at, len(s) - len(body)
		}
		end = at
	}
}

// matched returns what stands between the brace that s begins with and its
// partner.
func matched(s string) (string, bool) {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return s[1:i], true
			}
		}
	}
	return "", false
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
