package value

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/aimo3/aimo3/engine/answer/value/integer"
	"github.com/aimo3/aimo3/engine/answer/value/work"
)

func TestTotients(t *testing.T) {
	for _, chain := range totients {
		p, q := chain[0]+1, chain[0]/2
		for _, n := range []uint64{p, q, q / 2} {
			if !new(big.Int).SetUint64(n).ProbablyPrime(0) {
				t.Errorf("%d is not prime", n)
			}
		}
		for i := range len(chain) - 1 {
			if got := totient(t, chain[i]); got != chain[i+1] {
				t.Errorf("φ(%d) = %d, but %d is written", chain[i], got, chain[i+1])
			}
		}
	}
}

func totient(t *testing.T, n uint64) uint64 {
	// The large primes here are beyond what integer.Factor looks for.
	powers, ok := integer.Factor(new(big.Int).SetUint64(n), &work.Counter{Left: 1 << 40})
	if !ok {
		t.Fatalf("%d has no factorization", n)
	}
	phi := n
	for _, p := range powers {
		phi = phi / p.Prime * (p.Prime - 1)
	}
	return phi
}

// TestFieldAgreesWithBigIntegers holds the arithmetic against math/big.
func TestFieldAgreesWithBigIntegers(t *testing.T) {
	w := &work.Counter{Left: 1 << 30}
	for _, chain := range totients {
		f := newField(chain)
		p := new(big.Int).SetUint64(f.p)
		value := func(element uint64) uint64 { return f.reduce(0, element) }
		a, b := new(big.Int).Exp(big.NewInt(7), big.NewInt(300), nil), new(big.Int).Exp(big.NewInt(11), big.NewInt(211), nil)
		mod := func(n *big.Int) uint64 { return new(big.Int).Mod(n, p).Uint64() }
		if got, want := value(f.mul(f.int(a), f.int(b))), mod(new(big.Int).Mul(a, b)); got != want {
			t.Errorf("product %d, want %d", got, want)
		}
		if got, want := value(f.add(f.int(a), f.int(b))), mod(new(big.Int).Add(a, b)); got != want {
			t.Errorf("sum %d, want %d", got, want)
		}
		i, ok := f.inverse(f.int(a))
		if one := value(f.mul(i, f.int(a))); !ok || one != 1 {
			t.Errorf("a/a = %d", one)
		}
		for _, n := range []int64{0, 1, 2, 3, 4, 5, 100, 1001, 12347} {
			got, ok := f.factorial(0, uint64(n), w)
			if want := mod(new(big.Int).MulRange(1, n)); !ok || value(got) != want {
				t.Errorf("%d! = %d, want %d", n, value(got), want)
			}
		}
	}
}

// TestTowersAgreeWithBigIntegers holds powers of powers against what they are.
func TestTowersAgreeWithBigIntegers(t *testing.T) {
	for _, s := range []string{"pow(3,pow(5,9))", "pow(2,pow(3,pow(2,3)))", "pow(7,3*pow(2,20)-5)", "pow(2,pow(2,20)*3)"} {
		e, _ := free.lower(tree(t, s))
		exponent := func(e *expr) *big.Int {
			q, ok := rationalOf(must(newExact(nil).ratio(e.args[1])))
			if !ok {
				t.Fatal(s)
			}
			return q.Num()
		}
		for _, chain := range totients {
			f := fingerprint{field: newField(chain), work: &work.Counter{Left: 1 << 30}}
			got, ok := f.value(e)
			want := new(big.Int).Exp(e.args[0].rat.Num(), exponent(e), new(big.Int).SetUint64(f.p))
			if !ok || f.reduce(0, got) != want.Uint64() {
				t.Errorf("%s = %d, %v; want %v", s, f.reduce(0, got), ok, want)
			}
		}
	}
	// An even number to a multiple of φ(2q) is q+1 modulo 2q, and not 1.
	q := totients[0][0] / 2
	for _, under := range []uint64{3, 29, 31, 37, 41, 43} {
		tower := fmt.Sprintf("pow(%d,pow(2,%d*pow(5,2000)))", under, totients[0][1])
		e, _ := free.lower(tree(t, tower))
		f := fingerprint{field: newField(totients[0]), work: &work.Counter{Left: 1 << 30}}
		if got, ok := f.value(e); !ok || got != f.power(f.word(under), q+1) {
			t.Errorf("%s: %d, %v", tower, got, ok)
		}
	}
	// Too large to write down: (3^(5^2000))^2 is 3^(2·5^2000), and 3^(5^2000+1) is not.
	a, b := tree(t, "pow(pow(3,pow(5,2000)),2)"), tree(t, "pow(3,2*pow(5,2000))")
	if j := free.Compare(a, b); j.Verdict == Different {
		t.Error(j)
	}
	if j := free.Compare(a, tree(t, "pow(3,2*pow(5,2000)+1)")); j.Verdict != Different {
		t.Error(j)
	}
}

func must(r ratio, ok bool) ratio {
	if !ok {
		panic("no exact value")
	}
	return r
}
