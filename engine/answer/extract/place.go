package extract

import (
	"slices"
	"strings"

	"github.com/aimo3/aimo3/engine/answer/thousands"
	"github.com/aimo3/aimo3/engine/answer/unit"
)

// Words of the sentences with which a reply ends.
var (
	sums     = []string{"after", "over", "within", "nach", "après", "dopo", "después", "durante", "за"}
	places   = []string{"when", "at", "attained", "achieved", "reached", "where", "if", "iff", "whenever", "for"}
	extremes = []string{"maximum", "minimum", "max", "min", "largest", "smallest", "greatest", "least", "maximal", "minimal"}
	verbs    = []string{"is", "are", "be", "equals", "gives", "get"}
	results  = []string{"so", "hence", "thus", "then", "therefore"}
	attained = []string{
		"is", "are", "was", "be", "can", "which", "and", "only", "with", "equality", "attained", "reached", "achieved", "obtained", "taken", "assumed", "realized", "realised", "occurs", "occurring", "happens", "holds", "units", "square",
	}
)

// unplaced is where a last sentence that has named its answer, a sum of money or
// an extreme value, goes on to say only when or where; else where the span ends.
func unplaced(text string, in span) int {
	tail := strings.TrimRight(text[in.from:in.to], " .\n")
	begin := in.from + max(sentenceStart(tail), len(tail)-maxSentence)
	end := in.from + len(tail)
	for at := begin; at < end; at++ {
		if text[at] != ' ' {
			continue
		}
		word, rest, _ := strings.Cut(text[at+1:end], " ")
		word = strings.TrimLeft(word, "(")
		if slices.Contains(sums, word) && paid(text, span{begin, at}, span{at, end}) ||
			slices.Contains(places, word) && placed(text[begin:at], word, rest) {
			return at
		}
	}
	return in.to
}

// paid tells whether a sum of money is named in the first of two halves of a
// sentence alone: she pays 220 dollars, over 12 months.
func paid(text string, head, rest span) bool {
	if _, more := amount(text, rest); more || holdsAny(wordsOf(text[rest.from:rest.to]), slices.Concat(verbs, results)) {
		return false
	}
	_, ok := amount(text, head)
	return ok && strings.Count(text[head.from:head.to], "$") < 2
}

// placed tells whether the head of a sentence names an extreme value, and what
// follows the word only where it is.
func placed(head, word, rest string) bool {
	says := wordsOf(rest)
	if (word == "at" || word == "for") && holdsAny(says, verbs) || holdsAny(says, results) || holdsAny(says, extremes) {
		return false
	}
	at := extreme(head)
	return at > 0 && (said(head, span{at, len(head)}) || holdsAny(wordsOf(head), extremes) && follows(head[at:]))
}

// extreme is where the last word for an extreme value ends, or 0.
func extreme(s string) int {
	end, before := 0, ""
	for at := 0; at < len(s); {
		word, _, _ := strings.Cut(s[at:], " ")
		at += len(word) + 1
		bare := strings.ToLower(strings.Trim(word, ",:*("))
		if slices.Contains(extremes, bare) && before != "at" || bare == "value" && end == 0 {
			end = min(at, len(s))
		}
		before = bare
	}
	return end
}

// said tells whether a verb of the span is followed by a value: is 7.
func said(text string, in span) bool {
	for at := range pauses(text, in) {
		words := strings.Fields(text[in.from:at])
		v, ok := value(text, span{at, in.to})
		if ok && slices.Contains(verbs, words[len(words)-1]) && strings.ContainsAny(text[v.from:v.to], `0123456789\`) {
			return true
		}
	}
	return false
}

// follows tells whether what follows a word for an extreme value is one number,
// and that it is attained: of 7 is attained. In "of 4 numbers" it is no value.
func follows(s string) bool {
	if noun, rest, ok := strings.Cut(s, "of "); ok && len(wordsOf(noun)) < 3 && !strings.ContainsAny(noun, "0123456789") {
		s = rest
	}
	for _, word := range [...]string{"", "possible", "value", "area", "distance", "length", "height", "volume", "sum", "product", "number"} {
		s = strings.TrimLeft(strings.TrimPrefix(s, word), " ,:(*")
	}
	v, ok := value(s, span{0, len(s)})
	if !ok {
		s = strings.TrimPrefix(s, "$") // of money
		v, ok = value(s, span{0, len(s)})
	}
	for _, word := range wordsOf(s[v.to:]) {
		if _, ok := unit.Read(word); !ok && !slices.Contains(attained, word) {
			return false
		}
	}
	return ok && lone(joined(tidy(s[v.from:v.to])))
}

// lone tells whether what stands for an extreme value is one number, perhaps of
// a unit, or behind the function whose value it is.
func lone(number string) bool {
	number = number[strings.LastIndexByte(number, '=')+1:]
	if function, rest, ok := strings.Cut(number, ", "); ok && !numeric(function) { // of $x+y$, $3$, is attained
		number = strings.Trim(rest, "$")
	}
	if at := strings.LastIndexByte(number, ' '); at > 0 {
		if _, ok := unit.Read(number[at+1:]); ok { // 45 m
			number = number[:at]
		}
	}
	_, n := thousands.Read(number, thousands.Open)
	return numeric(number) && strings.ContainsAny(number, "0123456789") && (n == len(number) || !strings.ContainsAny(number, ",["))
}
