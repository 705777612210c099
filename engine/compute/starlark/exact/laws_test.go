package exact

import (
	"context"
	"errors"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

func dice() *rand.Rand { return rand.New(rand.NewPCG(3, 4)) }

func randomMatrix(r *rand.Rand, n int) *Matrix {
	m := blank(n, n)
	for _, v := range m.cells {
		v.SetFrac64(r.Int64N(41)-20, 1+r.Int64N(5))
	}
	return m
}

func TestDeterminantOfAProduct(t *testing.T) {
	r, ctx := dice(), t.Context()
	for range 200 {
		n := 1 + r.IntN(5)
		a, b := randomMatrix(r, n), randomMatrix(r, n)
		product, err := a.Mul(ctx, b)
		if err != nil {
			t.Fatal(err)
		}
		x, _ := a.Det(ctx)
		y, _ := b.Det(ctx)
		z, _ := product.Det(ctx)
		if x.Mul(x, y).Cmp(z) != 0 {
			t.Fatalf("det %v * det %v is %v, of the product %v", a, b, x, z)
		}
		inverse, err := a.Inverse(ctx)
		if errors.Is(err, ErrNone) {
			continue
		}
		unit, _ := Identity(n)
		if back, _ := a.Mul(ctx, inverse); !back.Equal(unit) {
			t.Fatalf("%v times its inverse is %v", a, back)
		}
	}
}

func TestFactorsMultiplyBack(t *testing.T) {
	r := dice()
	for range 300 {
		n := new(big.Int).SetUint64(r.Uint64()>>r.IntN(50) + 1)
		if r.IntN(8) == 0 {
			n.Mul(n, num(r.Int64N(1<<20)+1))
		}
		powers, err := Factor(t.Context(), n)
		if err != nil {
			t.Fatal(err)
		}
		product := one()
		for i, p := range powers {
			if !p.Prime.ProbablyPrime(20) || i > 0 && powers[i-1].Prime.Cmp(p.Prime) >= 0 {
				t.Fatalf("%v: %v", n, powers)
			}
			product.Mul(product, new(big.Int).Exp(p.Prime, num(int64(p.Times)), nil))
		}
		if product.Cmp(n) != 0 {
			t.Fatalf("%v: %v", n, powers)
		}
	}
}

func TestResiduesComeBack(t *testing.T) {
	r := dice()
	for range 500 {
		var moduli, residues []*big.Int
		secret := num(r.Int64N(1 << 40))
		for range 1 + r.IntN(5) {
			m := num(1 + r.Int64N(5000))
			moduli, residues = append(moduli, m), append(residues, new(big.Int).Mod(secret, m))
		}
		x, m, err := CRT(moduli, residues)
		if err != nil {
			t.Fatal(err)
		}
		if new(big.Int).Mod(secret, m).Cmp(x) != 0 {
			t.Fatalf("%v %v: %v modulo %v, from %v", moduli, residues, x, m, secret)
		}
	}
}

func TestLogarithmsAndRoots(t *testing.T) {
	r, p := dice(), num(1000000007)
	for range 20 {
		x := num(r.Int64N(1 << 29))
		a := new(big.Int).Exp(num(5), x, p)
		back, err := DiscreteLog(t.Context(), p, a, num(5))
		if err != nil || new(big.Int).Exp(num(5), back, p).Cmp(a) != 0 {
			t.Fatalf("log of %v is %v %v", a, back, err)
		}
		n := num(1 + r.Int64N(1<<30))
		roots, err := SqrtMod(t.Context(), new(big.Int).Mul(x, x), n)
		if err != nil || len(roots) == 0 {
			t.Fatalf("roots of %v squared modulo %v: %v %v", x, n, roots, err)
		}
	}
}

func TestRootsOfAProduct(t *testing.T) {
	r, ctx := dice(), t.Context()
	for range 100 {
		var modulus *big.Int
		if r.IntN(2) == 0 {
			modulus = num(1000003)
		}
		p, _ := NewPoly([]*big.Rat{big.NewRat(1, 1)}, modulus)
		want := map[string]bool{}
		for range 1 + r.IntN(4) {
			root := big.NewRat(r.Int64N(2001), 1)
			want[root.RatString()] = true
			linear, _ := NewPoly([]*big.Rat{new(big.Rat).Neg(root), big.NewRat(1, 1)}, modulus)
			p, _ = p.Mul(ctx, linear)
		}
		roots, err := p.Roots(ctx)
		if err != nil || len(roots) != len(want) {
			t.Fatalf("%v has %v %v, want %v", p, roots, err, want)
		}
		for _, x := range roots {
			if !want[x.RatString()] {
				t.Fatalf("%v is no root of %v", x, p)
			}
		}
	}
}

// TestPrimes: a range holds the primes that are in it, wherever it begins and
// ends, also where it is longer than what is sieved at once.
func TestPrimes(t *testing.T) {
	all := sieve(1_200_000)
	for _, r := range [][2]int64{
		{-5, 1},
		{0, 2},
		{2, 3},
		{2, 4},
		{3, 3},
		{3, 4},
		{3, 5},
		{4, 5},
		{8, 12},
		{9, 26},
		{24, 50},
		{25, 49},
		{90, 122},
		{1000, 1010},
		{1 << 18, 1<<18 + 100},
		{262_143, 262_151},
		{524_287, 524_310},
		{2, 1_200_000},
		{999_998, 1_199_999},
	} {
		got, err := Primes(t.Context(), r[0], r[1])
		var want []int64
		for _, p := range all {
			if p >= r[0] && p < r[1] {
				want = append(want, p)
			}
		}
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("from %d to %d: %d primes, want %d; %v", r[0], r[1], len(got), len(want), err)
		}
	}
}

