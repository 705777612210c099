package ball

import (
	"encoding/json"
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/aimo3/aimo3/engine/answer/value/pythontest"
	"github.com/aimo3/aimo3/engine/answer/value/work"
)

// unaryCalls are functions of one real number, with what mpmath calls them.
var unaryCalls = []struct {
	name, mpmath string
	call         func(c *Calc, b Ball) (Ball, bool)
}{
	{"exp", "exp(x)", (*Calc).exp},
	{"ln", "log(abs(x))", func(c *Calc, b Ball) (Ball, bool) { return c.ln(c.abs(b)) }},
	{"sin", "sin(x)", func(c *Calc, b Ball) (Ball, bool) { return c.realCall("sin", []Ball{b}) }},
	{"cos", "cos(x)", func(c *Calc, b Ball) (Ball, bool) { return c.realCall("cos", []Ball{b}) }},
	{"tan", "tan(x)", func(c *Calc, b Ball) (Ball, bool) { return c.realCall("tan", []Ball{b}) }},
	{"cot", "cot(x)", func(c *Calc, b Ball) (Ball, bool) { return c.realCall("cot", []Ball{b}) }},
	{"sec", "sec(x)", func(c *Calc, b Ball) (Ball, bool) { return c.realCall("sec", []Ball{b}) }},
	{"csc", "csc(x)", func(c *Calc, b Ball) (Ball, bool) { return c.realCall("csc", []Ball{b}) }},
	{"arctan", "atan(x)", (*Calc).atan},
	{"arcsin", "asin(x)", (*Calc).arcsin},
	{"arccos", "acos(x)", func(c *Calc, b Ball) (Ball, bool) { return c.realCall("arccos", []Ball{b}) }},
	{"sinh", "sinh(x)", func(c *Calc, b Ball) (Ball, bool) { return c.realCall("sinh", []Ball{b}) }},
	{"cosh", "cosh(x)", func(c *Calc, b Ball) (Ball, bool) { return c.realCall("cosh", []Ball{b}) }},
	{"tanh", "tanh(x)", func(c *Calc, b Ball) (Ball, bool) { return c.realCall("tanh", []Ball{b}) }},
	{"coth", "coth(x)", func(c *Calc, b Ball) (Ball, bool) { return c.realCall("coth", []Ball{b}) }},
	{"sqrt", "sqrt(abs(x))", func(c *Calc, b Ball) (Ball, bool) { return c.sqrt(c.abs(b)) }},
	{"cube root", "root(abs(x),3)", func(c *Calc, b Ball) (Ball, bool) {
		s, ok := c.Root(Real(c.abs(b)), 3)
		return s.Re, ok
	}},
	{"inverse", "1/x", (*Calc).inverse},
}

// argument is a random number of any size from 2^-60 to 2^20, wide or exact.
func argument(r *rand.Rand) Ball {
	mid := new(big.Float).SetPrec(128).SetInt64(r.Int64())
	mid.Quo(mid, new(big.Float).SetInt64(1+r.Int64N(1<<62)))
	mid.SetMantExp(mid, r.IntN(40)-25)
	if r.IntN(2) == 0 {
		mid.Neg(mid)
	}
	b := Exactly(mid)
	if r.IntN(3) == 0 {
		b.Rad = powerOfTwo(mid.MantExp(nil) - 10 - r.IntN(60))
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
	for range 2500 {
		f := unaryCalls[r.IntN(len(unaryCalls))]
		c := &Calc{Prec: []uint{64, 128, 256, 512, 1024}[r.IntN(5)], Work: &work.Counter{Left: 1 << 30}}
		b := argument(r)
		y, ok := f.call(c, b)
		if !ok {
			continue
		}
		ends := []string{exactText(b.Mid)}
		if b.Rad != nil {
			wide := new(big.Float).SetPrec(400)
			ends = append(ends, exactText(wide.Add(b.Mid, b.Rad)), exactText(new(big.Float).SetPrec(400).Sub(b.Mid, b.Rad)))
		} else if y.Rad != nil && y.Mid.Sign() != 0 && y.Rad.MantExp(nil) > y.Mid.MantExp(nil)-int(c.Prec)/4 && b.Mid.MantExp(nil) > -15 {
			t.Errorf("%s of %v at %d bits is ±%v about %v: far too wide", f.name, b.Mid, c.Prec, y.Rad, y.Mid)
		}
		line, _ := json.Marshal(map[string]any{"f": f.mpmath, "x": ends, "lo": exactText(y.Lo()), "hi": exactText(y.Hi())})
		lines = append(lines, string(line))
		what = append(what, fmt.Sprintf("%s of %v ± %v at %d bits", f.name, b.Mid, b.Rad, c.Prec))
	}
	if len(lines) < 1700 {
		t.Errorf("only %d of 2500 are defined", len(lines))
	}
	for i, bad := range pythontest.Ask(t, mpmathProgram, lines) {
		if bad != "0" {
			t.Errorf("%s: the ball leaves out %s values", what[i], bad)
		}
	}
}
