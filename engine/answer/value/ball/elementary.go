package ball

import (
	"math"
	"math/big"
)

// The elementary functions are calculated in integers that stand for so many
// 2^-w. Every operation there is off by a unit or two, and so are the series by
// a few hundred at most, which the radii allow for with room to spare.

// toFixed is x·2^w without its fraction.
func toFixed(x *big.Float, w uint) *big.Int {
	n, _ := new(big.Float).SetMantExp(x, int(w)).Int(nil)
	return n
}

// fromFixed is the ball about n·2^-w with a radius of 2^slack units.
func (c *Calc) fromFixed(n *big.Int, w, slack uint) Ball {
	f := new(big.Float).SetPrec(c.Prec).SetInt(n)
	b := c.rounded(f, powerOfTwo(int(slack)))
	return c.scale(b, -int(w))
}

// halvings is how often arguments are halved before a series.
func (c *Calc) halvings() uint { return 4 + uint(math.Sqrt(float64(c.Prec)))/2 }

func mulFixed(a, b *big.Int, w uint) *big.Int {
	p := new(big.Int).Mul(a, b)
	return p.Rsh(p, w)
}

// spendSeries is what a function takes at this precision.
func (c *Calc) spendSeries(w uint) bool {
	words := int(w/64) + 1
	return c.Work.Spend(200 + 40*words + 6*words*words)
}

// exp is e^b for |b| below maxExp/2.
func (c *Calc) exp(b Ball) (Ball, bool) {
	if b.IsZero() {
		return c.Int(1), true
	}
	s := c.halvings()
	w := c.Prec + s + 16
	if b.Mid.MantExp(nil) > 27 || b.Rad != nil && b.Rad.Cmp(big.NewFloat(1)) > 0 || !c.spendSeries(w) {
		return Ball{}, false
	}
	f, _ := b.Mid.Float64()
	k := int64(math.Round(f / math.Ln2))
	c.Widest = max(c.Widest, int(k), -int(k))
	// k·ln 2 to w bits takes 30 more of ln 2.
	multiple := new(big.Int).Mul(big.NewInt(k), fixedConstant(hexLn2, w+30))
	r := new(big.Int).Sub(toFixed(b.Mid, w+30), multiple)
	t := r.Rsh(r, 30+s)
	one := new(big.Int).Lsh(big.NewInt(1), w)
	total, term := new(big.Int).Add(one, t), t
	for n := int64(2); term.BitLen() > 1; n++ {
		term = mulFixed(term, t, w)
		term.Quo(term, big.NewInt(n))
		total.Add(total, term)
	}
	for range s {
		total = mulFixed(total, total, w)
	}
	y := c.scale(c.fromFixed(total, w, s+9), int(k))
	if b.Rad != nil {
		// e^x - e^mid is at most (e^rad-1)e^mid, where e^rad-1 <= 2rad
		y.Rad = sumUp(y.Rad, mulUp(up().SetMantExp(b.Rad, 1), y.size()))
	}
	return y, true
}

// ln is the logarithm of a ball above 0: that of its mid is k·ln 2 + y + ln(1+d)
// for a float y next to it, with a small d.
func (c *Calc) ln(b Ball) (Ball, bool) {
	if b.Sign() <= 0 {
		return Ball{}, false
	}
	if one, ok := b.Integer(); ok && one.IsInt64() && one.Int64() == 1 {
		return c.Int(0), true
	}
	m := new(big.Float)
	k := b.Mid.MantExp(m)
	f, _ := m.Float64()
	if f < math.Sqrt2/2 {
		m.SetMantExp(m, 1)
		k, f = k-1, 2*f
	}
	near := big.NewFloat(math.Log(f))
	fine := &Calc{Prec: c.Prec + 16, Work: c.Work}
	e, ok := fine.exp(Exactly(new(big.Float).Neg(near)))
	if !ok {
		return Ball{}, false
	}
	e = fine.mul(e, Exactly(m))
	below, ok := fine.inverse(fine.add(e, c.Int(1)))
	if !ok {
		return Ball{}, false
	}
	small := c.series(fine.mul(fine.Sub(e, c.Int(1)), below), 1)
	y := c.add(Exactly(near), c.scale(small, 1))
	if k != 0 {
		y = c.add(c.mul(c.Int(int64(k)), c.ln2()), y)
	}
	if b.Rad != nil {
		// |ln x - ln mid| <= |x-mid|/least
		least := b.least()
		if least.Sign() == 0 {
			return Ball{}, false
		}
		y.Rad = sumUp(y.Rad, up().Quo(b.Rad, least))
	}
	return y, true
}

