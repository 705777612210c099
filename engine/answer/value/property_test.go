package value

import (
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/aimo3/aimo3/engine/answer/tex"
)

// grow is a random expression, mostly of small numbers and two variables.
func grow(r *rand.Rand, depth int) *tex.Node {
	leaf := func() *tex.Node {
		switch r.IntN(9) {
		case 0:
			return &tex.Node{Op: tex.Name, Text: "x"}
		case 1:
			return &tex.Node{Op: tex.Name, Text: []string{"n", "y", "e", "i", "\\pi"}[r.IntN(5)]}
		case 2:
			return &tex.Node{Op: tex.Num, Text: strconv.Itoa(r.IntN(20)) + "." + strconv.Itoa(r.IntN(100))}
		case 3:
			return &tex.Node{Op: tex.Num, Text: strconv.Itoa(r.IntN(1_000_000_000))}
		default:
			return &tex.Node{Op: tex.Num, Text: strconv.Itoa(r.IntN(12))}
		}
	}
	if depth == 0 {
		return leaf()
	}
	part := func() *tex.Node { return grow(r, r.IntN(depth)) }
	calls := []string{"sin", "cos", "tan", "ln", "abs", "floor", "arctan", "arcsin", "gcd", "max", "exp", "f", "tanh", "sgn", "ceil", "cot", "Re", "conj"}
	ops := []tex.Op{
		tex.Sum, tex.Sum, tex.Sum, tex.Product, tex.Product, tex.Quotient, tex.Quotient, tex.Power, tex.Power, tex.Root, tex.Neg, tex.Factorial,
		tex.Binomial, tex.Logarithm, tex.Mod, tex.BigSum, tex.BigProd, tex.Call, tex.Call, tex.Degrees, tex.Percent,
	}
	switch o := ops[r.IntN(len(ops))]; o {
	case tex.Neg, tex.Factorial, tex.Degrees, tex.Percent:
		return &tex.Node{Op: o, Args: []*tex.Node{part()}}
	case tex.Root:
		args := []*tex.Node{part()}
		if r.IntN(2) == 0 {
			args = append(args, &tex.Node{Op: tex.Num, Text: strconv.Itoa(2 + r.IntN(4))})
		}
		return &tex.Node{Op: o, Args: args}
	case tex.Call:
		text := calls[r.IntN(len(calls))]
		args := []*tex.Node{part()}
		if text == "gcd" || text == "max" {
			args = append(args, part())
		}
		return &tex.Node{Op: o, Text: text, Args: args}
	case tex.BigSum, tex.BigProd:
		k := &tex.Node{Op: tex.Name, Text: "k"}
		body := &tex.Node{Op: tex.Sum, Args: []*tex.Node{part(), {Op: tex.Product, Args: []*tex.Node{k, part()}}}}
		return &tex.Node{Op: o, Args: []*tex.Node{k, {Op: tex.Num, Text: "1"}, part(), body}}
	default:
		return &tex.Node{Op: o, Args: []*tex.Node{part(), part()}}
	}
}

// rewrite is the same value in another form.
func rewrite(r *rand.Rand, n *tex.Node) *tex.Node {
	num := func(s string) *tex.Node { return &tex.Node{Op: tex.Num, Text: s} }
	args := make([]*tex.Node, len(n.Args))
	for i, a := range n.Args {
		if args[i] = a; a.Op != tex.Name || i > 0 || n.Op != tex.BigSum && n.Op != tex.BigProd {
			args[i] = rewrite(r, a)
		}
	}
	if n.Op == tex.Sum || n.Op == tex.Product {
		r.Shuffle(len(args), func(i, j int) { args[i], args[j] = args[j], args[i] })
	}
	m := &tex.Node{Op: n.Op, Text: n.Text, Args: args}
	switch r.IntN(8) {
	case 0:
		return &tex.Node{Op: tex.Product, Args: []*tex.Node{num("2"), m, num("0.5")}}
	case 1:
		return &tex.Node{Op: tex.Sum, Args: []*tex.Node{num("3"), m, {Op: tex.Neg, Args: []*tex.Node{num("3")}}}}
	case 2:
		return &tex.Node{Op: tex.Neg, Args: []*tex.Node{{Op: tex.Neg, Args: []*tex.Node{m}}}}
	}
	return m
}

func TestCompareIsReflexiveAndSymmetric(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	verdicts := map[Verdict]int{}
	for range 600 {
		a, b := grow(r, 4), grow(r, 4)
		if j := free.Compare(a, a); j.Verdict != Equal {
			t.Fatalf("%v is not equal to itself: %v", show(a), j)
		}
		j, back := free.Compare(a, b), free.Compare(b, a)
		if j.Verdict != back.Verdict {
			t.Fatalf("%v and %v: %v, but %v the other way round", show(a), show(b), j, back)
		}
		verdicts[j.Verdict]++
	}
	if verdicts[Different] < 200 {
		t.Errorf("of random pairs, %v", verdicts)
	}
}

func TestRewritingKeepsTheValue(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	verdicts := map[Verdict]int{}
	for range 600 {
		a := grow(r, 3)
		b := rewrite(r, a)
		j := free.Compare(a, b)
		if j.Verdict == Different {
			t.Fatalf("%v and %v: %v", show(a), show(b), j)
		}
		verdicts[j.Verdict]++
		keyA, okA := free.Key(a)
		keyB, okB := free.Key(b)
		if okA && okB && keyA != keyB {
			t.Fatalf("%v and %v: keys %q and %q", show(a), show(b), keyA, keyB)
		}
	}
	if verdicts[Equal] < 400 {
		t.Errorf("of rewritten expressions, %v", verdicts)
	}
}

func show(n *tex.Node) string {
	s := strconv.Itoa(int(n.Op)) + n.Text
	if len(n.Args) == 0 {
		return s
	}
	s += "("
	for i, a := range n.Args {
		if i > 0 {
			s += ", "
		}
		s += show(a)
	}
	return s + ")"
}

func FuzzCompare(f *testing.F) {
	f.Add(uint64(1), uint64(2), uint8(3))
	f.Add(uint64(17), uint64(4), uint8(5))
	f.Fuzz(func(t *testing.T, seed, other uint64, depth uint8) {
		r := rand.New(rand.NewPCG(seed, other))
		a, b := grow(r, int(depth%7)), grow(r, int(depth%7))
		if j := free.Compare(a, a); j.Verdict != Equal && j.Reason != "too large to compare" {
			t.Errorf("%v is not equal to itself: %v", show(a), j)
		}
		if j, back := free.Compare(a, b), free.Compare(b, a); j.Verdict != back.Verdict {
			t.Errorf("%v and %v: %v, but %v the other way round", show(a), show(b), j, back)
		}
		if j := free.Compare(a, rewrite(r, a)); j.Verdict == Different {
			t.Errorf("%v rewritten: %v", show(a), j)
		}
	})
}
