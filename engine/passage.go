package engine

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Passage is where words that were searched for stand in what a sample said.
type Passage struct {
	Sample int    `json:"sample"`
	Cell   int    `json:"cell,omitempty"` // from 1; 0: it is in the reply
	Text   string `json:"text"`           // one line; hostile until sanitised
}

// What stands around the word in a Passage, in bytes at most.
const (
	passageBefore = 40
	passageAfter  = 80
)

// IsWordRune says whether r is of a word, for searches: a letter, a digit or a mark.
func IsWordRune(r rune) bool { return unicode.In(r, unicode.L, unicode.N, unicode.M, unicode.Co) }

// WordParts are the words of a text as searches know them, as they stand there.
func WordParts(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return !IsWordRune(r) })
}

// Passage is the place in the replies and the code of an attempt that has the most of the
// words. It is not ok where the statement, the answer, the model and the ID have all of them,
// or the samples said none.
func (p *Progress) Passage(words string) (best Passage, ok bool) {
	wanted := WordParts(strings.ToLower(words))
	own := p.Problem.Statement + " " + p.Plan.Model + " " + string(p.ID)
	if p.Verdict != nil {
		own += " " + string(p.Verdict.Answer)
	}
	if n, _ := hits(own, wanted); n == len(wanted) {
		return Passage{}, false
	}
	most := 0
	look := func(sample, cell int, text string) {
		if n, at := hits(text, wanted); n > most {
			most, best = n, Passage{sample, cell, around(text, at)}
		}
	}
	for i := range p.Samples {
		s := &p.Samples[i]
		look(i, 0, s.Reply.String())
		for j := range s.Cells {
			look(i, j+1, s.Cells[j].Code)
		}
	}
	return best, most > 0
}

// hits is how many of the wanted words begin a word of the text, and where the longest of
// those does so first.
func hits(text string, wanted []string) (n, at int) {
	found, longest := make([]bool, len(wanted)), 0
	for i := 0; i < len(text) && n < len(wanted); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !IsWordRune(r) {
			i += size
			continue
		}
		end := i + wordLen(text[i:])
		word := strings.ToLower(text[i:end])
		for j, w := range wanted {
			if found[j] || !strings.HasPrefix(word, w) {
				continue
			}
			found[j], n = true, n+1
			if len(w) > longest {
				longest, at = len(w), i
			}
		}
		i = end
	}
	return n, at
}

// wordLen is how many bytes the word has that text begins with.
func wordLen(text string) int {
	if n := strings.IndexFunc(text, func(r rune) bool { return !IsWordRune(r) }); n >= 0 {
		return n
	}
	return len(text)
}

// around is what stands around a place of a text, on one line.
func around(text string, at int) string {
	from, to := max(at-passageBefore, 0), min(at+passageAfter, len(text))
	before, after := text[from:at], text[at:to]
	if i := strings.IndexFunc(before, unicode.IsSpace); from > 0 && i >= 0 {
		before = "…" + before[i:]
	}
	if i := strings.LastIndexFunc(after, unicode.IsSpace); to < len(text) && i > 0 {
		after = after[:i] + "…"
	}
	line := strings.Join(strings.Fields(strings.ToValidUTF8(before+after, "")), " ")
	return strings.Replace(line, "… ", "…", 1)
}
