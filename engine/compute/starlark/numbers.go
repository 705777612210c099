package starlark

import (
	"math/big"

	sl "go.starlark.net/starlark"

	"github.com/aimo3/aimo3/engine/compute/starlark/exact"
)

// function is a row of a table of natives: its parameters and what it does.
type function struct {
	params string
	do     native
}

// numberTheory are the exact functions of whole numbers.
var numberTheory = map[string]function{
	"gcd": {"*", func(c *call) (sl.Value, error) { return integer(exact.GCD(c.spread()...)), nil }},
	"lcm": {"*", func(c *call) (sl.Value, error) { return integerOr(exact.LCM(c.ctx, c.spread()...)) }},
	"egcd": {"a b", func(c *call) (sl.Value, error) {
		x, y, g := exact.EGCD(c.integer(0), c.integer(1))
		return sl.Tuple{integer(x), integer(y), integer(g)}, nil
	}},
	"modinv": {"a m", func(c *call) (sl.Value, error) { return integerOr(exact.ModInv(c.integer(0), c.integer(1))) }},
	"isqrt":  {"n", func(c *call) (sl.Value, error) { return integerOr(exact.ISqrt(c.integer(0))) }},
	"iroot": {"n k", func(c *call) (sl.Value, error) {
		r, whole, err := exact.IRoot(c.ctx, c.integer(0), int(c.small(1, 2)))
		if err != nil {
			return nil, err
		}
		return sl.Tuple{integer(r), sl.Bool(whole)}, nil
	}},
	"comb": {"n k", comb}, "binomial": {"n k", comb},
	"perm": {"n k?", func(c *call) (sl.Value, error) {
		n := c.small(0, 0)
		return integerOr(exact.Perm(c.ctx, n, c.small(1, n)))
	}},
	"factorial": {"n", func(c *call) (sl.Value, error) { return integerOr(exact.Factorial(c.ctx, c.small(0, 0))) }},
	"fibonacci": {"n", func(c *call) (sl.Value, error) { return integerOr(exact.Fibonacci(c.small(0, 0))) }},
	"digits": {"n base?", func(c *call) (sl.Value, error) {
		return intList(exact.Digits(c.integer(0), int(c.small(1, 10))))
	}},
	"isprime": {"n", func(c *call) (sl.Value, error) { return sl.Bool(exact.IsPrime(c.integer(0))), nil }},
	"primes":  {"n", func(c *call) (sl.Value, error) { return intList(exact.Primes(c.ctx, 2, c.small(0, 0)+1)) }},
	"primerange": {"a b?", func(c *call) (sl.Value, error) {
		if !c.has(1) {
			return intList(exact.Primes(c.ctx, 2, c.small(0, 0)))
		}
		return intList(exact.Primes(c.ctx, c.small(0, 0), c.small(1, 0)))
	}},
	"prime": {"n", func(c *call) (sl.Value, error) {
		p, err := exact.Prime(c.ctx, c.small(0, 0))
		return sl.MakeInt64(p), err
	}},
	"primepi": {"n", func(c *call) (sl.Value, error) {
		n, err := exact.PrimeCount(c.ctx, c.small(0, 0))
		return sl.MakeInt(n), err
	}},
	"nextprime": {"n", func(c *call) (sl.Value, error) { return integerOr(exact.NextPrime(c.ctx, c.integer(0))) }},
	"prevprime": {"n", func(c *call) (sl.Value, error) { return integerOr(exact.PrevPrime(c.ctx, c.integer(0))) }},
}

