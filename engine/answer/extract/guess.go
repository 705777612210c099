package extract

import (
	"cmp"
	"slices"
	"strings"

	"github.com/aimo3/aimo3/engine/answer/unit"
)

// maxGuess bounds the text before the end in which a guess is looked for.
const maxGuess = 16 << 10

// maxBareReply is the longest text that may be nothing but an answer, in bytes.
const maxBareReply = 256

// guesses are the last formula, bold text and number of a reply, the later the
// better, as what it says last is most likely what it found; where there is
// none, a letter of a choice.
func guesses(text string, in span) []Candidate {
	in.from = max(in.from, in.to-maxGuess)
	var found []Candidate
	unplaced := unplaced(text, in)
	for _, find := range [...]func(string, span) (Candidate, bool){lastBold, lastFormula, lastCount} {
		c, ok := find(text, span{in.from, unplaced})
		if ok && c.Text != "" && !slices.ContainsFunc(found, func(f Candidate) bool { return f.From <= c.From && c.To <= f.To }) {
			found = append(found, c)
		}
	}
	slices.SortStableFunc(found, func(a, b Candidate) int { return cmp.Compare(b.To, a.To) })
	for i := 1; i < len(found); i++ {
		if saysAgain(text, found[i], found[i-1]) || beside(text, found[i], found[i-1]) {
			found[i-1], found[i] = found[i], found[i-1]
		}
	}
	if c, ok := bareReply(text, in); ok {
		return append([]Candidate{c}, found...)
	}
	if len(found) > 0 {
		return found
	}
	if c, ok := lastCommand(text, in); ok {
		return []Candidate{c}
	}
	return choice(text, in)
}

// lastBold is the last bold text that is mathematics.
func lastBold(text string, in span) (Candidate, bool) {
	end := in.to
	for range maxTries {
		closing := strings.LastIndex(text[in.from:end], "**")
		if closing < 0 {
			return Candidate{}, false
		}
		opening := strings.LastIndex(text[in.from:in.from+closing], "**")
		if opening < 0 {
			return Candidate{}, false
		}
		at := span{in.from + opening + 2, in.from + closing}
		v, ok := value(text, at)
		rest := strings.TrimSpace(text[min(v.to, at.to):at.to])
		if ok && v.to <= at.to && len(rest) <= 24 && !strings.HasPrefix(rest, ". ") && !strings.ContainsAny(rest, "0123456789") {
			return candidate(text, v, Bold), true
		}
		end = in.from + opening + 1
	}
	return Candidate{}, false
}

// lastFormula is the last formula that is more than a name.
func lastFormula(text string, in span) (Candidate, bool) {
	end := in.to
	for range maxTries {
		at, ok := formulaBefore(text, span{in.from, end})
		if !ok {
			return Candidate{}, false
		}
		at = listBefore(text, in.from, at)
		if c := candidate(text, at, LastMath); telling(c.Text) && !hollow(c.Text) && !fragment(text, c) && !strings.HasPrefix(c.Text, `\approx`) {
			return c, true
		}
		end = at.from
	}
	return Candidate{}, false
}

// fragment tells a candidate without a value of its own, which belongs to the
// number before it: the square of cm$^2$, the degree of 60$^\circ$, a unit.
func fragment(text string, c Candidate) bool {
	if strings.HasPrefix(c.Text, "^") || strings.HasPrefix(c.Text, "_") {
		return true
	}
	before := strings.TrimRight(text[max(0, c.From-8):c.From], " ~$\u00a0")
	_, measures := unit.Read(c.Text)
	return (measures || first(c.Text, textCommands[:]) > 0) && before != "" && digit(before[len(before)-1])
}

// lastCommand is what a last line ends with that is TeX without marks and digits:
// hence \pi.
func lastCommand(text string, in span) (Candidate, bool) {
	line := in.from + strings.LastIndexByte(text[in.from:in.to], '\n') + 1
	at := strings.LastIndexByte(text[line:in.to], '\\')
	if at < 0 {
		return Candidate{}, false
	}
	at += line
	n := plain(text[at:in.to])
	if n == 0 || strings.Trim(text[at+n:in.to], ". \n") != "" {
		return Candidate{}, false
	}
	c := candidate(text, span{at, at + n}, LastMath)
	return c, c.Text != "" && !hollow(c.Text)
}

