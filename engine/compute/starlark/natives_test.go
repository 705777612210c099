package starlark

import (
	"context"
	"math"
	"math/big"
	"testing"
	"time"
)

// natives are calls beside what they are when written by hand with math/big.
// The numbers are large, or the calls few, so that the work of the functions
// counts and not that of the interpreter between them.
var natives = []struct {
	name, code string
	hand       func()
}{
	{"pow", "for i in range(100): pow(3 + i, 10**300, 10**301 + 7)", func() {
		for i := range int64(100) {
			new(big.Int).Exp(big.NewInt(3+i), ten(300), plus(ten(301), 7))
		}
	}},
	{"gcd", "a = 3**3000\nb = 6**2000 + 1\nfor i in range(100): gcd(a, b)", func() {
		a, b := raised(3, 3000), plus(raised(6, 2000), 1)
		for range 100 {
			new(big.Int).GCD(nil, nil, a, b)
		}
	}},
	{"lcm", "a = 3**3000\nb = 6**2000 + 1\nfor i in range(100): lcm(a, b)", func() {
		a, b := raised(3, 3000), plus(raised(6, 2000), 1)
		for range 100 {
			m := new(big.Int).GCD(nil, nil, a, b)
			m.Mul(m.Quo(a, m), b)
		}
	}},
	{"egcd", "a = 3**3000\nb = 6**2000 + 1\nfor i in range(100): egcd(a, b)", func() {
		a, b := raised(3, 3000), plus(raised(6, 2000), 1)
		for range 100 {
			new(big.Int).GCD(new(big.Int), new(big.Int), a, b)
		}
	}},
	{"modinv", "m = 10**301 + 7\nfor i in range(300): modinv(3**600 + i, m)", func() {
		for i := range int64(300) {
			new(big.Int).ModInverse(plus(raised(3, 600), i), plus(ten(301), 7))
		}
	}},
	{"isqrt", "n = 10**2000\nfor i in range(300): isqrt(n)", func() {
		n := ten(2000)
		for range 300 {
			new(big.Int).Sqrt(n)
		}
	}},
	{"iroot", "n = 10**2000 + 1\nfor i in range(100): iroot(n, 3)", func() {
		n := plus(ten(2000), 1)
		for range 100 {
			root(n, 3)
		}
	}},
	{"comb", "for i in range(20): comb(5000, 2500)", func() {
		for range 20 {
			new(big.Int).Binomial(5000, 2500)
		}
	}},
	{"perm", "for i in range(20): perm(4000, 2000)", func() {
		for range 20 {
			new(big.Int).MulRange(2001, 4000)
		}
	}},
	{"factorial", "for i in range(20): factorial(3000)", func() {
		for range 20 {
			new(big.Int).MulRange(1, 3000)
		}
	}},
	{"fibonacci", "for i in range(100): fibonacci(20000)", func() {
		for range 100 {
			doubling(20000)
		}
	}},
	{"isprime", "for i in range(30): isprime(2**521 - 1)", func() {
		n := plus(raised(2, 521), -1)
		for range 30 {
			n.ProbablyPrime(0)
		}
	}},
	{"nextprime", "for i in range(10): nextprime(10**60 + 1000*i)", func() {
		for i := range int64(10) {
			n := plus(ten(60), 1000*i+1)
			for !n.ProbablyPrime(0) {
				n.Add(n, big.NewInt(2))
			}
		}
	}},
	{"primes", "p = primes(10**6)", func() { sieve(1_000_000) }},
	{"jacobi", "n = 10**301 + 9\nfor i in range(300): jacobi(3**500 + i, n)", func() {
		n := plus(ten(301), 9)
		for i := range int64(300) {
			big.Jacobi(plus(raised(3, 500), i), n)
		}
	}},
	{"sqrt_mod", "p = 2**127 - 1\nfor i in range(100): sqrt_mod((3 + i)**2, p)", func() {
		p := plus(raised(2, 127), -1)
		for i := range int64(100) {
			p.ProbablyPrime(0) // who is given any modulus must look
			r := new(big.Int).ModSqrt(big.NewInt((3+i)*(3+i)), p)
			r.Sub(p, r)
		}
	}},
	{"crt", "m = primes(1000)\nfor i in range(20): crt(m, m[::-1])", func() {
		m := sieve(1000)
		for range 20 {
			remainders(m)
		}
	}},
	{"Rational", "t = Rational(0)\nfor n in range(1, 500): t += Rational(1, n)", func() {
		t := new(big.Rat)
		for n := range int64(499) {
			t.Add(t, big.NewRat(1, n+1))
		}
	}},
	{"det", "M = Matrix([[(7*i*i + 3*i*j + j**3) % 101 for j in range(24)] for i in range(24)])\nfor i in range(20): M.det()", func() {
		for range 20 {
			determinant(24)
		}
	}},
	{"Poly", "p = Poly([3 + i for i in range(200)])\nfor i in range(5): p * p", func() {
		for range 5 {
			square(200)
		}
	}},
}

