package tex

import "strings"

// wordy tells whether s, the argument of a text command, is more than
// mathematics that happens to stand in one: whether there is a word of two
// letters that are not all capitals, or an abbreviation.
func wordy(s string) bool {
	from := -1
	for i := 0; i <= len(s); i++ {
		if i < len(s) && (letter(s[i]) || s[i] >= 0x80) {
			if from < 0 {
				from = i
			}
			continue
		}
		if from < 0 {
			continue
		}
		if i-from > 3 || short[s[from:i]] || i-from > 1 && !capitals(s[from:i]) || i < len(s) && s[i] == '.' {
			return true
		}
		from = -1
	}
	return false
}

func capitals(s string) bool {
	for i := range len(s) {
		if s[i]-'A' >= 26 {
			return false
		}
	}
	return true
}

// tidy is s with every run of space as one, and no full stop at the end.
func tidy(s string) string {
	if strings.ContainsAny(s, "\t\n\r") || strings.Contains(s, "  ") {
		s = strings.Join(strings.Fields(s), " ")
	}
	return strings.Trim(strings.TrimRight(s, " ."), " ~")
}

// worded tells whether a run of two letters or more is a word, rather than a
// product of names: it is one that answers are often given in, the unit of the
// number before it, or long and pronounceable.
func (c *scanner) worded(s string) bool {
	switch {
	case len(s) < 4 && strings.HasPrefix(c.s[c.i:], "^"): // be^x
		return c.measures(s)
	case short[s], c.measures(s), !clean(s):
		return true
	case len(s) < 4, c.last() == subscript:
		return false
	}
	return len(s) > 3 && pronounceable(s)
}

// pronounceable tells words from products of four and more names. Products have
// few vowels, and their letters often come in the order of the alphabet.
func pronounceable(s string) bool {
	vowels, ordered := 0, true
	for i := range len(s) {
		if strings.IndexByte("aeiouyAEIOUY", s[i]) >= 0 {
			vowels++
		}
		if i > 0 && s[i] < s[i-1] {
			ordered = false
		}
	}
	return vowels > 0 && vowels < len(s) && (!ordered || len(s) > 7) && 5*vowels >= len(s)
}
