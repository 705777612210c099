package extract

import (
	"strings"

	"github.com/aimo3/aimo3/engine/answer/markup"
)

// separators are what stands between the members of a list that is spread over
// several boxes or formulas. The first few also make it one; space alone, or
// the end of a formula, does not.
var (
	conjunctions = [...]string{
		",", ";", "、", "，", "；", "and", "or", "et", "ou", "und", "oder", "y", "o", "e", "ed", "и", "или", "та", "або", "i", "lub", "oraz",
		"en", "of", "och", "eller", "og", "ja", "tai", "ve", "veya", "va", "và", "hoặc", "dan", "atau", "和", "或", "及", "与", "と", "または", "와", "과", "또는", "और", "या", "و", "أو",
	}
	spacing = [...]string{
		" ", "\t", "$", "&", "~", "*", `\quad`, `\qquad`, `\,`, `\;`, `\:`, `\!`, `\ `, `\(`, `\)`, `\[`, `\]`, `\lor`, `\vee`, `\land`, `\wedge`,
	}
	textCommands = [...]string{`\text{`, `\textrm{`, `\mathrm{`, `\mbox{`, `\textbf{`, `\operatorname{`}
)

// separates tells whether a gap on one line does no more than part two members
// of a list.
func separates(gap string) bool {
	if len(gap) > 100 {
		return false
	}
	parted := false
	inText := false
	for gap != "" {
		if n := first(gap, spacing[:]); n > 0 {
			parted = parted || strings.HasPrefix(gap, `\l`) || strings.HasPrefix(gap, `\v`) || strings.HasPrefix(gap, `\w`)
			gap = gap[n:]
			continue
		}
		if n := first(gap, textCommands[:]); n > 0 && !inText {
			inText = true
			gap = gap[n:]
			continue
		}
		if inText && gap[0] == '}' {
			inText = false
			gap = gap[1:]
			continue
		}
		n := conjunction(gap)
		if n == 0 {
			return false
		}
		parted = true
		gap = gap[n:]
	}
	return parted && !inText
}

// first is the length of the longest of the words that s begins with.
func first(s string, words []string) int {
	n := 0
	for _, w := range words {
		if len(w) > n && strings.HasPrefix(s, w) {
			n = len(w)
		}
	}
	return n
}

// conjunction is the length of the conjunction that s begins with; one of
// letters must not go on as another word.
func conjunction(s string) int {
	n := 0
	for _, w := range conjunctions {
		if len(w) <= n || !foldPrefix(s, w) {
			continue
		}
		if len(s) > len(w) && letter(w[len(w)-1]) && letter(s[len(w)]) {
			continue
		}
		n = len(w)
	}
	return n
}

// nameBefore is the "x =" that directly precedes i, else nothing at i.
func nameBefore(text string, i, floor int) span {
	floor = max(floor, i-32)
	head := strings.TrimRight(text[floor:i], " ")
	head, ok := strings.CutSuffix(head, "=")
	if !ok {
		return span{i, i}
	}
	head = strings.TrimRight(head, " ")
	from := len(head)
	for from > 0 && (letter(head[from-1]) || digit(head[from-1]) || strings.IndexByte("_{}'", head[from-1]) >= 0) {
		from--
	}
	if from > 0 && head[from-1] == '\\' {
		from--
	}
	name := head[from:]
	bare := strings.TrimPrefix(name, `\`)
	if bare == "" || !letter(bare[0]) || strings.Count(name, "{") != strings.Count(name, "}") {
		return span{i, i}
	}
	return span{floor + from, i}
}

// tidy removes what surrounds an answer but is no part of it: markdown, the
// marks of formulas, and a sentence's full stop.
func tidy(s string) string {
	if strings.ContainsAny(s, "<[&`_~") {
		s = markup.Bare(s)
	}
	for {
		t := strings.TrimSpace(s)
		t = strings.TrimSpace(strings.TrimPrefix(t, `\displaystyle`))
		t = unwrapped(t)
		t = strings.TrimLeft(t, "*$")
		if bare := strings.TrimRight(t, "*$"); !strings.HasSuffix(bare, `\`) {
			t = bare
		}
		t = strings.TrimSuffix(t, "。")
		if strings.HasSuffix(t, "}") && !strings.Contains(t, "{") { // {"answer": 42}
			t = strings.TrimSuffix(t, "}")
		}
		if !strings.HasSuffix(t, "..") && !strings.HasSuffix(t, `\.`) {
			t = strings.TrimSuffix(t, ".")
		}
		if t == s {
			return t
		}
		s = t
	}
}

// unwrapped takes off the marks of a formula where they begin or end s.
func unwrapped(s string) string {
	for _, mark := range [...]string{`\(`, `\[`} {
		s = strings.TrimPrefix(s, mark)
	}
	for _, mark := range [...]string{`\)`, `\]`, `\\`} {
		if strings.HasSuffix(s, mark) && !escaped(s, len(s)-2, 0) {
			s = strings.TrimSuffix(s, mark)
		}
	}
	return s
}
