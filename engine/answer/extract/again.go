package extract

import (
	"slices"
	"strings"
)

// saysAgain tells whether a number only repeats the candidate before it, as in
// $\frac34$, i.e. 75%.
func saysAgain(text string, exact, number Candidate) bool {
	if number.Source != LastNumber || exact.To > number.To || number.To-exact.To > 64 {
		return false
	}
	gap := text[exact.To:number.To]
	at := strings.IndexAny(gap, "0123456789")
	if at <= 0 {
		return false
	}
	marked := strings.HasSuffix(number.Text, "%") || first(strings.TrimLeft(text[number.To:], " "), []string{"%", `\%`, "percent", "per cent", "to "}) > 0
	for word := range strings.FieldsSeq(strings.NewReplacer("(", " ( ", ",", " ", "*", " ", "$", " ", "≈", " ≈ ").Replace(gap[:at])) {
		switch strings.ToLower(word) {
		case "or", "which", "that", "is", "-":
		case "(", "about", "approximately", "approx", "approx.", "roughly", "around", "nearly", "almost", "i.e.", "i.e", "≈", `\approx`, "equivalently", "namely":
			marked = true
		default:
			return false
		}
	}
	return marked
}

// beside tells whether a number is only what a sentence goes on with that marks
// the one before it as a formula: it crawls $120$ feet in 40 seconds.
func beside(text string, marked, number Candidate) bool {
	sum := strings.Contains(text[number.From:number.To], "=")
	lone := numeric(marked.Text) && !strings.ContainsAny(marked.Text, "=<>+-*/ ") && !strings.HasSuffix(marked.Text, ",")
	if number.Source != LastNumber || marked.To > number.From || sum || !lone {
		return false
	}
	gap := text[marked.To:number.From]
	if len(gap) > maxSentence || sentenceStart(gap) > 0 || strings.ContainsAny(gap, ",:(\\") {
		return false
	}
	says := wordsOf(gap)
	return len(says) > 1 && !holdsAny(says, slices.Concat(verbs, results, []string{"have", "has", "had", "was", "were", "will", "must", "can"}))
}
