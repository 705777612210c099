package answer

import (
	"strings"

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
	case s[0] == ')' && spaced, !opened && (s[0] == '.' || s[0] == ':') && spaced:
		return choice{letter: letter, marked: true, rest: rest}
	}
	return choice{}
}

// choices compares two answers of which both pick, by their letters.
func choices(a, b Answer) (value.Judgement, bool) {
	x, y := a.choice, b.choice
	switch {
	case x.letter == 0 || y.letter == 0 || !x.marked && !y.marked:
		return value.Judgement{}, false
	case x.letter != y.letter:
		return different("other choices"), true
	case x.rest != "" && y.rest != "" && folded(x.rest) != folded(y.rest):
		return unknown("one letter for two texts"), true
	}
	return equal(value.Text, "the same choice"), true
}
