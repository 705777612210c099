package extract

import (
	"slices"
	"strings"
)

// chosenLine is the letter that a last line only picks: "Option B", "(C)".
func chosenLine(text string, line span) (span, bool) {
	s := text[line.from:line.to]
	if len(s) > maxChoiceLine || strings.ContainsAny(s, "0123456789$\\=") {
		return span{}, false
	}
	letters, at := 0, 0
	for i := range len(s) {
		if chosen(s, span{0, len(s)}, i) {
			letters++
			at = line.from + i
		}
	}
	words := wordsOf(s)
	picks := len(words) == 1 || holdsAny(words, []string{"option", "choice", "opción", "opção", "opzione", "вариант"})
	return span{at, at + 1}, letters == 1 && picks
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
	var ruledOut []Candidate
	for i := in.to - 1; i >= in.from; i-- {
		if !chosen(text, in, i) {
			continue
		}
		c := Candidate{Text: text[i : i+1], Source: Choice, From: i, To: i + 1}
		if !refused(text, in, i) {
			return []Candidate{c}
		}
		if ruledOut == nil {
			ruledOut = []Candidate{c}
		}
	}
	return ruledOut
}

// refused tells whether the words around the letter at i say that it is not the
// one: "not (A)", "(C) is not".
func refused(text string, in span, i int) bool {
	const reach = 24
	before := wordsOf(text[max(in.from, i-reach):i])
	if n := len(before); n > 0 && (before[n-1] == "not" || before[n-1] == "than") {
		return true
	}
	after := wordsOf(text[i+1 : min(in.to, i+1+reach)])
	if len(after) == 0 {
		return false
	}
	switch strings.ReplaceAll(after[0], "’", "'") {
	case "isn't", "cannot", "can't":
		return true
	case "is":
		return len(after) > 1 && slices.Contains([]string{"not", "wrong", "incorrect", "false"}, after[1])
	}
	return false
}

// lettered is the choice with its value with which a span begins, if no more
// follows on its line: B: 24, (B) $\frac12$.
func lettered(text string, in span) (span, bool) {
	s, opened := strings.CutPrefix(text[in.from:in.to], "(")
	if len(s) < 4 || s[0] < 'A' || s[0] > 'J' || s[1] != ')' && (opened || s[1] != '.' && s[1] != ':') {
		return span{}, false
	}
	at := span{in.to - len(s[2:]), in.to}
	v, ok := mathematics(text, at)
	if !ok || v.from == at.from {
		return span{}, false
	}
	behind, _, _ := strings.Cut(text[v.to:in.to], "\n")
	return span{in.from, v.to}, strings.Trim(behind, ". *)") == ""
}

// letters is the length of the several choices that s is up to its full stop:
// ACD; A, C and D.
func letters(s string) int {
	end, last, n := 0, byte(0), 0
	for at := 0; at < len(s) && s[at] > last && s[at] >= 'A' && s[at] <= 'J' && s[at] != 'I'; n++ {
		last = s[at]
		at++
		end = at
		at += first(s[at:], []string{" ", ", ", ",", " and ", ", and ", " & ", "、"})
	}
	if behind := strings.TrimLeft(s[end:], "*)]\"'$"); n < 2 || behind != "" && behind[0] != '.' && behind[0] != '\n' {
		return 0
	}
	return end
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
