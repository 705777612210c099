package value

import "math/big"

// coefficients are those of a polynomial, the lowest first and none 0 at the end.
type coefficients []*big.Rat

func whole(n int64) coefficients { return coefficients{big.NewRat(n, 1)} }

// times is the product of two polynomials.
func (s series) times(a, b coefficients) coefficients {
	p := make(coefficients, len(a)+len(b)-1)
	for i := range p {
		p[i] = new(big.Rat)
	}
	for i, x := range a {
		for j, y := range b {
			t := new(big.Rat).Mul(x, y)
			p[i+j].Add(p[i+j], t)
		}
	}
	s.Work.Spend(len(a) * len(b) * 30)
	return p
}

// shifted is p at n+by.
func shifted(p coefficients, by int64) coefficients {
	q := make(coefficients, len(p))
	for i := range p {
		q[i] = new(big.Rat).Set(p[i])
	}
	shift := big.NewRat(by, 1)
	for i := range q {
		for j := len(q) - 2; j >= i; j-- {
			q[j].Add(q[j], new(big.Rat).Mul(shift, q[j+1]))
		}
	}
	return q
}

// at is the value of p.
func (p coefficients) at(n int64) *big.Rat {
	v := new(big.Rat)
	for i := len(p) - 1; i >= 0; i-- {
		v.Mul(v, big.NewRat(n, 1)).Add(v, p[i])
	}
	return v
}
