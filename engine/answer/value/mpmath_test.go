package value

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// python runs a program over lines of input, or skips the test where there is no
// python3 with SymPy, unless AIMO3_SHARED=required.
func python(t *testing.T, program string, lines []string) []string {
	t.Helper()
	skip := t.Skipf
	if os.Getenv("AIMO3_SHARED") == "required" {
		skip = t.Fatalf
	}
	if err := exec.CommandContext(t.Context(), "python3", "-c", "import sympy, mpmath").Run(); err != nil {
		skip("SKIPPED: python3 with SymPy, which checks this independently: %v", err)
	}
	cmd := exec.CommandContext(t.Context(), "python3", "-c", program)
	cmd.Stdin = strings.NewReader(strings.Join(lines, "\n") + "\n")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("python3: %v\n%s", err, stderr.Bytes())
	}
	return strings.Split(strings.TrimSpace(string(out)), "\n")
}

// unaryCalls are functions of one real number, with what mpmath calls them.
var unaryCalls = []struct {
	name, mpmath string
	call         func(c *calc, b ball) (ball, bool)
}{
	{"exp", "exp(x)", (*calc).exp},
	{"ln", "log(abs(x))", func(c *calc, b ball) (ball, bool) { return c.ln(c.abs(b)) }},
	{"sin", "sin(x)", func(c *calc, b ball) (ball, bool) { return c.realCall("sin", []ball{b}) }},
	{"cos", "cos(x)", func(c *calc, b ball) (ball, bool) { return c.realCall("cos", []ball{b}) }},
	{"tan", "tan(x)", func(c *calc, b ball) (ball, bool) { return c.realCall("tan", []ball{b}) }},
	{"cot", "cot(x)", func(c *calc, b ball) (ball, bool) { return c.realCall("cot", []ball{b}) }},
	{"sec", "sec(x)", func(c *calc, b ball) (ball, bool) { return c.realCall("sec", []ball{b}) }},
	{"csc", "csc(x)", func(c *calc, b ball) (ball, bool) { return c.realCall("csc", []ball{b}) }},
	{"arctan", "atan(x)", (*calc).atan},
	{"arcsin", "asin(x)", (*calc).arcsin},
	{"arccos", "acos(x)", func(c *calc, b ball) (ball, bool) { return c.realCall("arccos", []ball{b}) }},
	{"sinh", "sinh(x)", func(c *calc, b ball) (ball, bool) { return c.realCall("sinh", []ball{b}) }},
	{"cosh", "cosh(x)", func(c *calc, b ball) (ball, bool) { return c.realCall("cosh", []ball{b}) }},
	{"tanh", "tanh(x)", func(c *calc, b ball) (ball, bool) { return c.realCall("tanh", []ball{b}) }},
	{"coth", "coth(x)", func(c *calc, b ball) (ball, bool) { return c.realCall("coth", []ball{b}) }},
	{"sqrt", "sqrt(abs(x))", func(c *calc, b ball) (ball, bool) { return c.sqrt(c.abs(b)) }},
	{"cube root", "root(abs(x),3)", func(c *calc, b ball) (ball, bool) {
		s, ok := c.root(realBall(c.abs(b)), 3)
		return s.re, ok
	}},
	{"inverse", "1/x", (*calc).inverse},
}

// argument is a random number of any size from 2^-60 to 2^20, wide or exact.
func argument(r *rand.Rand) ball {
	mid := new(big.Float).SetPrec(128).SetInt64(r.Int64())
	mid.Quo(mid, new(big.Float).SetInt64(1+r.Int64N(1<<62)))
	mid.SetMantExp(mid, r.IntN(40)-25)
	if r.IntN(2) == 0 {
		mid.Neg(mid)
	}
	b := exactly(mid)
	if r.IntN(3) == 0 {
		b.rad = powerOfTwo(mid.MantExp(nil) - 10 - r.IntN(60))
	}
	return b
}

const mpmathProgram = `
import sys, json
from mpmath import *
mp.prec = 1400
def number(s):
    m, e = s.split('p')
    return mpf(int(m)) * mpf(2) ** int(e)
for line in sys.stdin:
    d = json.loads(line)
    lo, hi = number(d['lo']), number(d['hi'])
    bad = 0
    for x in map(number, d['x']):
        y = eval(d['f'])
        if isinstance(y, mpc) or not (lo - abs(lo)*mpf(2)**-1300 <= y <= hi + abs(hi)*mpf(2)**-1300):
            bad += 1
    print(bad)
`

