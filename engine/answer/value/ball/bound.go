package ball

import "math/big"

func powerOfTwo(e int) *big.Float {
	return up().SetMantExp(big.NewFloat(1), e)
}

func up() *big.Float { return new(big.Float).SetPrec(radPrec).SetMode(big.AwayFromZero) }

func down() *big.Float { return new(big.Float).SetPrec(radPrec).SetMode(big.ToZero) }

func sumUp(a, b *big.Float) *big.Float {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	return addBound(up(), a, b)
}

// addBound is a+b rounded the way z rounds. Where one is far smaller it only
// decides the rounding: big.Float would shift by the whole gap of exponents.
func addBound(z, a, b *big.Float) *big.Float {
	if a.Sign() == 0 || b.Sign() == 0 {
		return z.Add(a, b)
	}
	if a.MantExp(nil) < b.MantExp(nil) {
		a, b = b, a
	}
	e := a.MantExp(nil) - int(max(z.Prec(), a.Prec())) - radPrec
	if b.MantExp(nil) >= e {
		return z.Add(a, b)
	}
	upward := z.Mode() == big.ToPositiveInf || z.Mode() == big.AwayFromZero
	if b.Sign() > 0 != upward {
		return z.Set(a)
	}
	tiny := powerOfTwo(e)
	if !upward {
		tiny.Neg(tiny)
	}
	return z.Add(a, tiny)
}

func mulUp(a, b *big.Float) *big.Float {
	if a == nil || b == nil {
		return nil
	}
	return up().Mul(a, b)
}

func absUp(a *big.Float) *big.Float { return up().Abs(a) }
