package value

import (
	"math/big"
	"testing"
)

func BenchmarkCompare(b *testing.B) {
	for _, p := range []struct{ name, x, y string }{
		{"integers", "42", "43"},
		{"fractions", "1/2+1/3", "5/6"},
		{"surds", "1/(sqrt(2)+sqrt(3))", "sqrt(3)-sqrt(2)"},
		{"denesting", "(6*sqrt(1789-240*sqrt(21))+8*sqrt(1236-240*sqrt(21)))/5", "96-10*sqrt(21)"},
		{"polynomials", "pow(x+1,3)", "pow(x,3)+3*pow(x,2)+3*x+1"},
		{"fields", "pow(2024,4046)", "pow(2024,4045)*2024"},
		{"million factorial", "fact(1000000)", "1000000*fact(999999)"},
		{"balls apart", "pow(e,pi*sqrt(163))", "262537412640768744"},
		{"balls together", "4*arctan(1/5)-arctan(1/239)", "pi/4"},
		{"variables", "pow(sin(x),2)+pow(cos(x),2)", "1"},
		{"tower", "pow(9,pow(9,pow(9,pow(9,9))))", "1"},
	} {
		x, y := tree(b, p.x), tree(b, p.y)
		b.Run(p.name, func(b *testing.B) {
			for b.Loop() {
				Compare(x, y, Names{})
			}
		})
	}
}

func BenchmarkBall(b *testing.B) {
	x := exactly(big.NewFloat(1.234567))
	for _, prec := range []uint{64, 256, 1024} {
		for _, f := range []struct {
			name string
			call func(c *calc)
		}{
			{"mul", func(c *calc) { c.mul(x, x) }},
			{"inverse", func(c *calc) { c.inverse(x) }},
			{"sqrt", func(c *calc) { c.sqrt(x) }},
			{"exp", func(c *calc) { c.exp(x) }},
			{"ln", func(c *calc) { c.ln(x) }},
			{"sin", func(c *calc) { c.sinCos(x) }},
			{"atan", func(c *calc) { c.atan(x) }},
			{"factorial", func(c *calc) { c.factorial(big.NewInt(123456)) }},
		} {
			b.Run(f.name+"/"+big.NewInt(int64(prec)).String(), func(b *testing.B) {
				units := 0
				for b.Loop() {
					c := &calc{prec: prec, work: &work{1 << 40}}
					f.call(c)
					units = 1<<40 - c.work.left
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(units), "ns/unit")
			})
		}
	}
}
