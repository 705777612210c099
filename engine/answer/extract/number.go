package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/aimo3/aimo3/engine/answer/thousands"
)

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
		if at := repeats(text[line:number.from]); label(text, line, number, in.to) || at > 0 {
			end = number.from
			if at > 0 {
				end = line + at
			}
			continue
		}
		if at, ok := compoundAround(text, span{line, in.to}, number); ok {
			return candidate(text, at, LastNumber), true
		}
		if c, ok := outOf(text, span{line, in.to}, number); ok {
			return c, true
		}
		c := candidate(text, whole, LastNumber)
		if fragment(text, c) {
			end = number.from
			continue
		}
		if strings.ContainsAny(c.Text, " ") && numeric(c.Text) && !strings.ContainsAny(c.Text, "+-−*/·×^√(\\") && !strings.Contains(c.Text, " x ") && !members(text, c, line, in.to) {
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
	if whole, ok := strings.CutSuffix(text[line.from:number.from], "{,}"); ok && whole != "" && digit(whole[len(whole)-1]) { // 2{,}5
		number.from = line.from + thousands.Last(whole)
	}
	number.from = grouped(text, line.from, number)
	if at := number.from; at > line.from && text[at-1] == '-' && (at-1 == line.from || text[at-2] == ' ' || text[at-2] == '=') {
		number.from--
	}
	if strings.HasPrefix(text[number.to:line.to], "%") {
		number.to++
	}
	if formula, ok := commandsAround(text, line, number); ok {
		return formula, formula
	}
	return around(text, line, number), number
}

// around is the plain mathematics of a line around a number.
func around(text string, line, number span) span {
	whole := number
	for whole.from > line.from {
		n := wordBefore(text[line.from:whole.from])
		if at := whole.from - 1; n == 0 && text[at] == ':' && digit(text[whole.from]) && at > line.from && digit(text[at-1]) { // 3:4
			n = 1
		}
		if n == 0 || text[whole.from-1] == '.' && text[whole.from] == ' ' || article(text[whole.from-n:number.to], n) {
			break
		}
		whole.from -= n
	}
	if n := plain(text[whole.from:number.to]); n > 0 {
		whole.to = max(whole.from+n, number.to)
	}
	whole.from += len(text[whole.from:number.from]) - len(strings.TrimLeft(text[whole.from:number.from], " ,"))
	head := text[whole.from:number.from]
	if at := strings.LastIndex(head, ", and "); at >= 0 && !strings.Contains(head[:at], ", ") { // n = 12, and 11 fails
		head = head[at+len(", "):]
	}
	whole.from = number.from - len(head) + first(head, []string{"or ", "and "})
	whole.to = max(whole.to, number.to+goesOn(text[number.from:line.to], number.to-number.from))
	for whole.to < line.to && text[whole.to] == ')' && whole.to-whole.from < maxContents && strings.Count(text[whole.from:whole.to], "(") > strings.Count(text[whole.from:whole.to], ")") {
		whole.to++
	}
	if s := text[whole.from:whole.to]; s[0] == '(' && !strings.Contains(s, ")") {
		whole.from++
	}
	return whole
}

// article tells a letter of n bytes with which s begins, and a number behind a
// space, from mathematics: there is a 12. It is no x of 1.5 x 10^3.
func article(s string, n int) bool {
	return n == 1 && letter(s[0]) && s[0]|0x20 != 'x' && len(s) > 2 && s[1] == ' ' && digit(s[2])
}

// goesOn is the length of what follows the number of n bytes with which s begins
// and is of one expression with it, or of one time: 3\pi, 4i, 2^n, 10:30 AM.
func goesOn(s string, n int) int {
	rest := s[n:]
	if strings.HasPrefix(rest, " ") {
		return half(rest)
	}
	r, _ := utf8.DecodeRuneInString(rest)
	switch {
	case strings.ContainsRune("^π√⁰¹²³⁴⁵⁶⁷⁸⁹⁻½⅓⅔¼¾", r), 'a' <= r && r <= 'z':
	case r == '\\' && first(rest, []string{`\pi`, `\sqrt`, `\cdot`, `\times`, `\ln`, `\log`}) > 0:
	default:
		return 0
	}
	return max(0, plain(s)-n)
}