// listBefore is the list of formulas that at ends, if a sentence says that the
// answers are they: "the values are $2$ and $3$".
func listBefore(text string, floor int, at span) span {
	whole := at
	for range maxList {
		before, ok := formulaBefore(text, span{max(floor, whole.from-maxSentence), whole.from})
		if !ok || !separates(text[before.to:whole.from]) {
			break
		}
		whole.from = before.from
	}
	lead := strings.ToLower(strings.TrimRight(text[max(floor, whole.from-16):whole.from], " \n"))
	if strings.HasSuffix(lead, " are") || strings.HasSuffix(lead, " are:") || strings.HasSuffix(lead, " namely") {
		return whole
	}
	return at
}

// bareReply is a short text that is nothing but an answer: formulas, and the few
// words that answers have between them.
func bareReply(text string, in span) (Candidate, bool) {
	s := strings.TrimSpace(text[in.from:in.to])
	if len(s) > maxBareReply || s == "" {
		return Candidate{}, false
	}
	from := in.from + strings.Index(text[in.from:in.to], s)
	c := Candidate{Text: tidy(s), Source: LastMath, From: from, To: from + len(s)}
	if strings.HasPrefix(s, `\begin{`) && strings.HasSuffix(s, "}") {
		return c, true
	}
	if unmarked(s) {
		c.Text = settled(c.Text)
		return c, true
	}
	outside, formulas := "", 0
	for i := 0; i < len(s); {
		if f, ok := formula(s, span{i, len(s)}); ok {
			formulas++
			i = f.to
			continue
		}
		outside += s[i : i+1]
		i++
	}
	if formulas == 0 || strings.Contains(s, "\n") {
		return Candidate{}, false
	}
	for _, word := range wordsOf(outside) {
		switch word {
		case "for", "some", "all", "any", "every", "each", "where", "with", "and", "or", "if", "when", "odd", "even", "only", "in", "of", "positive", "negative", "real", "integer", "integers", "number", "numbers", "prime", "primes", "constant", "not":
		default:
			return Candidate{}, false
		}
	}
	return c, strings.TrimSpace(outside) != "" || !telling(c.Text)
}

// unmarked tells whether a whole text is choices or mathematics without marks.
func unmarked(s string) bool {
	n := len(strings.TrimSuffix(s, "."))
	if strings.HasPrefix(s, "- ") || strings.HasSuffix(s, "!") || strings.ContainsAny(s, "€£") || strings.Contains(s, "box") {
		return false
	}
	return letters(s) == n || plain(s) == n
}

// formulaBefore is the last formula of a span. A dollar sign that opens none is
// one of money, and so is not asked to close one.
func formulaBefore(text string, in span) (span, bool) {
	for range maxTries {
		s := text[in.from:in.to]
		at := max(strings.LastIndexByte(s, '$'), strings.LastIndex(s, `\)`), strings.LastIndex(s, `\]`))
		if at < 0 {
			return span{}, false
		}
		closing, opening := s[at:min(len(s), at+2)], ""
		switch {
		case closing == `\)`:
			opening = `\(`
		case closing == `\]`:
			opening = `\[`
		case at > 0 && s[at-1] == '$':
			at--
			closing, opening = "$$", "$$"
		default:
			closing, opening = "$", "$"
		}
		from := strings.LastIndex(s[:at], opening)
		f, ok := span{}, false
		if from >= 0 {
			f, ok = formula(text, span{in.from + from, in.from + at + len(closing)})
		}
		if ok && f.to == in.from+at+len(closing) {
			return f, true
		}
		in.to = in.from + at
	}
	return span{}, false
}

// telling tells a formula that may answer something from a mere name.
func telling(s string) bool {
	if strings.ContainsAny(s, "0123456789=<>") {
		return true
	}
	return strings.Contains(s, `\`) || len(s) > 3 && strings.ContainsAny(s, "+-*/^")
}
