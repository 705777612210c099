package extract

import "strings"

// tags is an answer between the tags that a model was told to use.
func tags(text string, in span) []Candidate {
	var best []Candidate
	for _, pair := range [...][2]string{
		{"<answer>", "</answer>"}, {"<|begin_of_box|>", "<|end_of_box|>"}, {"<final_answer>", "</final_answer>"}, {"<final>", "</final>"}, {"[ANSWER]", "[/ANSWER]"},
	} {
		if !strings.Contains(text[in.from:in.to], pair[0]) { // several times as fast as the search from the end
			continue
		}
		at := strings.LastIndex(text[in.from:in.to], pair[0])
		from := in.from + at + len(pair[0])
		to, cut := in.to, true
		if n := strings.Index(text[from:in.to], pair[1]); n >= 0 {
			to, cut = from+n, false
		} else {
			to = lineEnd(text, from, to)
		}
		if c, ok := held(text, span{from, to}); ok && (len(best) == 0 || best[0].From < from) {
			c.Truncated = cut
			best = []Candidate{c}
		}
	}
	return best
}

// held is the answer that stands between tags: all of it, or what a sentence
// there says.
func held(text string, in span) (Candidate, bool) {
	s := tidy(text[in.from:in.to])
	if hollow(s) || len(s) > maxContents {
		return Candidate{}, false
	}
	c := Candidate{Text: s, Source: Tag, From: in.from, To: in.to}
	if found := finalLines(text, in); len(found) > 0 && strings.Contains(s, " ") {
		c.Text, c.From, c.To = found[0].Text, found[0].From, found[0].To
	}
	return c, true
}
