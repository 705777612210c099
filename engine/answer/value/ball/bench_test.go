package ball

import (
	"math/big"
	"testing"

	"github.com/aimo3/aimo3/engine/answer/value/work"
)

func BenchmarkBall(b *testing.B) {
	x := Exactly(big.NewFloat(1.234567))
	for _, prec := range []uint{64, 256, 1024} {
		for _, f := range []struct {
			name string
			call func(c *Calc)
		}{
			{"mul", func(c *Calc) { c.mul(x, x) }},
			{"inverse", func(c *Calc) { c.inverse(x) }},
			{"sqrt", func(c *Calc) { c.sqrt(x) }},
			{"exp", func(c *Calc) { c.exp(x) }},
			{"ln", func(c *Calc) { c.ln(x) }},
			{"sin", func(c *Calc) { c.sinCos(x) }},
			{"atan", func(c *Calc) { c.atan(x) }},
			{"factorial", func(c *Calc) { c.factorial(big.NewInt(123456)) }},
		} {
			b.Run(f.name+"/"+big.NewInt(int64(prec)).String(), func(b *testing.B) {
				units := 0
				for b.Loop() {
					c := &Calc{Prec: prec, Work: &work.Counter{Left: 1 << 40}}
					f.call(c)
					units = 1<<40 - c.Work.Left
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(units), "ns/unit")
			})
		}
	}
}
