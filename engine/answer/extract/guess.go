package extract

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxGuess bounds the text before the end in which a guess is looked for.
const maxGuess = 16 << 10

// guesses are the last formula, bold text and number of a reply, the later the
// better, as what it says last is most likely what it found; where there is
// none, a letter of a choice.
func guesses(text string, in span) []Candidate {
	in.from = max(in.from, in.to-maxGuess)
	var found []Candidate
	for _, find := range [...]func(string, span) (Candidate, bool){lastBold, lastFormula, lastNumber} {
		c, ok := find(text, in)
		if ok && c.Text != "" && !slices.ContainsFunc(found, func(f Candidate) bool { return f.From <= c.From && c.To <= f.To }) {
			found = append(found, c)
		}
	}
	slices.SortStableFunc(found, func(a, b Candidate) int { return cmp.Compare(b.To, a.To) })
	if len(found) == 0 {
		return choice(text, in)
	}
	return found
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
		if c := candidate(text, at, LastMath); telling(c.Text) && !hollow(c.Text) {
			return c, true
		}
		end = at.from
	}
	return Candidate{}, false
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

// lastNumber is the last number, or the plain expression that it ends.
func lastNumber(text string, in span) (Candidate, bool) {
	for end := in.to; ; {
		at := strings.LastIndexFunc(text[in.from:end], unicode.IsDigit)
		if at < 0 {
			return Candidate{}, false
		}
		at += in.from
		line := in.from + strings.LastIndexByte(text[in.from:at], '\n') + 1
		whole, number := numberAt(text, span{line, in.to}, at)
		if label(text, line, number, in.to) {
			end = number.from
			continue
		}
		c := candidate(text, whole, LastNumber)
		if strings.ContainsAny(c.Text, " ") && numeric(c.Text) && !strings.ContainsAny(c.Text, "+-−*/·×^√(\\") {
			c = candidate(text, number, LastNumber)
		}
		return c, true
	}
}

// numberAt is the number whose last digit is at i, and the mathematics around
// it that its line holds.
func numberAt(text string, line span, i int) (whole, number span) {
	_, n := utf8.DecodeRuneInString(text[i:])
	number = span{i, i + n}
	for number.from > line.from {
		r, n := utf8.DecodeLastRuneInString(text[line.from:number.from])
		if !unicode.IsDigit(r) && (r != '.' && r != ',' || number.from-n == line.from || !digit(text[number.from-n-1])) {
			break
		}
		number.from -= n
	}
	if at := number.from; at > line.from && text[at-1] == '-' && (at-1 == line.from || text[at-2] == ' ' || text[at-2] == '=') {
		number.from--
	}
	if strings.HasPrefix(text[number.to:line.to], "%") {
		number.to++
	}
	whole = number
	for whole.from > line.from {
		n := wordBefore(text[line.from:whole.from])
		if n == 0 {
			break
		}
		whole.from -= n
	}
	if n := plain(text[whole.from:number.to]); n > 0 {
		whole.to = max(whole.from+n, number.to)
	}
	return whole, number
}

// wordBefore is the length of the piece of mathematics that s ends with.
func wordBefore(s string) int {
	r, n := utf8.DecodeLastRuneInString(s)
	if unicode.IsDigit(r) || unicode.IsSpace(r) && r != '\n' || strings.ContainsRune("+-−*/·×^=()√.,%", r) {
		return n
	}
	if !letter(s[len(s)-1]) {
		return 0
	}
	from := len(s)
	for from > 0 && letter(s[from-1]) {
		from--
	}
	before, _ := utf8.DecodeLastRuneInString(s[:from])
	if before == '\'' || before >= utf8.RuneSelf && unicode.IsLetter(before) || word(s[from:]) != len(s)-from {
		return 0
	}
	return len(s) - from
}

// label tells a number that only numbers something: an item of a list, or an
// equation at its right.
func label(text string, line int, number span, to int) bool {
	before := strings.TrimSpace(text[line:number.from])
	after := text[number.to:min(to, number.to+2)]
	switch {
	case strings.Trim(before, "#>*- ") == "" && strings.HasPrefix(after, ". "):
		return true
	case strings.HasSuffix(text[line:number.from], "  (") && strings.HasPrefix(after, ")"):
		return true
	}
	return strings.HasSuffix(before, "Step") || strings.HasSuffix(before, "Case")
}

// choice is the letter of a choice: the one a text begins with, else the last.
func choice(text string, in span) []Candidate {
	first := in.from
	for first < in.to && strings.IndexByte(" \n*(", text[first]) >= 0 {
		first++
	}
	if first < in.to && chosen(text, span{first, in.to}, first) {
		return []Candidate{{Text: text[first : first+1], Source: Choice, From: first, To: first + 1}}
	}
	for i := in.to - 1; i >= in.from; i-- {
		if chosen(text, in, i) {
			return []Candidate{{Text: text[i : i+1], Source: Choice, From: i, To: i + 1}}
		}
	}
	return nil
}

// chosen tells whether a letter from A to J stands alone at i and is no article.
func chosen(text string, in span, i int) bool {
	if text[i] < 'A' || text[i] > 'J' || text[i] == 'I' || i > in.from && (letter(text[i-1]) || text[i-1] == '\'') {
		return false
	}
	rest := text[i+1 : in.to]
	if rest != "" && (letter(rest[0]) || digit(rest[0]) || rest[0] == '\'') {
		return false
	}
	return text[i] != 'A' || len(rest) < 2 || rest[0] != ' ' || !letter(rest[1])
}