// exactText is the number as a whole one times a power of two.
func exactText(f *big.Float) string {
	m := new(big.Float)
	e := f.MantExp(m)
	n, _ := m.SetMantExp(m, int(f.MinPrec())).Int(nil)
	return fmt.Sprintf("%sp%d", n, e-int(f.MinPrec()))
}

// TestBallsContainWhatMpmathSays holds the functions against another library:
// the ball of f(b) must contain f of both ends of b and of its middle.
func TestBallsContainWhatMpmathSays(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	var lines, what []string
	for range 6000 {
		f := unaryCalls[r.IntN(len(unaryCalls))]
		c := &calc{prec: []uint{64, 128, 256, 512, 1024}[r.IntN(5)], work: &work{1 << 30}}
		b := argument(r)
		y, ok := f.call(c, b)
		if !ok {
			continue
		}
		ends := []string{exactText(b.mid)}
		if b.rad != nil {
			wide := new(big.Float).SetPrec(400)
			ends = append(ends, exactText(wide.Add(b.mid, b.rad)), exactText(new(big.Float).SetPrec(400).Sub(b.mid, b.rad)))
		} else if y.rad != nil && y.mid.Sign() != 0 && y.rad.MantExp(nil) > y.mid.MantExp(nil)-int(c.prec)/4 && b.mid.MantExp(nil) > -15 {
			t.Errorf("%s of %v at %d bits is ±%v about %v: far too wide", f.name, b.mid, c.prec, y.rad, y.mid)
		}
		line, _ := json.Marshal(map[string]any{"f": f.mpmath, "x": ends, "lo": exactText(y.lo()), "hi": exactText(y.hi())})
		lines = append(lines, string(line))
		what = append(what, fmt.Sprintf("%s of %v ± %v at %d bits", f.name, b.mid, b.rad, c.prec))
	}
	if len(lines) < 4000 {
		t.Errorf("only %d of 6000 are defined", len(lines))
	}
	for i, bad := range python(t, mpmathProgram, lines) {
		if bad != "0" {
			t.Errorf("%s: the ball leaves out %s values", what[i], bad)
		}
	}
}

const sympyProgram = `
import sys, json
from sympy import *
from sympy.core.numbers import I
for line in sys.stdin:
    a, b = json.loads(line)
    x, y = N(sympify(a), 60), N(sympify(b), 60)
    print('equal' if abs(x - y) < abs(x) * Float(10) ** -40 + Float(10) ** -50 else '%s against %s' % (x, y))
`

// asPython is a Number for SymPy.
func asPython(n Number) string {
	s := "0"
	for _, t := range n.terms {
		s += "+Rational('" + t.q.RatString() + "')"
		if t.im {
			s += "*I"
		}
		for _, r := range t.roots {
			s += fmt.Sprintf("*Integer(%d)**Rational(%d,%d)", r.prime, r.num, r.den)
		}
	}
	return s
}

// surdText is a random expression of roots, for Go and for SymPy.
func surdText(r *rand.Rand, depth int) (golang, sympy string) {
	if depth == 0 {
		n := r.IntN(30)
		return fmt.Sprint(n), fmt.Sprintf("Integer(%d)", n)
	}
	a, x := surdText(r, r.IntN(depth))
	b, y := surdText(r, r.IntN(depth))
	switch r.IntN(7) {
	case 0, 1:
		return "(" + a + "+" + b + ")", "(" + x + "+" + y + ")"
	case 2:
		return "(" + a + "-" + b + ")", "(" + x + "-" + y + ")"
	case 3:
		return a + "*" + b, x + "*" + y
	case 4:
		return "(" + a + ")/(1+" + b + ")", "(" + x + ")/(1+" + y + ")"
	case 5:
		return "sqrt(" + a + ")", "sqrt(" + x + ")"
	default:
		return "root(abs(" + a + ")," + "3)", "cbrt(Abs(" + x + "))"
	}
}

func TestExactAgreesWithSymPy(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	var lines, what []string
	for range 4000 {
		golang, sympy := surdText(r, 4)
		n, ok := Exact(tree(t, golang))
		if !ok || len(golang) < 8 {
			continue
		}
		line, _ := json.Marshal([]string{sympy, asPython(n)})
		lines, what = append(lines, string(line)), append(what, golang+" = "+n.Key())
	}
	if len(lines) < 1500 {
		t.Errorf("only %d of 4000 are exact", len(lines))
	}
	for i, s := range python(t, sympyProgram, lines) {
		if s != "equal" {
			t.Errorf("%s: %s", what[i], s)
		}
	}
}
