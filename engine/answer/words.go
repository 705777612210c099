package answer

import (
	"slices"
	"strings"
	"unicode"

	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// folded is text as words are compared: without markup, punctuation at the end
// of words, articles and, but for single letters, case.
func folded(s string) string {
	words := strings.Fields(bareText(s))
	kept := words[:0]
	for i, w := range words {
		w = strings.Trim(w, ".,;:!?'\"`()“”‘’")
		if w == "and" && i > 0 && slices.ContainsFunc(words[i+1:], breaks) { // one and a half
			kept = append(kept, w)
			continue
		}
		if len(words) > 1 && slices.Contains([]string{"", "a", "an", "the", "all", "any", "every", "and"}, strings.ToLower(w)) {
			continue
		}
		kept = append(kept, w)
	}
	s = strings.Join(kept, " ")
	if len([]rune(s)) > 1 {
		s = strings.ToLower(s)
	}
	return s
}

// words compares two answers of which at least one is text.
func (c *comparison) words(a, b Answer) value.Judgement {
	if a.folded == b.folded && a.folded != "" {
		if (a.Node == nil) != (b.Node == nil) && strings.Count(a.plain+b.plain, "{") != strings.Count(a.plain+b.plain, "}") {
			return unknown("braces that do not match")
		}
		return equal(value.Text, "")
	}
	if shuffled(a.folded) == shuffled(b.folded) && a.folded != "" {
		return equal(value.Text, "the same words")
	}
	x, y := c.sense(a), c.sense(b)
	if x != "" && x == y {
		return equal(value.Text, "both mean "+x)
	}
	if j, ok := c.looseWords(a, b); ok {
		return j
	}
	if j, ok := c.meanings(a, b); ok {
		return j
	}
	switch {
	case a.Node != nil:
		return againstText(b, a)
	case b.Node != nil:
		return againstText(a, b)
	case x != "" && y != "" || plainWord(a.folded) && plainWord(b.folded):
		return different("other words")
	}
	return unknown("text that cannot be compared")
}

// againstText compares a, which is text, with b, which is mathematics.
func againstText(a, b Answer) value.Judgement {
	if letters(b.Node) == a.folded {
		return equal(value.Text, "")
	}
	if b.Node.Op == tex.Product && sameLetters(letters(b.Node), a.folded) {
		return unknown("letters in another order")
	}
	if plainWord(a.folded) && !mayBe(a.folded, b.Kind) && b.clock.seconds == 0 && (b.Kind != List || !holds(b.Node, tex.Words)) {
		return unlike(Words, b.Kind)
	}
	return unknown("text against mathematics")
}

// meanings compares what two answers say of remainders.
func (c *comparison) meanings(a, b Answer) (value.Judgement, bool) {
	x, y := a.meant(), b.meant()
	if x == nil || y == nil {
		return value.Judgement{}, false
	}
	return c.progressions(x, y)
}

// meant is what an answer was read as, or the remainders that its words speak of.
func (a Answer) meant() *tex.Node {
	if a.Node == nil {
		return a.class
	}
	return a.Node
}

// shuffled is two words in alphabetical order, without "is": "n is even" says what
// "even n" does. Of more words, and of numbers, the order matters.
func shuffled(s string) string {
	words := strings.Fields(s)
	if len(words) > 4 || strings.ContainsAny(s, "0123456789") {
		return s
	}
	words = slices.DeleteFunc(words, func(w string) bool { return w == "is" || w == "are" })
	if len(words) > 2 {
		return s
	}
	slices.Sort(words)
	return strings.Join(words, " ")
}

// looseWords compares what a sentence says that something is, or what follows
// the letter of a choice, with an answer.
func (c *comparison) looseWords(a, b Answer) (value.Judgement, bool) {
	for _, pair := range [...][2]Answer{{a, b}, {b, a}} {
		text, other := pair[0], pair[1]
		if text.loose == nil || other.Node == nil {
			continue
		}
		if j := c.nodes(text.loose, other.Node); j.Verdict == value.Equal {
			return lenient(j, "read out of a sentence"), true
		}
	}
	return value.Judgement{}, false
}

// letters is how a name, or a product of names, is spelled.
func letters(n *tex.Node) string {
	switch n.Op {
	case tex.Name:
		if len(n.Args) == 0 {
			return n.Text
		}
	case tex.Product:
		var b strings.Builder
		for _, arg := range n.Args {
			if arg.Op != tex.Name {
				return ""
			}
			b.WriteString(letters(arg))
		}
		return strings.ToLower(b.String())
	default:
	}
	return ""
}

// plainWord says whether s is one to three words of letters.
func plainWord(s string) bool {
	return s != "" && strings.Count(s, " ") < 3 && !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && r != ' ' && r != '-' })
}

// sense is what an answer in words means, where many words mean one thing.
func (c *comparison) sense(a Answer) string {
	sense := senseOf(a.folded)
	if sense == "" && a.Node != nil {
		switch {
		case a.Node.Op == tex.Empty || a.Node.Op == tex.Set && len(a.Node.Args) == 0:
			sense = nowhere
		case infinite(a.Node, 1):
			sense = endless
		}
	}
	if c.policy.has(UndefinedAlike) && (sense == nowhere || sense == endless) {
		return meaningless
	}
	return sense
}

// The senses of more than one wording.
const (
	nowhere     = "that there is none"
	endless     = "infinity"
	meaningless = "that it is not defined"
)

// senseOf is the sense of folded words.
func senseOf(s string) string {
	switch s {
	case "no solution", "no solutions", "none", "no such", "empty set", "no real solution", "no real solutions", "no integer solutions", "no integer solution", "does not exist any",
		"there are no solutions", "there is no solution", "there are none", "no such number", "no such numbers", "no such n", "no such integer", "no such integers", `\emptyset`, `\varnothing`, "∅":
		return nowhere
	case "infinity", "infinite", "infinitely many", "infinitely many solutions", "infinitely", "∞", `\infty`, "+∞", `+\infty`:
		return endless
	case "undefined", "not defined", "dne", "does not exist", "doesn't exist", "indeterminate", "limit does not exist":
		return meaningless
	case "yes", "true", "correct":
		return "yes"
	case "no", "false", "incorrect":
		return "no"
	}
	return ""
}
