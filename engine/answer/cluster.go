package answer

import (
	"slices"
	"strconv"
	"strings"

	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value"
	"github.com/aimo3/aimo3/engine/answer/value/work"
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
		return "time " + strconv.Itoa(a.clock.seconds)
	}
	if a.Node == nil {
		if sense := senseOf(a.folded); sense != "" {
			return "is " + sense
		}
		return "text " + a.folded
	}
	return keyOf(a.Node, &work.Counter{Left: workOfKey})
}

// keyOf is the key of a part of an answer: once no work is left, the part as it
// is written.
func keyOf(n *tex.Node, w *work.Counter) string {
	n = counted(n)
	if m := measureOf(n); m.kind != tex.Num {
		return m.key(w)
	}
	switch kindOf(n) {
	case Scalar:
		if key, ok := (value.Calc{Work: w}).Key(n); ok && !elided(n) && withLogarithm(n, "lg") == n {
			return key
		}
	case Words:
		return "text " + folded(n.Text)
	case Set:
		return "{" + joinedKeys(n.Args, !slices.ContainsFunc(n.Args, isDots), w) + "}"
	case List:
		if n.Op == tex.List && n.Text == "" && !solutions(n.Args) {
			return "list(" + joinedKeys(n.Args, !slices.ContainsFunc(n.Args, isDots), w) + ")"
		}
	case Tuple:
		return "(" + joinedKeys(n.Args, false, w) + ")"
	case Relation:
		if n = turned(n); n.Op == tex.Relation {
			return keyOf(n.Args[0], w) + n.Text + keyOf(n.Args[1], w)
		}
	default:
	}
	return written(n)
}

// joinedKeys are the keys of parts, sorted where their order does not matter.
func joinedKeys(parts []*tex.Node, sorted bool, w *work.Counter) string {
	keys := keysOf(parts, w)
	if sorted {
		slices.Sort(keys)
	}
	return strings.Join(keys, "; ")
}

// keysOf are the keys of parts.
func keysOf(parts []*tex.Node, w *work.Counter) []string {
	keys := make([]string, len(parts))
	for i, part := range parts {
		keys[i] = keyOf(part, w)
	}
	return keys
}

// key is the key of a measured number: per cent are hundredths, and units that
// we know are multiples of basic ones.
func (m measure) key(w *work.Counter) string {
	switch m.kind {
	case tex.Percent:
		if key, ok := (value.Calc{Work: w}).Key(node(tex.Quotient, m.of, number("100"))); ok {
			return key
		}
		return keyOf(m.of, w) + "%"
	case tex.Degrees:
		return keyOf(m.of, w) + "°"
	default:
		return keyOf(m.of, w) + " " + m.unit
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
