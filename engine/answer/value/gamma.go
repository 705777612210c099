package value

import (
	"math/big"
)

// counting is a factorial, a double factorial or a binomial coefficient.
func (c *calc) counting(text string, args []scalar) (scalar, bool) {
	var list [2]*big.Int
	for i, s := range args {
		if s.huge != 0 || !s.isReal() {
			return scalar{}, false
		}
		n, ok := s.re.integer()
		if !ok || n.BitLen() > 62 {
			return scalar{}, false
		}
		list[i] = n
	}
	n := list[0]
	if n.Sign() < 0 {
		return scalar{}, false
	}
	switch text {
	case "factorial":
		return c.factorial(n)
	case "doublefactorial":
		return c.doubleFactorial(n)
	}
	if b, ok := binomial(n, list[1], c.work); ok {
		return c.tidy(realBall(c.whole(b)))
	}
	return c.quotientOf([]*big.Int{n}, []*big.Int{list[1], new(big.Int).Sub(n, list[1])}, 0)
}

// doubleFactorial is 2^k·k! for 2k, and (2k+1)!/(2^k·k!) for 2k+1.
func (c *calc) doubleFactorial(n *big.Int) (scalar, bool) {
	if f, ok := factorial(n, 2, c.work); ok {
		return c.tidy(realBall(c.whole(f)))
	}
	k := new(big.Int).Rsh(n, 1)
	if n.Bit(0) == 0 {
		return c.quotientOf([]*big.Int{k}, nil, k.Int64())
	}
	return c.quotientOf([]*big.Int{n}, []*big.Int{k}, -k.Int64())
}

// quotientOf is the product of factorials by that of others, times 2^shift.
func (c *calc) quotientOf(above, below []*big.Int, shift int64) (scalar, bool) {
	two := new(big.Float).SetPrec(64).SetInt64(shift)
	total, ok := c.intPower(realBall(c.int(2)), two)
	for _, n := range above {
		f, fine := c.factorial(n)
		if !ok || !fine {
			return scalar{}, false
		}
		total, ok = c.times(total, f)
	}
	for _, n := range below {
		f, fine := c.factorial(n)
		if !ok || !fine {
			return scalar{}, false
		}
		if f, ok = c.invert(f); !ok {
			return scalar{}, false
		}
		total, ok = c.times(total, f)
	}
	return total, ok
}

// factorial is n!, beyond 400 through its logarithm.
func (c *calc) factorial(n *big.Int) (scalar, bool) {
	if f, ok := factorial(n, 1, c.work); ok {
		return c.tidy(realBall(c.whole(f)))
	}
	if n.Sign() < 0 {
		return scalar{}, false
	}
	l, ok := c.lnGamma(new(big.Int).Add(n, big.NewInt(1)))
	if !ok {
		return scalar{}, false
	}
	return c.exponential(realBall(l))
}

// lnGamma is ln Γ(z) for a whole z above 400, by Stirling's series: its error
// is less than the first term left out.
func (c *calc) lnGamma(n *big.Int) (ball, bool) {
	z := c.whole(n)
	l, ok := c.ln(z)
	if !ok {
		return ball{}, false
	}
	tau, ok := c.ln(c.scale(c.pi(), 1))
	if !ok {
		return ball{}, false
	}
	inverse, ok := c.inverse(z)
	if !ok {
		return ball{}, false
	}
	total := c.mul(c.sub(z, exactly(big.NewFloat(0.5))), l)
	total = c.add(c.sub(total, z), c.half(tau))
	square, power := c.mul(inverse, inverse), inverse
	for k := int64(1); ; k++ {
		b, ok := c.bernoulliNumber(int(k))
		if !ok {
			return ball{}, false
		}
		coefficient := new(big.Rat).Quo(b, big.NewRat(2*k*(2*k-1), 1))
		term := c.mul(power, c.rat(coefficient))
		if term.mid.MantExp(nil) < -int(c.prec)-8 {
			total.rad = sumUp(total.rad, term.size())
			return total, true
		}
		total = c.add(total, term)
		power = c.mul(power, square)
	}
}

// bernoulliNumber is B_2k, from the tangent numbers.
func (c *calc) bernoulliNumber(k int) (*big.Rat, bool) {
	if k <= len(c.bernoulli) {
		return c.bernoulli[k-1], true
	}
	n := max(4, 2*len(c.bernoulli))
	if !c.work.spend(n * n * 6) {
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
