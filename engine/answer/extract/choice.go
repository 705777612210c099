package extract

import "strings"

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
