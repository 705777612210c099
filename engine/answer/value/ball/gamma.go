package ball

import (
	"math/big"

	"github.com/aimo3/aimo3/engine/answer/value/integer"
)

// counting is a factorial, a double factorial or a binomial coefficient.
func (c *Calc) counting(text string, args []Scalar) (Scalar, bool) {
	var list [2]*big.Int
	for i, s := range args {
		if s.Huge != 0 || !s.IsReal() {
			return Scalar{}, false
		}
		n, ok := s.Re.Integer()
		if !ok || n.BitLen() > 62 {
			return Scalar{}, false
		}
		list[i] = n
	}
	n := list[0]
	if n.Sign() < 0 {
		return Scalar{}, false
	}
	switch text {
	case "factorial":
		return c.factorial(n)
	case "doublefactorial":
		return c.doubleFactorial(n)
	}
	if b, ok := integer.Binomial(n, list[1], c.Work); ok {
		return c.Tidy(Real(c.whole(b)))
	}
	return c.quotientOf([]*big.Int{n}, []*big.Int{list[1], new(big.Int).Sub(n, list[1])}, 0)
}

// doubleFactorial is 2^k·k! for 2k, and (2k+1)!/(2^k·k!) for 2k+1.
func (c *Calc) doubleFactorial(n *big.Int) (Scalar, bool) {
	if f, ok := integer.Factorial(n, 2, c.Work); ok {
		return c.Tidy(Real(c.whole(f)))
	}
	k := new(big.Int).Rsh(n, 1)
	if n.Bit(0) == 0 {
		return c.quotientOf([]*big.Int{k}, nil, k.Int64())
	}
	return c.quotientOf([]*big.Int{n}, []*big.Int{k}, -k.Int64())
}

// quotientOf is the product of factorials by that of others, times 2^shift.
func (c *Calc) quotientOf(above, below []*big.Int, shift int64) (Scalar, bool) {
	two := new(big.Float).SetPrec(64).SetInt64(shift)
	total, ok := c.IntPower(Real(c.Int(2)), two)
	for _, n := range above {
		f, fine := c.factorial(n)
		if !ok || !fine {
			return Scalar{}, false
		}
		total, ok = c.Times(total, f)
	}
	for _, n := range below {
		f, fine := c.factorial(n)
		if !ok || !fine {
			return Scalar{}, false
		}
		if f, ok = c.invert(f); !ok {
			return Scalar{}, false
		}
		total, ok = c.Times(total, f)
	}
	return total, ok
}

// factorial is n!, beyond 400 through its logarithm.
func (c *Calc) factorial(n *big.Int) (Scalar, bool) {
	if f, ok := integer.Factorial(n, 1, c.Work); ok {
		return c.Tidy(Real(c.whole(f)))
	}
	if n.Sign() < 0 {
		return Scalar{}, false
	}
	l, ok := c.lnGamma(new(big.Int).Add(n, big.NewInt(1)))
	if !ok {
		return Scalar{}, false
	}
	return c.Exponential(Real(l))
}

// lnGamma is ln Γ(z) for a whole z above 400, by Stirling's series: its error
// is less than the first term left out.
func (c *Calc) lnGamma(n *big.Int) (Ball, bool) {
	z := c.whole(n)
	l, ok := c.ln(z)
	if !ok {
		return Ball{}, false
	}
	tau, ok := c.ln(c.scale(c.Pi(), 1))
	if !ok {
		return Ball{}, false
	}
	inverse, ok := c.inverse(z)
	if !ok {
		return Ball{}, false
	}
	total := c.mul(c.Sub(z, Exactly(big.NewFloat(0.5))), l)
	total = c.add(c.Sub(total, z), c.half(tau))
	square, power := c.mul(inverse, inverse), inverse
	for k := int64(1); ; k++ {
		b, ok := c.bernoulliNumber(int(k))
		if !ok {
			return Ball{}, false
		}
		coefficient := new(big.Rat).Quo(b, big.NewRat(2*k*(2*k-1), 1))
		term := c.mul(power, c.Rat(coefficient))
		if term.Mid.MantExp(nil) < -int(c.Prec)-8 {
			total.Rad = sumUp(total.Rad, term.size())
			return total, true
		}
		total = c.add(total, term)
		power = c.mul(power, square)
	}
}

// bernoulliNumber is B_2k, from the tangent numbers.
func (c *Calc) bernoulliNumber(k int) (*big.Rat, bool) {
	if k <= len(c.bernoulli) {
		return c.bernoulli[k-1], true
	}
	n := max(4, 2*len(c.bernoulli), k)
	if !c.Work.Spend(n * n * 6) {
		return nil, false
	}
	t := make([]*big.Int, n+1)
	t[1] = big.NewInt(1)
	for i := 2; i <= n; i++ {
		t[i] = new(big.Int).Mul(t[i-1], big.NewInt(int64(i-1)))
	}
	for i := 2; i <= n; i++ {
		for j := i; j <= n; j++ {
			a := new(big.Int).Mul(t[j-1], big.NewInt(int64(j-i)))
			b := new(big.Int).Mul(t[j], big.NewInt(int64(j-i+2)))
			t[j] = a.Add(a, b)
		}
	}
	c.bernoulli = c.bernoulli[:0]
	for i := 1; i <= n; i++ {
		// B_2i = (-1)^(i-1) 2i T_i / (4^i (4^i - 1))
		num := new(big.Int).Mul(t[i], big.NewInt(int64(2*i)))
		if i%2 == 0 {
			num.Neg(num)
		}
		four := new(big.Int).Lsh(big.NewInt(1), uint(2*i))
		den := new(big.Int).Sub(four, big.NewInt(1))
		c.bernoulli = append(c.bernoulli, new(big.Rat).SetFrac(num, den.Mul(den, four)))
	}
	return c.bernoulli[k-1], true
}
