package answer

import (
	"slices"
	"strings"

	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value"
	"github.com/aimo3/aimo3/engine/answer/value/work"
)

// keyOf is the key of a part of an answer: once no work is left, the part as it
// is written.
func keyOf(n *tex.Node, w *work.Counter) string {
	n = counted(n)
	if m := measureOf(n); m.kind != tex.Num {
		return m.key(w)
	}
	switch kindOf(n) {
	case Scalar:
		if n.Op == tex.Mod || n.Op == tex.Product && n.Text != "" || inverts(n) { // 1 mod 3 is no 1 mod 5, and ABC may be no ACB
			return written(n)
		}
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
