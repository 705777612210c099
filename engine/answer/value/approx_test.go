package value

import (
	"math"
	"testing"

	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value/work"
)

func TestKey(t *testing.T) {
	alike := [][]string{
		{"1/2", "0.5", "3/6", `rep("0.5(0)")`, "sin(pi/6)"},
		{"sqrt(8)", "2*sqrt(2)", "4/sqrt(2)", "pow(8,1/2)"},
		{"sqrt(2)", "1/sqrt(1/2)"},
		{"pow(x,2)+2*x+1", "pow(x+1,2)", "(x+1)*(1+x)"},
		{"(pow(x,2)-1)/(x-1)", "x+1", "1+x"},
		{"1/(x+1)", "(x-1)/(pow(x,2)-1)", "2/(2*x+2)"},
		{"x/y", "pow(x,2)/(x*y)"},
		{"2*pi", "pi+pi", "deg(360)"},
		{"root(2,3)", "pow(2,1/3)", "2/root(4,3)"},
		{"ln(8)", "3*ln(2)"},
		{"2*i", "sqrt(-4)"},
		{"0", "x-x", "1-1"},
	}
	seen := map[string]string{}
	for _, class := range alike {
		first, ok := free.Key(tree(t, class[0]))
		if !ok {
			t.Errorf("%s has no key", class[0])
		}
		if other, dup := seen[first]; dup {
			t.Errorf("%s and %s share the key %q", class[0], other, first)
		}
		seen[first] = class[0]
		for _, s := range class[1:] {
			if key, ok := free.Key(tree(t, s)); !ok || key != first {
				t.Errorf("Key(%s) = %q, %v; want %q, as %s", s, key, ok, first, class[0])
			}
		}
	}
	for _, s := range []string{"sin(x)", "0/0", "pow(2,n)", "1/(x+y)", "list(1,2)", "pow(9,pow(9,9))"} {
		if key, ok := free.Key(tree(t, s)); ok {
			t.Errorf("Key(%s) = %q, want none", s, key)
		}
	}
}

func TestExactRat(t *testing.T) {
	n, ok := Exact(tree(t, "root(2+sqrt(5),3)+root(2-sqrt(5),3)"))
	if q, isRat := n.Rat(); !ok || !isRat || q.RatString() != "1" {
		t.Errorf("got %s, %v", n.Key(), ok)
	}
	d, _ := Exact(tree(t, "sqrt(2)+sqrt(3)-sqrt(10)"))
	if s, ok := d.SignWithin(&work.Counter{Left: 100_000}); !ok || s != -1 {
		t.Errorf("the sign is %d, %v", s, ok)
	}
	if _, ok := Exact(tree(t, "x")); ok {
		t.Error("a variable is a Number")
	}
}

func TestRounds(t *testing.T) {
	for _, row := range []struct {
		decimal, exact string
		want           Verdict
	}{
		{"0.333", "1/3", Equal},
		{"0.33", "1/3", Different}, // too few digits
		{"0.334", "1/3", Different},
		{"0.667", "2/3", Equal}, // rounded
		{"0.666", "2/3", Equal}, // cut off
		{"0.668", "2/3", Different},
		{"3.14159", "pi", Equal},
		{"3.1416", "pi", Equal},
		{"3.1417", "pi", Different},
		{"-1.4142", "-sqrt(2)", Equal},
		{"-1.4143", "-sqrt(2)", Different},
		{"1.41", "-sqrt(2)", Different},
		{"0.125", "1/8", Equal},
		{"0.13", "1/8", Different},
		{"0.1235", "0.12345", Different}, // a half goes either way
		{"0.1234", "0.12345", Equal},
		{"-0.1235", "-0.12345", Different},
		{"-0.1234", "-0.12345", Equal},
		{"2.50", "5/2", Equal},
		{"262537412640768744", "pow(e,pi*sqrt(163))", Different}, // no point
		{"262537412640768744.0", "pow(e,pi*sqrt(163))", Equal},
		{"262537412640768743.999999999999", "pow(e,pi*sqrt(163))", Equal},
		{"262537412640768744.000000000000", "pow(e,pi*sqrt(163))", Different},
		{"3016944", "3016944.5", Different},
		{"125.663", "40*pi", Equal},
		{"1.41", "sqrt(-2)", Different},
		{"1.41", "x", Unknown},
		{"0.000", "pow(10,-9)", Different},
	} {
		if got := free.Rounds(tree(t, row.decimal), tree(t, row.exact)); got.Verdict != row.want {
			t.Errorf("Rounds(%s, %s) = %v, want %v", row.decimal, row.exact, got, row.want)
		}
	}
}

func TestOrderAndApprox(t *testing.T) {
	for _, row := range []struct {
		a, b string
		want int
		ok   bool
	}{
		{"1", "2", -1, true},
		{"pi", "3", 1, true},
		{"sqrt(8)", "2*sqrt(2)", 0, true},
		{"pow(9,pow(9,9))", "pow(10,pow(9,9))", -1, true},
		{"-pow(9,pow(9,9))", "1", -1, true},
		{"i", "1", 0, false},
		{"x", "1", 0, false},
		{"sqrt(pow(10,30)+1)", "pow(10,15)", 1, true},
	} {
		if got, ok := free.Order(tree(t, row.a), tree(t, row.b)); got != row.want || ok != row.ok {
			t.Errorf("Order(%s, %s) = %d, %v; want %d, %v", row.a, row.b, got, ok, row.want, row.ok)
		}
	}
	for text, want := range map[string]float64{"1/3": 1.0 / 3, "pi": math.Pi, "-sqrt(2)": -math.Sqrt2, "exp(1)": math.E, "0": 0} {
		if got, ok := free.Approx(tree(t, text)); !ok || math.Abs(got-want) > 1e-15 {
			t.Errorf("Approx(%s) = %v, %v; want %v", text, got, ok, want)
		}
	}
	if f, ok := free.Approx(tree(t, "i")); ok {
		t.Errorf("Approx(i) = %v", f)
	}
}

func TestNames(t *testing.T) {
	for _, row := range []struct {
		a, b  string
		names Names
		want  Verdict
	}{
		{"varphi", "(1+sqrt(5))/2", Names{Golden: true}, Equal},
		{"varphi", "(1+sqrt(5))/2", Names{}, Different},
		{"e", "exp(1)", Names{Free: []string{"e"}}, Different},
		{"pow(i,2)", "0-1", Names{Free: []string{"i"}}, Different},
		{"sin(pi*a)", "0*a", Names{Integers: []string{"a"}}, Equal},
		{"sin(pi*a)", "0*a", Names{}, Different},
	} {
		if got := (Calc{Names: row.names}).Compare(tree(t, row.a), tree(t, row.b)); got.Verdict != row.want {
			t.Errorf("Compare(%s, %s, %+v) = %v, want %v", row.a, row.b, row.names, got, row.want)
		}
	}
}

// TestSharedNodesAreBounded compares a tree of 2^60 nodes that is 60 long.
func TestSharedNodesAreBounded(t *testing.T) {
	n := &tex.Node{Op: tex.Name, Text: "x"}
	for range 60 {
		n = &tex.Node{Op: tex.Sum, Args: []*tex.Node{n, n}}
	}
	if j := free.Compare(n, n); j.Verdict == Different {
		t.Error(j)
	}
	if j := free.Compare(nil, &tex.Node{}); j.Verdict != Unknown {
		t.Error(j)
	}
	if j := free.Compare(&tex.Node{Op: tex.Sum, Args: []*tex.Node{nil}}, &tex.Node{Op: tex.Power}); j.Verdict != Unknown {
		t.Error(j)
	}
}
