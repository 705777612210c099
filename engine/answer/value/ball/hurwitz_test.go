package ball_test

import (
	"math/big"
	"testing"

	"github.com/aimo3/aimo3/engine/answer/value/ball"
	"github.com/aimo3/aimo3/engine/answer/value/work"
)

// TestHurwitz: ζ(2, 1) = π²/6, ζ(4, 1) = π⁴/90, ζ(2, 1/2) = π²/2, and -ψ(1/4) +
// ψ(3/4) = π, to all digits of each precision.
func TestHurwitz(t *testing.T) {
	for prec := uint(64); prec <= ball.MaxPrec; prec *= 2 {
		c := &ball.Calc{Prec: prec, Work: &work.Counter{Left: 1 << 30}}
		pi := ball.Real(c.Pi())
		power := func(n int64, over *big.Rat) ball.Scalar {
			p, _ := c.IntPower(pi, new(big.Float).SetInt64(n))
			p, _ = c.Times(p, ball.Real(c.Rat(over)))
			return p
		}
		h := func(s int, x *big.Rat) ball.Ball {
			b, ok := c.Hurwitz(s, x)
			if !ok {
				t.Fatalf("no ζ(%d, %v) to %d bits", s, x, prec)
			}
			return b
		}
		alternating := func(s int, x *big.Rat) ball.Ball {
			b, ok := c.Alternating(s, x)
			if !ok {
				t.Fatalf("no alternating ζ(%d, %v) to %d bits", s, x, prec)
			}
			return b
		}
		for name, row := range map[string][2]ball.Scalar{
			"ζ(2)":        {ball.Real(h(2, big.NewRat(1, 1))), power(2, big.NewRat(1, 6))},
			"ζ(4)":        {ball.Real(h(4, big.NewRat(1, 1))), power(4, big.NewRat(1, 90))},
			"ζ(2, 1/2)":   {ball.Real(h(2, big.NewRat(1, 2))), power(2, big.NewRat(1, 2))},
			"η(2)":        {ball.Real(alternating(2, big.NewRat(1, 1))), power(2, big.NewRat(1, 12))},
			"Leibniz":     {ball.Real(alternating(1, big.NewRat(1, 2))), power(1, big.NewRat(1, 2))},
			"ψ(1/4, 3/4)": {ball.Real(c.Sub(h(1, big.NewRat(1, 4)), h(1, big.NewRat(3, 4)))), power(1, big.NewRat(1, 1))},
		} {
			if c.Apart(row[0], row[1]) || !c.Close(row[0], row[1], int(prec)-40) {
				t.Errorf("%s to %d bits is %v, want %v", name, prec, row[0].Re.Mid, row[1].Re.Mid)
			}
		}
	}
	short := &ball.Calc{Prec: 256, Work: &work.Counter{Left: 100}}
	if _, ok := short.Hurwitz(2, big.NewRat(1, 1)); ok {
		t.Error("a series with no work left was added up")
	}
}

func BenchmarkHurwitz(b *testing.B) {
	for name, f := range map[string]func(*ball.Calc) bool{
		"two":         func(c *ball.Calc) bool { _, ok := c.Hurwitz(2, big.NewRat(1, 1)); return ok },
		"psi":         func(c *ball.Calc) bool { _, ok := c.Hurwitz(1, big.NewRat(1, 4)); return ok },
		"alternating": func(c *ball.Calc) bool { _, ok := c.Alternating(1, big.NewRat(1, 2)); return ok },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				c := &ball.Calc{Prec: ball.MaxPrec, Work: &work.Counter{Left: 1 << 30}}
				f(c)
				b.ReportMetric(float64(1<<30-c.Work.Left), "units")
			}
		})
	}
}