// TestEndsWithItsContext: nothing that may be long goes on when it must end.
func TestEndsWithItsContext(t *testing.T) {
	hard, _ := new(big.Int).SetString("10000000000000000000000000000000000000012100000000000000000000000000000000000000363", 10)
	m, _ := NewMatrix(1, 1, []*big.Rat{big.NewRat(3, 2)})
	for name, f := range map[string]func(context.Context) error{
		"factor":    func(ctx context.Context) error { _, err := Factor(ctx, hard); return err },
		"primes":    func(ctx context.Context) error { _, err := Primes(ctx, 2, MaxSieve); return err },
		"factorial": func(ctx context.Context) error { _, err := Factorial(ctx, 2_000_000); return err },
		"period":    func(ctx context.Context) error { _, _, err := RootFraction(ctx, hard); return err },
		"matrix":    func(ctx context.Context) error { _, err := m.Power(ctx, num(1<<40)); return err },
	} {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		began := time.Now()
		err := f(ctx)
		cancel()
		if took := time.Since(began); took > 2*time.Second || err == nil {
			t.Errorf("%s: %v after %v", name, err, took)
		}
	}
}

func TestRefusals(t *testing.T) {
	ctx := t.Context()
	for name, err := range map[string]error{
		"power":     second(Pow(num(2), num(1<<40))),
		"factorial": second(Factorial(ctx, 1<<40)),
		"fibonacci": second(Fibonacci(1 << 40)),
		"primes":    second(Primes(ctx, 2, 1<<50)),
		"comb":      second(Comb(ctx, 1<<50, 1<<49)),
		"identity":  second(Identity(1 << 20)),
	} {
		if !errors.Is(err, ErrTooLarge) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, err := range map[string]error{
		"inverse": second(ModInv(num(2), num(4))), "root": second(ISqrt(num(-1))), "order": second(Order(ctx, num(2), num(4))),
		"primitive root": second(PrimitiveRoot(ctx, num(8))), "log": second(DiscreteLog(ctx, num(7), num(3), num(2))),
	} {
		if !errors.Is(err, ErrNone) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func second[T any](_ T, err error) error { return err }
