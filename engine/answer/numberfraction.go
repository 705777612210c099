package answer

import (
	"slices"
	"strconv"
	"strings"

	"github.com/aimo3/aimo3/engine/answer/tex"
)

// valueInWords is the number that folded words say, or nil: six, two thirds, five and
// a half, three over four, three point one four.
func valueInWords(folded string) *tex.Node {
	if n, ok := numberInWords(folded); ok {
		return signedNumber(int64(n))
	}
	text := fractionInWords(folded)
	if text == "" {
		return nil
	}
	n, err := tex.Parse(text)
	if err != nil {
		return nil
	}
	return n
}

// fractionInWords writes the number that is no whole one and that folded words say,
// or it is no text.
func fractionInWords(folded string) string {
	if !beginsNumber(folded) {
		return ""
	}
	words := strings.Fields(strings.ReplaceAll(folded, "-", " "))
	if len(words) > 12 || !slices.ContainsFunc(words, breaks) {
		return ""
	}
	sign := ""
	if words[0] == "minus" || words[0] == "negative" {
		sign, words = "-", words[1:]
	}
	for i := range words {
		if text := brokenAt(words, i); text != "" {
			return sign + text
		}
	}
	if above, below := partOf(words); below > 0 && (len(words) > 1 || below == 2) {
		return sign + fractionOf(above, below)
	}
	return ""
}

// brokenAt is the number that words say if the i-th parts it: one AND a half, two
// OVER three, one POINT five; else no text.
func brokenAt(words []string, i int) string {
	whole, ok := countInWords(words[:i])
	if !ok || i == len(words)-1 {
		return ""
	}
	switch rest := words[i+1:]; words[i] {
	case "and":
		if above, below := partOf(rest); below > above {
			return fractionOf(whole*below+above, below)
		}
	case "over":
		if below, ok := countInWords(rest); ok {
			return fractionOf(whole, below)
		}
	case "point":
		if digits := digitsInWords(rest); digits != "" {
			return strconv.Itoa(whole) + "." + digits
		}
	}
	return ""
}

// beginsNumber says whether the first word of s is one that numbers begin with.
func beginsNumber(s string) bool {
	end := 0
	for end < len(s) && isLetter(s[end]) {
		end++
	}
	if end < 3 || end < len(s) && s[end] != ' ' && s[end] != '-' {
		return false
	}
	s = s[:end]
	switch s {
	case "half", "minus", "negative", "hundred", "thousand", "million", "dozen":
		return true
	}
	_, ok := smallWords[s]
	return ok
}

func fractionOf(above, below int) string {
	return `\frac{` + strconv.Itoa(above) + "}{" + strconv.Itoa(below) + "}"
}

// partOf is what two thirds, half and one tenth say, and two zeros for all else. A
// twenty third is a place in a row, and so is third unless more was said; how many quarters there are may count coins.
func partOf(words []string) (above, below int) {
	if len(words) == 0 {
		return 0, 0
	}
	last := words[len(words)-1]
	below, several := fractionWord(last)
	switch {
	case len(words) == 1 && several:
		return 0, 0
	case len(words) == 1:
		return 1, below
	}
	above, ok := countInWords(words[:len(words)-1])
	before := words[len(words)-2]
	switch {
	case !ok || below == 0 || (above != 1) != several:
	case strings.HasPrefix(last, "quarter") && above > 3:
	case below >= 100 && (before == "hundred" || before == "thousand"): // two hundred thousandths
	default:
		return above, below
	}
	return 0, 0
}

// fractionWord is the number that a word such as third or halves divides by, or 0,
// and whether the word is for several of its parts.
func fractionWord(w string) (below int, several bool) {
	if w == "halves" {
		return 2, true
	}
	one := strings.TrimSuffix(w, "s")
	return fractionWords[one], one != w
}

// fractionWords are the numbers that words for parts of one divide by.
var fractionWords = map[string]int{
	"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
	"eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "twentieth": 20, "fiftieth": 50, "hundredth": 100, "thousandth": 1000,
}

// breaks says whether a word may make a number other than a whole one.
func breaks(w string) bool {
	below, _ := fractionWord(w)
	return below > 0 || w == "over" || w == "point"
}

// digitsInWords are the digits after a point: one four of three point one four.
func digitsInWords(words []string) string {
	var b strings.Builder
	for _, w := range words {
		n, ok := smallWords[w]
		if !ok || n > 9 {
			return ""
		}
		b.WriteByte('0' + byte(n))
	}
	return b.String()
}

// mayBe says whether words that were not understood may say what an answer of kind
// k says, since a word is one that numbers or classes of integers are said with.
func mayBe(s string, k Kind) (found bool) {
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ' ' || r == '-' }) {
		if _, ok := smallWords[w]; ok || breaks(w) || scaleWords[w] > 0 {
			found = true
		}
		switch w {
		case "hundred", "dozen", "double", "twice", "triple", "none", "nothing", "percent", "squared", "cubed":
			found = true
		case "odd", "even", "multiples", "integers", "numbers":
			found = found || k != Scalar
		case "prime", "primes": // odd primes are no class of remainders
			return false
		}
	}
	return found
}
