package value

import (
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
				free.Compare(x, y)
			}
		})
	}
}
