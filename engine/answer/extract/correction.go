package extract

import (
	"slices"
	"strings"
)

// maxAfter bounds the text before the end in which a box is taken back, in bytes.
const maxAfter = 4096

// Words that a sentence on the answer is judged by.
var (
	concluding = []string{
		"final", "finale", "correct", "corrected", "right", "true", "actual", "revised", "updated", "new", "therefore", "thus", "so", "hence", "conclude", "conclusion", "finally", "consequently", "summary",
		"endgültige", "richtige", "korrekte", "correcte", "bonne", "correcta", "correta", "corretta", "окончательный", "правильный", "верный",
	}
	correcting = []string{
		"but", "however", "wait", "actually", "mistake", "error", "forgot", "forgotten", "oops", "instead", "sorry", "wrong", "incorrect", "missed", "correction", "no", "recheck", "rechecking", "recount", "rather", "overlooked", "hmm", "thought", "apologize", "apologise", "apologies", "miscounted", "miscalculated", "misread", "omitted",
		"aber", "fehler", "vergessen", "mais", "erreur", "oublié", "pero", "olvidé", "ma", "errore", "mas", "erro", "но", "ошибка", "забыл",
	}
	supposing = []string{
		"would", "could", "might", "may", "if", "not", "wrong", "incorrect", "common", "tempting", "naive", "initial", "previous", "earlier", "first", "original", "your", "their", "student's", "when", "were", "general", "generally",
	}
)

// boxesCorrected is what boxes finds, after what takes it back.
func boxesCorrected(text string, in span) []Candidate {
	found := boxes(text, in)
	if len(found) > 0 && disowned(text, in, found[0]) {
		rest := span{in.from, in.from + sentenceStart(text[in.from:found[0].From])}
		if at := strings.LastIndex(text[rest.to:found[0].From], "("); at >= 0 {
			rest.to += at
		}
		if instead := finalLines(text, rest); len(instead) > 0 {
			return append(instead, found...)
		}
	}
	return append(corrected(text, in, found), found...)
}

// disowned tells whether the sentence of a box says that it is not the answer:
// "(not \boxed{4})", "Earlier I wrote \boxed{9}, which is wrong".
func disowned(text string, in span, c Candidate) bool {
	begin := max(in.from, c.From-maxSentence)
	lead := wordsOf(text[begin+sentenceStart(text[begin:c.From]) : c.From])
	if n := len(lead); n > 1 && lead[n-2] == "not" {
		return true
	}
	after := span{min(in.to, c.To+1), in.to}
	next := wordsOf(text[after.from:sentenceEnd(text, after)])
	return holdsAny(next[:min(len(next), 3)], []string{"wrong", "incorrect"})
}

// corrected is the final answer that a sentence behind the last box names, if it
// says that it corrects the box or concludes. Other numbers behind a box are
// mere talk.
func corrected(text string, in span, found []Candidate) []Candidate {
	if len(found) == 0 || found[len(found)-1].Truncated {
		return nil
	}
	b := found[len(found)-1]
	rest := span{max(b.To, in.to-maxAfter), in.to}
	for _, c := range finalLines(text, rest) {
		begin := max(rest.from+sentenceStart(text[rest.from:c.From]), rest.from)
		if at := strings.LastIndex(text[begin:c.From], ": the answer"); at > 0 {
			begin += at + 1
		}
		if len(wordsOf(text[begin:c.From])) == 0 {
			begin = headingBefore(text, span{rest.from, begin})
		}
		lead := wordsOf(text[begin:c.From])
		chinese := slices.ContainsFunc([]string{"最终", "最終", "正确答案", "所以答案", "因此答案", "因此，答案", "所以，答案"}, func(w string) bool { return strings.Contains(text[begin:c.From], w) })
		end := sentenceEnd(text, span{c.To, in.to})
		after := wordsOf(text[c.To:end])
		at := slices.IndexFunc(lead, func(w string) bool { return answerWord(w) > 0 })
		asks := end < in.to && text[end] == '?'
		if at < 0 && !chinese || asks || len(lead)-at > 3 || c.Text == b.Text || holdsAny(lead, supposing) {
			continue
		}
		if named := strings.TrimRight(text[begin:c.From], " *$"); len(after) > 0 && letter(after[0][0]) && len(lead) > 0 && strings.HasSuffix(strings.ToLower(named), lead[len(lead)-1]) && answerWord(lead[len(lead)-1]) > 0 {
			continue // the answer 6 is tempting
		}
		if chinese || holdsAny(after, []string{"instead"}) || holdsAny(lead, concluding) || holdsAny(wordsOf(text[rest.from:begin]), correcting) || holdsAny(lead, correcting) {
			return []Candidate{c}
		}
	}
	return nil
}

// headingBefore is where the heading begins that a span ends with, or its end:
// "**Final answer**" and an empty line.
func headingBefore(text string, in span) int {
	head := strings.TrimRight(text[in.from:in.to], " \n")
	line := strings.LastIndexByte(head, '\n') + 1
	if title := strings.TrimLeft(head[line:], " "); strings.HasPrefix(title, "#") || strings.HasPrefix(title, "**") || strings.HasSuffix(title, ":") {
		return in.from + line
	}
	return in.to
}

// sentenceStart is where the last sentence or line of s begins.
func sentenceStart(s string) int {
	at := 0
	for _, end := range [...]string{". ", "! ", "? ", ".\n", "\n", "。", "; "} {
		if i := strings.LastIndex(s, end); i >= 0 {
			at = max(at, i+len(end))
		}
	}
	return at
}

// wordsOf are the words of s, in small letters and without marks around them.
func wordsOf(s string) []string {
	words := strings.Fields(strings.ToLower(s))
	for i, w := range words {
		words[i] = strings.Trim(w, ".,:;!?*_#()\"'`$}-—–：")
	}
	return slices.DeleteFunc(words, func(w string) bool { return w == "" })
}

// holdsAny tells whether one of the words is among others.
func holdsAny(words, others []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(others, w) })
}