// arithmetic are the functions that need the primes of their argument.
var arithmetic = map[string]function{
	"factorint": {"n", factorint},
	"primefactors": {"n", func(c *call) (sl.Value, error) {
		powers, err := exact.Factor(c.ctx, c.integer(0))
		var all []*big.Int
		for _, p := range powers {
			all = append(all, p.Prime)
		}
		return integerList(all, err)
	}},
	"divisors":      {"n", func(c *call) (sl.Value, error) { return integerList(exact.Divisors(c.ctx, c.integer(0))) }},
	"divisor_count": {"n", func(c *call) (sl.Value, error) { return integerOr(exact.DivisorSigma(c.ctx, c.integer(0), 0)) }},
	"divisor_sigma": {"n k?", func(c *call) (sl.Value, error) {
		return integerOr(exact.DivisorSigma(c.ctx, c.integer(0), c.small(1, 1)))
	}},
	"totient":         {"n", func(c *call) (sl.Value, error) { return integerOr(exact.Totient(c.ctx, c.integer(0))) }},
	"reduced_totient": {"n", func(c *call) (sl.Value, error) { return integerOr(exact.ReducedTotient(c.ctx, c.integer(0))) }},
	"mobius": {"n", func(c *call) (sl.Value, error) {
		m, err := exact.Mobius(c.ctx, c.integer(0))
		return sl.MakeInt(m), err
	}},
	"multiplicity": {"p n", func(c *call) (sl.Value, error) {
		n, err := exact.Valuation(c.integer(0), c.integer(1))
		return sl.MakeInt(n), err
	}},
	"crt": {"moduli residues", func(c *call) (sl.Value, error) {
		x, m, err := exact.CRT(c.integers(0), c.integers(1))
		if err != nil {
			return nil, err
		}
		return sl.Tuple{integer(x), integer(m)}, nil
	}},
	"discrete_log": {"n a b", func(c *call) (sl.Value, error) {
		return integerOr(exact.DiscreteLog(c.ctx, c.integer(0), c.integer(1), c.integer(2)))
	}},
	"sqrt_mod": {"a n", func(c *call) (sl.Value, error) {
		return integerList(exact.SqrtMod(c.ctx, c.integer(0), c.integer(1)))
	}},
	"primitive_root": {"n", func(c *call) (sl.Value, error) { return integerOr(exact.PrimitiveRoot(c.ctx, c.integer(0))) }},
	"n_order":        {"a n", func(c *call) (sl.Value, error) { return integerOr(exact.Order(c.ctx, c.integer(0), c.integer(1))) }},
	"jacobi": {"a n", func(c *call) (sl.Value, error) {
		j, err := exact.Jacobi(c.integer(0), c.integer(1))
		return sl.MakeInt(j), err
	}},
	"continued_fraction": {"x", func(c *call) (sl.Value, error) {
		return integerList(exact.ContinuedFraction(c.rational(0)), nil)
	}},
	"sqrt_fraction": {"n", func(c *call) (sl.Value, error) {
		whole, period, err := exact.RootFraction(c.ctx, c.integer(0))
		if err != nil {
			return nil, err
		}
		list, err := integerList(period, nil)
		return sl.Tuple{integer(whole), list}, err
	}},
	"convergents": {"terms", func(c *call) (sl.Value, error) {
		all, err := exact.Convergents(c.ctx, c.integers(0))
		var out []sl.Value
		for _, q := range all {
			out = append(out, number(q))
		}
		return sl.NewList(out), err
	}},
}

// spread are the arguments as whole numbers; one list stands for its items.
func (c *call) spread() []*big.Int {
	if len(c.args) == 1 && sl.Len(c.args[0]) >= 0 {
		return c.integers(0)
	}
	out := make([]*big.Int, len(c.args))
	for i := range c.args {
		out[i] = c.integer(i)
	}
	return out
}

func comb(c *call) (sl.Value, error) {
	return integerOr(exact.Comb(c.ctx, c.small(0, 0), c.small(1, 0)))
}

func factorint(c *call) (sl.Value, error) {
	n := c.integer(0)
	powers, err := exact.Factor(c.ctx, n)
	if err != nil {
		return nil, err
	}
	d := sl.NewDict(len(powers) + 1)
	if n.Sign() < 0 {
		powers = append([]exact.Power{{Prime: big.NewInt(-1), Times: 1}}, powers...)
	}
	for _, p := range powers {
		if err := d.SetKey(integer(p.Prime), sl.MakeInt(p.Times)); err != nil {
			return nil, err
		}
	}
	return d, nil
}
