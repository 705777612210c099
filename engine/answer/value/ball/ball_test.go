package ball

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/aimo3/aimo3/engine/answer/value/work"
)

func testCalc(prec uint) *Calc { return &Calc{Prec: prec, Work: &work.Counter{Left: 1 << 40}} }

// TestLowPrecisionContainsHigh holds the balls of few digits against those of
// many: the one must overlap the other, and its middle lie within its radius.
func TestLowPrecisionContainsHigh(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	defined := 0
	for range 1500 {
		f := unaryCalls[r.IntN(len(unaryCalls))]
		b := argument(r)
		b.Rad = nil
		low, ok := f.call(testCalc([]uint{64, 128, 256}[r.IntN(3)]), b)
		high, okHigh := f.call(testCalc(MaxPrec), b)
		if ok != okHigh {
			continue
		}
		if !ok {
			continue
		}
		defined++
		if low.Lo().Cmp(high.Hi()) > 0 || low.Hi().Cmp(high.Lo()) < 0 || high.Mid.Cmp(low.Lo()) < 0 || high.Mid.Cmp(low.Hi()) > 0 {
			t.Errorf("%s of %v: %v ± %v does not contain %v ± %v", f.name, b.Mid, low.Mid, low.Rad, high.Mid, high.Rad)
		}
	}
	if defined < 1000 {
		t.Errorf("only %d of 1500 are defined", defined)
	}
}

// TestArithmeticContainsRationals holds sums, products, quotients and roots
// against exact ones.
func TestArithmeticContainsRationals(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	random := func() *big.Rat { return big.NewRat(r.Int64N(1<<40)-1<<39, 1+r.Int64N(1<<30)) }
	contains := func(what string, b Ball, want *big.Rat) {
		t.Helper()
		lo, _ := b.Lo().Rat(nil)
		hi, _ := b.Hi().Rat(nil)
		if lo.Cmp(want) > 0 || hi.Cmp(want) < 0 {
			t.Errorf("%s: %v ± %v does not contain %v", what, b.Mid, b.Rad, want)
		}
	}
	for range 2000 {
		c := testCalc(64)
		p, q := random(), random()
		a, b := c.Rat(p), c.Rat(q)
		contains("sum", c.add(a, b), new(big.Rat).Add(p, q))
		contains("difference", c.Sub(a, b), new(big.Rat).Sub(p, q))
		contains("product", c.mul(a, b), new(big.Rat).Mul(p, q))
		if i, ok := c.inverse(a); ok {
			contains("inverse", i, new(big.Rat).Inv(p))
		}
		// Whole numbers are exact, and their products are rounded.
		m, n := r.Int64(), r.Int64()
		product := new(big.Int).Mul(big.NewInt(m), big.NewInt(n))
		contains("whole product", c.mul(c.Int(m), c.Int(n)), new(big.Rat).SetInt(product))
		square := new(big.Rat).Mul(p, p)
		if s, ok := c.sqrt(c.Rat(square)); ok {
			contains("root", s, new(big.Rat).Abs(p))
		}
	}
}

// TestFactorials holds the series against the product.
func TestFactorials(t *testing.T) {
	for _, n := range []int64{401, 402, 500, 999, 5000} {
		for _, prec := range []uint{64, 256, 1024} {
			s, ok := testCalc(prec).factorial(big.NewInt(n))
			want := new(big.Float).SetInt(new(big.Int).MulRange(1, n))
			if !ok || s.Re.Lo().Cmp(want) > 0 || s.Re.Hi().Cmp(want) < 0 {
				t.Errorf("%d! at %d bits is %v ± %v", n, prec, s.Re.Mid, s.Re.Rad)
			}
			if width := s.Re.Rad.MantExp(nil) - s.Re.Mid.MantExp(nil); width > -int(prec)+24 {
				t.Errorf("%d! at %d bits is known to %d only", n, prec, -width)
			}
		}
	}
}

// TestHugeValues calculates with what no big.Float can hold.
func TestHugeValues(t *testing.T) {
	c := testCalc(256)
	ten := Real(c.Int(10))
	tower, ok := c.IntPower(ten, big.NewFloat(1e10))
	if !ok || tower.Huge != 1 {
		t.Fatalf("10^10^10 is %v, %v", tower, ok)
	}
	twice, _ := c.Plus(tower, tower)
	if !c.Apart(tower, twice) || !c.Apart(tower, c.Negate(tower)) || !c.Apart(tower, ten) || !c.Apart(tower, Real(c.Int(0))) {
		t.Error("10^10^10 is not told from its double, its negative, 10 and 0")
	}
	double, _ := c.Times(tower, Real(c.Int(2)))
	if c.Apart(twice, double) || !c.Close(twice, double, 200) {
		t.Error("x+x and 2x are told apart")
	}
	small, _ := c.invert(tower)
	one, _ := c.Times(small, tower)
	if c.Apart(one, Real(c.Int(1))) {
		t.Error("x/x is not 1")
	}
	if more, ok := c.Plus(tower, ten); !ok || c.Apart(more, tower) {
		t.Error("10^10^10+10 is told from 10^10^10 to 256 bits")
	}
	if d, ok := c.Plus(tower, c.Negate(twice)); !ok || d.Huge != -1 {
		t.Errorf("x-2x is %v, %v", d, ok)
	}
}
