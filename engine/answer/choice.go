package answer

import (
	"strings"

	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// choice is an answer that picks one of several that were offered: (B), B) 12.
type choice struct {
	letter byte // 0 if the answer is no choice
	marked bool // with a bracket or full stop: more than the bare letter
	rest   string
}

// readChoice reads the letter of a choice, A to J, and what follows it.
func readChoice(s string) choice {
	s = strings.TrimSpace(bareText(s))
	whole := s
	for _, lead := range [...]string{"Option ", "option ", "Choice ", "choice ", "Answer: ", "Answer "} {
		s = strings.TrimPrefix(s, lead)
	}
	s, opened := strings.CutPrefix(s, "(")
	led := len(s) < len(whole)
	if s == "" || s[0] < 'A' || s[0] > 'J' {
		return choice{}
	}
	letter, s := s[0], s[1:]
	if s == "" {
		return choice{letter: letter, marked: led}
	}
	rest := strings.TrimLeft(s[1:], " ")
	spaced := len(rest) < len(s[1:]) || rest == ""
	switch {
	case s[0] == ')' && (spaced || !opened && strings.Count(rest, ")") == strings.Count(rest, "(") || opened && rest[0]-'0' < 10), !opened && (s[0] == '.' || s[0] == ':') && spaced:
		return choice{letter: letter, marked: true, rest: rest}
	}
	return choice{}
}

// valueOfChoice is the text behind the letter of a choice, as it was written.
func valueOfChoice(s string) string {
	open := strings.IndexAny(s, ").:")
	if open < 0 {
		return ""
	}
	s = strings.TrimLeft(s[open+1:], ") :*")
	for drop := true; drop; { // what closes or spaces, as in \textbf{(C)}\ 24
		drop = false
		for _, lead := range [...]string{"}", "$", "**", `\ `, `\,`, `\;`, `\:`, `\quad`, `\qquad`, "~", " ", `\)`, ")", ":"} {
			if rest, ok := strings.CutPrefix(s, lead); ok {
				s, drop = rest, true
			}
		}
	}
	if strings.Count(s, "}") > strings.Count(s, "{") {
		s = strings.TrimSuffix(s, "}")
	}
	return s
}

// chosenValue is what follows the letter of a choice, if that is mathematics.
func chosenValue(c choice, s string) *tex.Node {
	if !c.marked || c.rest == "" {
		return nil
	}
	rest := valueOfChoice(s)
	n, err := tex.Parse(rest)
	if err != nil || n.Op == tex.Words {
		return nil
	}
	return reading(n, rest)
}

// choices compares two answers of which both pick, by their letters.
func (c *comparison) choices(a, b Answer) (value.Judgement, bool) {
	x, y := a.choice, b.choice
	switch {
	case x.letter == 0 || y.letter == 0 || !x.marked && !y.marked:
		return value.Judgement{}, false
	case x.letter != y.letter:
		return different("other choices"), true
	case x.rest == "" || y.rest == "" || folded(x.rest) == folded(y.rest):
		return equal(value.Text, "the same choice"), true
	case a.chosen != nil && b.chosen != nil:
		if j := c.nodes(a.chosen, b.chosen); j.Verdict == value.Equal {
			return j, true
		}
	}
	return unknown("one letter for two texts"), true
}

// chosen compares an answer that picks and says what it picks, (C) 24, with one
// that only says it.
func (c *comparison) chosen(a, b Answer) (value.Judgement, bool) {
	for _, pair := range [...][2]Answer{{a, b}, {b, a}} {
		picked, other := pair[0], pair[1]
		if picked.choice.marked && picked.choice.rest != "" && other.choice.letter == 0 && other.Kind != Tuple && folded(picked.choice.rest) == other.folded {
			return equal(value.Text, "lenient: the letter of a choice left out on one side"), true
		}
		if picked.chosen == nil || other.Node == nil || other.choice.letter != 0 {
			continue
		}
		if j := c.nodes(picked.chosen, other.Node); j.Verdict == value.Equal {
			return lenient(j, "the letter of a choice left out on one side"), true
		}
	}
	return value.Judgement{}, false
}
