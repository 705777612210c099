package exact

import (
	"context"
	"errors"
	"fmt"
	"math/big"
)

// DiscreteLog is the smallest x >= 0 with b^x = a modulo n, by the primes of
// the order of b and baby steps to each.
func DiscreteLog(ctx context.Context, n, a, b *big.Int) (*big.Int, error) {
	order, err := Order(ctx, b, n)
	if err != nil {
		return nil, err
	}
	powers, err := Factor(ctx, order)
	if err != nil {
		return nil, err
	}
	target, base := new(big.Int).Mod(a, n), new(big.Int).Mod(b, n)
	var moduli, residues []*big.Int
	for _, p := range powers {
		part := new(big.Int).Exp(p.Prime, num(int64(p.Times)), nil)
		other := new(big.Int).Quo(order, part)
		x, err := logInPower(ctx, new(big.Int).Exp(target, other, n), new(big.Int).Exp(base, other, n), n, p)
		if err != nil {
			return nil, err
		}
		moduli, residues = append(moduli, part), append(residues, x)
	}
	x, _, err := CRT(moduli, residues)
	if err != nil {
		return nil, err
	}
	if new(big.Int).Exp(base, x, n).Cmp(target) != 0 {
		return nil, noLog(a, b, n)
	}
	return x, nil
}

func noLog(a, b, n *big.Int) error {
	return fmt.Errorf("logarithm of %s to the base %s modulo %s %w", a, b, n, ErrNone)
}

// logInPower finds the digits of the logarithm in base p, one at a time.
func logInPower(ctx context.Context, a, b, n *big.Int, p Power) (*big.Int, error) {
	x, weight := new(big.Int), one()
	unit := new(big.Int).Exp(b, new(big.Int).Exp(p.Prime, num(int64(p.Times-1)), nil), n)
	for k := p.Times - 1; k >= 0; k-- {
		rest, err := PowMod(b, new(big.Int).Neg(x), n)
		if err != nil {
			return nil, err
		}
		rest.Mul(rest, a)
		rest.Exp(rest, new(big.Int).Exp(p.Prime, num(int64(k)), nil), n)
		digit, err := babySteps(ctx, rest, unit, n, p.Prime)
		if err != nil {
			return nil, err
		}
		x.Add(x, digit.Mul(digit, weight))
		weight = new(big.Int).Mul(weight, p.Prime)
	}
	return x, nil
}

// babySteps finds x below order with b^x = a modulo n.
func babySteps(ctx context.Context, a, b, n, order *big.Int) (*big.Int, error) {
	width := new(big.Int).Sqrt(order)
	if width.Add(width, one()); width.BitLen() > 22 {
		return nil, fmt.Errorf("%w: a logarithm in a group of order %s", ErrTooLarge, order)
	}
	steps := int(width.Int64())
	table := make(map[string]int, steps)
	for i, v := 0, one(); i < steps; i++ {
		if err := pause(ctx, i); err != nil {
			return nil, err
		}
		key := string(v.Bytes())
		if _, seen := table[key]; !seen {
			table[key] = i
		}
		v.Mul(v, b).Mod(v, n)
	}
	giant, err := PowMod(b, new(big.Int).Neg(width), n)
	if err != nil {
		return nil, errors.Join(noLog(a, b, n), err)
	}
	for i, v := 0, new(big.Int).Mod(a, n); i <= steps; i++ {
		if err := pause(ctx, i); err != nil {
			return nil, err
		}
		if j, found := table[string(v.Bytes())]; found {
			return num(int64(i*steps + j)), nil
		}
		v.Mul(v, giant).Mod(v, n)
	}
	return nil, noLog(a, b, n)
}
