package starlark

import (
	"context"
	"math/big"
	"testing"

	"github.com/aimo3/aimo3/engine/compute"
)

// BenchmarkMillionSteps is to stay under 0.4 s.
func BenchmarkMillionSteps(b *testing.B) {
	in := testInterpreter()
	for b.Loop() {
		if failed := in.run(context.Background(), "t = 0\nfor i in range(1000000):\n    t += i % 7\nt"); failed != "" {
			b.Fatal(failed)
		}
	}
}

// BenchmarkReady opens a session and has its first answer: under 10 ms.
func BenchmarkReady(b *testing.B) {
	for b.Loop() {
		s := open(b, compute.Limits{})
		if c := cell(b, s, "1"); c.Text() != "1\n" {
			b.Fatal(c)
		}
		_ = s.Close()
	}
}

// BenchmarkWarm is the round trip of a cell: under 0.5 ms.
func BenchmarkWarm(b *testing.B) {
	s := open(b, compute.Limits{})
	for b.Loop() {
		cell(b, s, "1 + 1")
	}
}

// natives are calls beside what they are by hand; each loops in the cell so
// that its own work counts, and stays within twice the time.
var natives = []struct {
	name, code string
	hand       func()
}{
	{"pow", "for i in range(1000): pow(3 + i, 10**300, 10**301 + 7)", func() {
		m := new(big.Int).Exp(big.NewInt(10), big.NewInt(301), nil)
		m.Add(m, big.NewInt(7))
		e := new(big.Int).Exp(big.NewInt(10), big.NewInt(300), nil)
		for i := range int64(1000) {
			new(big.Int).Exp(big.NewInt(3+i), e, m)
		}
	}},
	{"factorial", "for i in range(20): factorial(3000)", func() {
		for range 20 {
			new(big.Int).MulRange(1, 3000)
		}
	}},
	{"gcd", "a = 3**3000\nb = 6**2000 + 1\nfor i in range(300): gcd(a, b)", func() {
		a := new(big.Int).Exp(big.NewInt(3), big.NewInt(3000), nil)
		c := new(big.Int).Exp(big.NewInt(6), big.NewInt(2000), nil)
		c.Add(c, big.NewInt(1))
		for range 300 {
			new(big.Int).GCD(nil, nil, a, c)
		}
	}},
	{"isprime", "for i in range(30): isprime(2**521 - 1)", func() {
		n := new(big.Int).Lsh(big.NewInt(1), 521)
		n.Sub(n, big.NewInt(1))
		for range 30 {
			n.ProbablyPrime(0)
		}
	}},
	{"comb", "for i in range(20): comb(5000, 2500)", func() {
		for range 20 {
			new(big.Int).Binomial(5000, 2500)
		}
	}},
	{"isqrt", "n = 10**2000\nfor i in range(300): isqrt(n)", func() {
		n := new(big.Int).Exp(big.NewInt(10), big.NewInt(2000), nil)
		for range 300 {
			new(big.Int).Sqrt(n)
		}
	}},
}

func BenchmarkNative(b *testing.B) {
	for _, n := range natives {
		b.Run(n.name+"/cell", func(b *testing.B) {
			in := testInterpreter()
			for b.Loop() {
				if failed := in.run(context.Background(), n.code); failed != "" {
					b.Fatal(failed)
				}
			}
		})
		b.Run(n.name+"/hand", func(b *testing.B) {
			for b.Loop() {
				n.hand()
			}
		})
	}
}
