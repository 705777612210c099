package answer

import (
	"errors"
	"slices"
	"strings"

	"github.com/aimo3/aimo3/engine/answer/markup"
	"github.com/aimo3/aimo3/engine/answer/tex"
)

// MaxBytes is the longest answer that Parse reads.
const MaxBytes = 4096

// What Parse returns for what is no answer.
var (
	ErrEmpty    = errors.New("empty answer")
	ErrTooLarge = errors.New("answer too large to be compared")
)

// Answer is an answer as it was written and as it was read.
type Answer struct {
	Raw  string
	Kind Kind
	Node *tex.Node // what was read; nil for text

	plain  string // as written, but for outer spaces and dollar signs
	folded string // as words are compared
	choice choice
	chosen *tex.Node // what follows the letter of a choice
	clock  clock
	class  *tex.Node // the remainders that words speak of, "n is even"
	loose  *tex.Node // what follows "the area is", in text that is read as text
}

// Parse reads one answer, within bounds on its length, depth and parts. What is
// no mathematics is an answer in words; errors are ErrEmpty and ErrTooLarge.
func Parse(s string) (Answer, error) {
	if len(s) > MaxBytes {
		return Answer{}, ErrTooLarge
	}
	raw := s
	if strings.ContainsAny(s, "<[&`_*~") {
		s = markup.Bare(s)
	}
	if exact, ok := beforeAside(s); ok {
		exact.Raw = raw
		return exact, nil
	}
	a := Answer{Raw: raw, plain: outer(singly(s))}
	if a.plain == "" {
		return a, ErrEmpty
	}
	if err := a.read(s); err != nil {
		return a, err
	}
	if a.folded = folded(a.plain); a.folded == "" && a.Node == nil {
		return a, ErrEmpty
	}
	a.worded()
	a.choice, a.clock = readChoice(a.plain), readClock(a.plain)
	a.chosen = chosenValue(a.choice, a.plain)
	if a.Node == nil {
		a.Node = numbersNamed(a.folded)
		a.Kind = Span
	}
	if a.Node == nil {
		a.Kind = Words
		a.loose = afterVerb(a.plain)
		a.class = residueClass(a.folded)
	}
	return a, nil
}

// read reads the mathematics of s, if it is any.
func (a *Answer) read(s string) error {
	if dated(a.plain) {
		return nil
	}
	n, err := tex.Parse(singly(s))
	if errors.Is(err, tex.ErrTooLarge) {
		return ErrTooLarge
	}
	if err == nil && n.Op == tex.Words && countable(n.Text) {
		n, err = tex.Parse(n.Text) // \text{3 and 4}
	}
	if err == nil && n.Op == tex.Words {
		n = amount(n)
	}
	if err != nil || n.Op == tex.Words {
		n = conditioned(a.plain)
	}
	if last := arrowed(a.plain); last != nil {
		n = last
	}
	if n = reading(n, s); n != nil && (kindOf(n) != Scalar || !holds(n, tex.Words)) {
		a.Node, a.Kind = n, kindOf(n)
	}
	return nil
}

// dated says whether s is a date such as 2020-01-02, and no difference.
func dated(s string) bool {
	return len(s) == len("2020-01-02") && s[4] == '-' && s[7] == '-' && strings.Trim(s[:4]+s[5:7]+s[8:], "0123456789") == "" && (s[5] == '0' || s[5] == '1') && s[8] <= '3'
}

// singly is s with single backslashes, if all of them were doubled on the way, as
// a program's string is.
func singly(s string) string {
	doubled := strings.ReplaceAll(s, `\\`, "")
	if len(doubled) == len(s) || strings.Contains(doubled, `\`) || !strings.Contains(s, `\\begin`) && !strings.Contains(s, `\\frac`) && !strings.Contains(s, `\\left`) {
		return s
	}
	return strings.ReplaceAll(s, `\\`, `\`)
}

// countable says whether words are but numerals, and what joins them.
func countable(words string) bool {
	words = strings.NewReplacer("and", "", "or", "").Replace(words)
	return strings.ContainsAny(words, "0123456789") && strings.Trim(words, "0123456789 ,.;") == ""
}

// numbersNamed is the set that a few words name.
func numbersNamed(folded string) *tex.Node {
	name := ""
	switch folded {
	case "real numbers", "reals", "real number", "real x", "real values", "set of real numbers":
		name = `\mathbb{R}`
	case "integers", "integer", "set of integers", "integer n":
		name = `\mathbb{Z}`
	case "positive integers", "positive integer", "positive integer n":
		name = `\mathbb{Z}^+`
	case "positive real numbers", "positive reals", "positive real number":
		name = `\mathbb{R}^+`
	case "rational numbers", "rationals":
		name = `\mathbb{Q}`
	case "complex numbers":
		name = `\mathbb{C}`
	case "natural numbers", "naturals":
		name = `\mathbb{N}`
	default:
		return nil
	}
	return &tex.Node{Op: tex.Name, Text: name}
}

// outer is s without outer spaces and dollar signs, and with runs of space as one.
func outer(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	for {
		t := strings.TrimSpace(strings.Trim(s, "$"))
		if t == s {
			return s
		}
		s = t
	}
}

// afterVerb is what a sentence says that one thing is: 5 of "the area is 5", and
// of "#S = 5", since a name may also be one that we cannot read.
func afterVerb(s string) *tex.Node {
	at, verbs := afterEqual(s), 0
	for _, verb := range [...]string{` is `, ` are `, ` is: `, `\ is\ `, `\ are\ `, `\approx`} {
		if i := strings.LastIndex(s, verb); i >= 0 {
			at = max(at, i+len(verb))
			verbs += strings.Count(s, verb)
		}
	}
	if verbs -= strings.Count(s, `\approx`); at < 0 || verbs > 1 {
		return nil
	}
	n, err := tex.Parse(strings.TrimRight(s[at:], ` .)\,;`))
	if err != nil || n.Op == tex.Words {
		return nil
	}
	return n
}

// afterEqual is where the value begins in what equates one thing with it, or -1.
func afterEqual(s string) int {
	what, _, found := strings.Cut(s, "=")
	what = bareText(what)
	if !found || strings.ContainsAny(what, ",;<>!") || slices.ContainsFunc(strings.Fields(what), func(w string) bool {
		return slices.Contains([]string{"if", "when", "where", "for", "or", "and", "iff", "with", "not"}, strings.ToLower(w))
	}) {
		return -1
	}
	return strings.LastIndexByte(s, '=') + 1
}