// BenchmarkNative measures both in turn, so that what else the machine does
// falls on both, and reports how many times as long the cell takes at its best
// as the hand-written loop at its best: under 2.
func BenchmarkNative(b *testing.B) {
	for _, n := range natives {
		b.Run(n.name, func(b *testing.B) {
			in := testInterpreter()
			cell, hand := time.Duration(math.MaxInt64), time.Duration(math.MaxInt64)
			for b.Loop() {
				began := time.Now()
				if failed := in.run(context.Background(), n.code); failed != "" {
					b.Fatal(failed)
				}
				between := time.Now()
				n.hand()
				cell, hand = min(cell, between.Sub(began)), min(hand, time.Since(between))
			}
			b.ReportMetric(float64(cell)/float64(hand), "cell/hand")
		})
	}
}

func ten(n int64) *big.Int { return raised(10, n) }

func raised(x, n int64) *big.Int { return new(big.Int).Exp(big.NewInt(x), big.NewInt(n), nil) }

func plus(x *big.Int, n int64) *big.Int { return x.Add(x, big.NewInt(n)) }

// root is the k-th root by Newton's method from above.
func root(n *big.Int, k int64) *big.Int {
	x := new(big.Int).Lsh(big.NewInt(1), uint((int64(n.BitLen())+k-1)/k))
	for {
		y := new(big.Int).Exp(x, big.NewInt(k-1), nil)
		y.Quo(n, y)
		y.Add(y, new(big.Int).Mul(x, big.NewInt(k-1)))
		y.Quo(y, big.NewInt(k))
		if y.Cmp(x) >= 0 {
			return x
		}
		x = y
	}
}

// doubling is the n-th Fibonacci number.
func doubling(n uint) *big.Int {
	a, b := big.NewInt(0), big.NewInt(1)
	for bit := 31; bit >= 0; bit-- {
		c := new(big.Int).Lsh(b, 1)
		c.Mul(c.Sub(c, a), a)
		d := new(big.Int).Mul(a, a)
		d.Add(d, b.Mul(b, b))
		if a, b = c, d; n>>bit&1 == 1 {
			a, b = d, c.Add(c, d)
		}
	}
	return a
}

func sieve(n int) []int64 {
	composite := make([]bool, n+1)
	var all []int64
	for p := 2; p <= n; p++ {
		if composite[p] {
			continue
		}
		all = append(all, int64(p))
		for q := p * p; q <= n; q += p {
			composite[q] = true
		}
	}
	return all
}

// remainders is the least number that leaves the same primes, in reverse order,
// as remainders.
func remainders(primes []int64) *big.Int {
	x, m := big.NewInt(0), big.NewInt(1)
	for i, p := range primes {
		q := big.NewInt(p)
		step := new(big.Int).Sub(big.NewInt(primes[len(primes)-1-i]), x)
		step.Mul(step, new(big.Int).ModInverse(m, q))
		x.Add(x, step.Mul(step.Mod(step, q), m))
		m.Mul(m, q)
	}
	return x
}

// determinant is Bareiss' elimination without fractions.
func determinant(n int) *big.Int {
	m := make([][]*big.Int, n)
	for i := range m {
		m[i] = make([]*big.Int, n)
		for j := range m[i] {
			m[i][j] = big.NewInt(int64((7*i*i + 3*i*j + j*j*j) % 101))
		}
	}
	last, left := big.NewInt(1), new(big.Int)
	for k := range n - 1 {
		for i := k + 1; m[k][k].Sign() == 0; i++ {
			if i == n {
				return new(big.Int)
			}
			m[k], m[i] = m[i], m[k]
		}
		for i := k + 1; i < n; i++ {
			for j := k + 1; j < n; j++ {
				m[i][j].Mul(m[i][j], m[k][k])
				m[i][j].Quo(m[i][j].Sub(m[i][j], left.Mul(m[i][k], m[k][j])), last)
			}
		}
		last = m[k][k]
	}
	return m[n-1][n-1]
}

// square multiplies a polynomial over Q with itself, as schools do.
func square(n int) []*big.Rat {
	p := make([]*big.Rat, n)
	for i := range p {
		p[i] = big.NewRat(int64(3+i), 1)
	}
	out := make([]*big.Rat, 2*n-1)
	for i := range out {
		out[i] = new(big.Rat)
	}
	for i := range p {
		for j := range p {
			out[i+j].Add(out[i+j], new(big.Rat).Mul(p[i], p[j]))
		}
	}
	return out
}
