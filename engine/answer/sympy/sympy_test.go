package sympy_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine/answer/sympy"
	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value"
)

func parse(t *testing.T, s string) *tex.Node {
	t.Helper()
	n, err := tex.Parse(s)
	if err != nil {
		t.Fatalf("Parse(%q): %v", s, err)
	}
	return n
}

// TestExpressions: what stands for an answer in the code of a question.
func TestExpressions(t *testing.T) {
	for _, tt := range []struct{ answer, want string }{
		{`-12`, `negative(Integer(12))`},
		{`0.50`, `Rational(1, 2)`},
		{`0.1\overline{6}`, `Rational(1, 6)`},
		{`0.\overline{3}`, `Rational(1, 3)`},
		{`1010_2`, `Integer(10)`},
		{`\frac{x+1}{2y}`, `quotient(Add(x0, Integer(1)), Mul(Integer(2), x1))`},
		{`\sqrt[3]{2} - e^{i\pi}`, `Add(nth_root(Integer(2), Integer(3)), negative(Pow(E, Mul(I, pi))))`},
		{`\log_2 x + \ln y + \lg z`, `Add(logarithm(Integer(2), x0), log(x1), log10(x2))`},
		{`\Gamma(1/2) + \zeta(3)`, `Add(gamma(quotient(Integer(1), Integer(2))), zeta(Integer(3)))`},
		{`f(2) + g(f(2))`, `Add(f0(Integer(2)), f1(f0(Integer(2))))`},
		{`\binom{n}{2} + 5!`, `Add(binomial(x0, Integer(2)), factorial(Integer(5)))`},
		{`\sin 30^\circ`, `sin(degrees(Integer(30)))`},
		{`\sum_{i=1}^{n} i^2`, `total(Pow(index("b0"), Integer(2)), index("b0"), Integer(1), x0)`},
		{`\prod_{k=2}^{\infty} k`, `product_of(index("b0"), index("b0"), Integer(2), oo)`},
		{`\int_0^1 e^x dx`, `area(Pow(E, variable("b0")), variable("b0"), Integer(0), Integer(1))`},
		{`\lim_{x \to 0^+} x^x`, `Limit(Pow(variable("b0"), variable("b0")), variable("b0"), Integer(0), "+")`},
		{`(1, \pi)`, `row("tuple", Integer(1), pi)`},
		{`\{1, 2\}`, `bag("all", Integer(1), Integer(2))`},
		{`[0, \infty)`, `row("[)", Integer(0), oo)`},
		{`x > 2`, `row("<", Integer(2), x0)`},
		{`\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}`, `row("matrix", row("line", Integer(1), Integer(2)), row("line", Integer(3), Integer(4)))`},
		{`\emptyset`, `bag("all")`},
	} {
		code, err := sympy.Question(parse(t, tt.answer), parse(t, "1"))
		_, got, _ := strings.Cut(code, "answer(lambda: same(")
		got = strings.TrimSuffix(got, ", Integer(1)))\n")
		if err != nil || got != tt.want {
			t.Errorf("%s: %v\ngot  %s\nwant %s", tt.answer, err, got, tt.want)
		}
	}
}

// TestNoTranslation: what cannot be said exactly is not said.
func TestNoTranslation(t *testing.T) {
	for _, s := range []string{
		`no solution`, `5\text{ cm}`, `50\%`, `1, 2, \ldots, n`, `1 \pm \sqrt 2`, `x \in \mathbb{Z}`, `\int x\,dx`, `17 \bmod 5`,
		`\{n : n > 2\}`, `x \mid 6`, `\sum_{d \mid 6} d`,
	} {
		n := parse(t, s)
		if code, err := sympy.Question(n, parse(t, "1")); !errors.Is(err, sympy.ErrNoTranslation) {
			t.Errorf("%s: %v\n%s", s, err, code)
		}
		if _, err := sympy.Question(parse(t, "1"), n); !errors.Is(err, sympy.ErrNoTranslation) {
			t.Errorf("1 and %s: %v", s, err)
		}
	}
}

// TestSharedTreesAreBounded: a tree of few nodes can be larger than memory.
func TestSharedTreesAreBounded(t *testing.T) {
	n := parse(t, "x")
	for range 70 {
		n = &tex.Node{Op: tex.Sum, Args: []*tex.Node{n, n}}
	}
	chain := parse(t, "x")
	for range 100_000 {
		chain = &tex.Node{Op: tex.Neg, Args: []*tex.Node{chain}}
	}
	nines := &tex.Node{Op: tex.Num, Text: strings.Repeat("9", 1200)}
	wide := &tex.Node{Op: tex.Sum, Args: make([]*tex.Node, 100)}
	for i := range wide.Args {
		wide.Args[i] = nines
	}
	for name, n := range map[string]*tex.Node{"shared": n, "deep": chain, "long": wide, "nil": nil, "hollow": {Op: tex.Sum, Args: []*tex.Node{nil, nil}}} {
		if _, err := sympy.Question(n, n); !errors.Is(err, sympy.ErrNoTranslation) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestNoTextOfAnAnswerIsCode: whatever the parser may let through one day, a
// question is made of its own words.
func TestNoTextOfAnAnswerIsCode(t *testing.T) {
	evil := `1"); import os; os.system("evil`
	name := &tex.Node{Op: tex.Name, Text: evil}
	for op := range tex.Empty + 2 {
		for parts := range 5 {
			n := &tex.Node{Op: op, Text: evil}
			for range parts {
				n.Args = append(n.Args, name)
			}
			code, err := sympy.Question(n, name)
			if err == nil && (strings.Contains(code, "import") || strings.Contains(code, "evil") || strings.Count(code, "\n") > 3) {
				t.Errorf("node %d of %d parts: %s", op, parts, code)
			}
		}
	}
	for _, s := range []string{"1_000", "0x1f", "1e9", "１２", "+1", "1.2.3", "", "."} {
		if code, err := sympy.Question(&tex.Node{Op: tex.Num, Text: s}, name); err == nil {
			t.Errorf("the numeral %q: %s", s, code)
		}
	}
}

// TestNames: the same name is the same symbol on both sides, and what it counts
// on one side it counts on both.
func TestNames(t *testing.T) {
	code, err := sympy.Question(parse(t, `a_1 + b`), parse(t, `b + a_1 + c! + n`))
	want := `x0 = variable("x0")
x1 = variable("x1")
x2 = counting("x2")
x3 = counting("x3")
answer(lambda: same(Add(x0, x1), Add(x1, x0, factorial(x2), x3)))
`
	if err != nil || code != want {
		t.Errorf("%v\ngot  %s\nwant %s", err, code, want)
	}
}

func TestVerdict(t *testing.T) {
	for output, want := range map[string]value.Verdict{
		"equal\n": value.Equal, " different ": value.Different, "unknown\n": value.Unknown, "": value.Unknown,
		"equal\nequal": value.Unknown, "not equal": value.Unknown, "Equal": value.Unknown,
	} {
		if got := sympy.Verdict(output); got != want {
			t.Errorf("%s is read as %s, want %s", fmt.Sprintf("%q", output), got, want)
		}
	}
}
