package answer

import (
	"slices"
	"strconv"
	"strings"

	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// Cluster puts answers that are equal under p together: the indices of each
// class in rising order, classes in the order of their first members. What is
// not decided does not join. Answers with one key join at once; Equal is asked
// only of the first members of classes.
func Cluster(answers []Answer, p Policy) [][]int {
	var classes [][]int
	known := make(map[string]int, len(answers))
	for i, a := range answers {
		key := a.Raw
		if !p.has(ListOrder | NoArithmetic) { // under these, answers with one key may differ
			key = Key(a)
		}
		at, ok := known[key]
		if !ok {
			at = class(answers, classes, a, p)
			if at == len(classes) {
				classes = append(classes, nil)
			}
			known[key] = at
		}
		classes[at] = append(classes[at], i)
	}
	return classes
}

// class is the first of the classes that a belongs to, or their number.
func class(answers []Answer, classes [][]int, a Answer, p Policy) int {
	for at, members := range classes {
		if Equal(answers[members[0]], a, p).Verdict == value.Equal {
			return at
		}
	}
	return len(classes)
}

// Key is a canonical form of an answer: answers with one key are equal under the
// default policy. Those with different keys may be equal too; Equal decides.
func Key(a Answer) string {
	switch {
	case a.choice.marked:
		return "choice " + string(a.choice.letter) + " " + folded(a.choice.rest)
	case a.clock.half != 0:
		return "time " + strconv.Itoa(a.clock.minutes)
	}
	if a.Node == nil {
		if sense := senseOf(a.folded); sense != "" {
			return "is " + sense
		}
		return "text " + a.folded
	}
	return keyOf(a.Node)
}

// keyOf is the key of a part of an answer.
func keyOf(n *tex.Node) string {
	n = counted(n)
	if m := measureOf(n); m.kind != tex.Num {
		return m.key()
	}
	switch kindOf(n) {
	case Scalar:
		if key, ok := value.Key(n, value.Names{}); ok && !elided(n) {
			return key
		}
	case Words:
		return "text " + folded(n.Text)
	case Set:
		return "{" + keysOf(n.Args, true) + "}"
	case List:
		if n.Op == tex.List && n.Text == "" && !solutions(n.Args) {
			return "list(" + keysOf(n.Args, true) + ")"
		}
	case Tuple:
		return "(" + keysOf(n.Args, false) + ")"
	case Relation:
		if n = turned(n); n.Op == tex.Relation {
			return keyOf(n.Args[0]) + n.Text + keyOf(n.Args[1])
		}
	default:
	}
	return written(n)
}

// keysOf are the keys of parts, sorted where their order does not matter.
func keysOf(parts []*tex.Node, sorted bool) string {
	keys := make([]string, len(parts))
	for i, part := range parts {
		keys[i] = keyOf(part)
	}
	if sorted {
		slices.Sort(keys)
	}
	return strings.Join(keys, "; ")
}

// key is the key of a measured number: per cent are hundredths, and units that
// we know are multiples of basic ones.
func (m measure) key() string {
	switch m.kind {
	case tex.Percent:
		if key, ok := value.Key(node(tex.Quotient, m.of, number("100")), value.Names{}); ok {
			return key
		}
		return keyOf(m.of) + "%"
	case tex.Degrees:
		return keyOf(m.of) + "°"
	default:
		return keyOf(m.of) + " " + m.unit
	}
}

// written is a tree as text, which two trees share only if they are alike.
func written(n *tex.Node) string {
	var b strings.Builder
	write(&b, n)
	return b.String()
}

func write(b *strings.Builder, n *tex.Node) {
	b.WriteByte('<')
	b.WriteByte('0' + byte(n.Op))
	b.WriteString(n.Text)
	for _, arg := range n.Args {
		write(b, arg)
	}
	b.WriteByte('>')
}