// series is the sum of sign^j·t^(2j+1)/(2j+1) for a t below 2^-10 or so: the arc
// tangent, for a sign of -1, or its hyperbolic counterpart.
func (c *Calc) series(t Ball, sign int64) Ball {
	w := c.Prec + 16
	x := toFixed(t.Mid, w)
	q := mulFixed(x, x, w)
	if sign < 0 {
		q.Neg(q)
	}
	total, power := new(big.Int).Set(x), x
	for n := int64(3); ; n += 2 {
		power = mulFixed(power, q, w)
		term := new(big.Int).Quo(power, big.NewInt(n))
		if term.BitLen() <= 1 {
			break
		}
		c.Work.Spend(12 + int(w/32))
		total.Add(total, term)
	}
	y := c.fromFixed(total, w, 10)
	// The derivative is about 1.
	return Ball{y.Mid, sumUp(y.Rad, mulUp(t.Rad, big.NewFloat(2)))}
}

// atan is the arc tangent: that of mid is y + atan((x-tan y)/(1+x·tan y)) for a
// float y next to it.
func (c *Calc) atan(b Ball) (Ball, bool) {
	if b.IsZero() {
		return b, true
	}
	x, fine := Exactly(b.Mid), &Calc{Prec: c.Prec + 16, Work: c.Work}
	inverted := new(big.Float).Abs(b.Mid).Cmp(big.NewFloat(1)) > 0
	if inverted {
		x, _ = fine.inverse(x)
	}
	f, _ := x.Mid.Float64()
	near := Exactly(big.NewFloat(math.Atan(f)))
	sin, cos, ok := fine.sinCos(near)
	if !ok {
		return Ball{}, false
	}
	below, ok := fine.inverse(fine.add(cos, fine.mul(x, sin)))
	if !ok {
		return Ball{}, false
	}
	small := fine.mul(fine.Sub(fine.mul(x, cos), sin), below)
	y := c.add(near, c.series(small, -1))
	if inverted {
		quarter := c.half(c.Pi())
		if b.Mid.Signbit() {
			quarter = quarter.neg()
		}
		y = c.Sub(quarter, y)
	}
	y.Rad = sumUp(y.Rad, b.Rad) // the derivative is at most 1
	return y, true
}

// sinCos are the sine and the cosine.
func (c *Calc) sinCos(b Ball) (sin, cos Ball, ok bool) {
	if b.IsZero() {
		return b, c.Int(1), true
	}
	s := c.halvings() / 2
	w := c.Prec + 2*s + 20
	e := uint(max(b.Mid.MantExp(nil), 0)) + 2
	if w+e > constantBits || !c.spendSeries(w) || !c.spendSeries(w) {
		return Ball{}, Ball{}, false
	}
	// x = k·π/2 + r with r within π/4 or a little more.
	quarter := fixedConstant(hexPi, w+e)
	quarter.Rsh(quarter, 1)
	x := toFixed(b.Mid, w+e)
	k := new(big.Int).Add(x, new(big.Int).Rsh(quarter, 1))
	k.Div(k, quarter)
	r := x.Sub(x, quarter.Mul(quarter, k))
	t := r.Rsh(r, e+s)
	sine, versine := sinSeries(t, w)
	for range s {
		// sin 2t = 2 sin t (1-v), 1-cos 2t = 2v(2-v)
		next := new(big.Int).Sub(sine, mulFixed(sine, versine, w))
		sine = next.Lsh(next, 1)
		rest := new(big.Int).Lsh(big.NewInt(1), w+1)
		versine = mulFixed(versine, rest.Sub(rest, versine), w)
		versine.Lsh(versine, 1)
	}
	cosine := new(big.Int).Lsh(big.NewInt(1), w)
	cosine.Sub(cosine, versine)
	turn := new(big.Int).And(k, big.NewInt(3)).Int64()
	if turn&1 == 1 {
		sine, cosine = cosine, sine.Neg(sine)
	}
	if turn&2 == 2 {
		sine.Neg(sine)
		cosine.Neg(cosine)
	}
	sin, cos = c.fromFixed(sine, w, 2*s+10), c.fromFixed(cosine, w, 2*s+10)
	sin.Rad, cos.Rad = sumUp(sin.Rad, b.Rad), sumUp(cos.Rad, b.Rad)
	return sin, cos, true
}

// sinSeries is sin t and 1-cos t.
func sinSeries(t *big.Int, w uint) (sine, versine *big.Int) {
	sine, versine = new(big.Int).Set(t), new(big.Int)
	term := t
	for n := int64(2); term.BitLen() > 1; n++ {
		term = mulFixed(term, t, w)
		term.Quo(term, big.NewInt(n))
		switch n % 4 {
		case 0:
			versine.Sub(versine, term)
		case 1:
			sine.Add(sine, term)
		case 2:
			versine.Add(versine, term)
		case 3:
			sine.Sub(sine, term)
		}
	}
	return sine, versine
}

// Pi is a ball about π.
func (c *Calc) Pi() Ball {
	return c.fromFixed(fixedConstant(hexPi, c.Prec+8), c.Prec+8, 1)
}

func (c *Calc) ln2() Ball {
	return c.fromFixed(fixedConstant(hexLn2, c.Prec+8), c.Prec+8, 1)
}
