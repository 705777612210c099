package tex

import "strings"

// short has the words of two and three letters that an answer in words may
// hold. Others of that length are products of names.
var short = map[string]bool{
	"all": true, "any": true, "are": true, "as": true, "at": true, "be": true, "but": true, "by": true, "can": true, "each": true, "few": true, "for": true, "has": true,
	"he": true, "if": true, "is": true, "it": true, "its": true, "no": true, "not": true, "nor": true, "odd": true, "of": true, "on": true, "one": true, "out": true,
	"she": true, "six": true, "sum": true, "ten": true, "that": true, "the": true, "there": true, "to": true, "two": true, "was": true, "we": true, "who": true,
	"yes": true, "Yes": true, "No": true, "All": true, "The": true, "Odd": true, "For": true, "If": true, "None": true, "sq": true, "per": true, "an": true, "way": true,
	"red": true, "day": true, "Let": true, "let": true, "iff": true, "set": true, "Any": true, "with": true, "only": true, "never": true, "else": true, "true": true, "True": true,
	"May": true, "June": true, "July": true, "January": true, "February": true, "April": true, "December": true, "such": true, "then": true, "when": true, "where": true, "from": true, "even": true, "east": true, "west": true, "both": true, "None.": true, "than": true, "cannot": true,
}

// worded tells whether a run of two letters or more is a word, rather than a
// product of names: it is one that answers are often given in, the unit of the
// number before it, or long and pronounceable.
func (c *scanner) worded(s string) bool {
	switch {
	case short[s], c.measures(s), s[0] >= 0x80:
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