// grouped is where a number begins if the digits before it belong to it: 234 of
// 1 234. They do not if they only number something: in case 2 500 ways.
func grouped(text string, line int, number span) int {
	first := number.from
	for first < number.to && digit(text[first]) {
		first++
	}
	from := line + thousands.Last(text[line:first])
	if from == number.from || text[number.from-1] != ' ' {
		return from
	}
	before := strings.ToLower(strings.TrimRight(text[line:from], " "))
	for _, word := range [...]string{"step", "case", "part", "day", "year", "level", "round", "row", "line", "figure", "table", "chapter", "page", "problem", "question", "section", "exercise", "lemma", "theorem", "for", "n =", "k ="} {
		if strings.HasSuffix(before, word) {
			return number.from
		}
	}
	return from
}

// repeats is where an aside begins that s, which a number follows, ends with:
// "1,234,567 ways, i.e. about". It is 0 if there is none, or no number before.
func repeats(s string) int {
	s = strings.TrimRight(s, " ~$")
	for _, word := range [...]string{"about", "approximately", "approx.", "roughly", "around", "≈"} {
		rest, ok := strings.CutSuffix(s, word)
		if !ok {
			continue
		}
		rest = strings.TrimRight(rest, " ")
		for _, lead := range [...]string{"(", "i.e.", " or", "which is", "that is", "(or", "(i.e.", "—", "–"} {
			if at := len(rest) - len(lead); strings.HasSuffix(rest, lead) && strings.ContainsAny(rest[:at], "0123456789") {
				return at
			}
		}
	}
	return 0
}

// commandsAround is the formula of TeX, without its marks, in which a number
// stands: \frac{4}{23}. It begins before the number and on its line.
func commandsAround(text string, line, number span) (span, bool) {
	from, command := number.from, -1
	for from > line.from {
		n := wordBefore(text[line.from:from])
		if n == 0 && strings.IndexByte(`{}[]\^_!|`, text[from-1]) >= 0 {
			n = 1
		}
		if n == 0 {
			n = commandBefore(text[line.from:from])
		}
		if n == 0 || number.from-from > maxContents {
			break
		}
		from -= n
		if text[from] == '\\' || strings.HasPrefix(text[from:], "^{") {
			command = from
		}
	}
	if command < 0 {
		return span{}, false
	}
	for from < command && strings.IndexByte(" \t,.)}]!=%/", text[from]) >= 0 {
		from++
	}
	n := plain(text[from:line.to])
	return span{from, from + n}, n > 0 && from+n >= number.to
}

// commandBefore is the length of the command, of no further meaning here, with
// which s ends.
func commandBefore(s string) int {
	from := len(s)
	for from > 0 && letter(s[from-1]) {
		from--
	}
	if from == 0 || from == len(s) || s[from-1] != '\\' || strings.Contains(s[from:], "box") {
		return 0
	}
	return len(s) - from + 1
}

// wordBefore is the length of the piece of mathematics that s ends with.
func wordBefore(s string) int {
	r, n := utf8.DecodeLastRuneInString(s)
	if r == '.' && strings.HasSuffix(s, "i.e.") || r == ',' && strings.HasSuffix(s, "i.e.,") {
		return 0
	}
	if unicode.IsDigit(r) || unicode.IsSpace(r) && r != '\n' || strings.ContainsRune("+-−±*/·×^=()√.,%", r) {
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
	case first(strings.TrimLeft(text[number.to:to], " "), []string{"decimal", "significant", "d.p", "s.f", "sig"}) > 0:
		return true
	case strings.HasSuffix(text[line:number.from], "  (") && strings.HasPrefix(after, ")"):
		return true
	}
	return strings.HasSuffix(before, "Step") || strings.HasSuffix(before, "Case")
}
