package exact

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/big"
	"math/bits"
)

// MaxSieve is how far primes are listed.
const MaxSieve = 100_000_000

// IsPrime is certain below 2^64; above it is the Baillie-PSW test, to which
// no exception is known.
func IsPrime(n *big.Int) bool { return n.Sign() > 0 && n.ProbablyPrime(0) }

// Primes are all from lo up to and without hi.
func Primes(ctx context.Context, lo, hi int64) ([]int64, error) {
	if lo = max(lo, 2); hi <= lo {
		return nil, nil
	}
	if hi-lo > MaxSieve || hi > MaxSieve*MaxSieve {
		return nil, fmt.Errorf("%w: primes are listed over a width of %d at most", ErrTooLarge, MaxSieve)
	}
	small := sieve(int64(math.Sqrt(float64(hi))) + 1)[1:]
	const width = 1 << 17 // odd numbers at once
	window := make([]bool, width)
	found := make([]int64, 0, int(1.2*float64(hi-lo)/math.Log(float64(hi)))+16) // about as many as there are
	if lo == 2 {
		found = append(found, 2)
	}
	for start := lo | 1; start < hi; start += 2 * width {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		end := min(start+2*width, hi)
		odd := window[:(end-start+1)/2]
		strike(odd, start, small)
		for i, composite := range odd {
			if !composite {
				found = append(found, start+2*int64(i))
			}
		}
	}
	return found, nil
}

// strike says of each odd number from start on whether one of the odd primes
// divides it.
func strike(odd []bool, start int64, primes []int64) {
	clear(odd)
	size := int64(len(odd))
	for _, p := range primes {
		if p*p >= start+2*size {
			return
		}
		first := max(p*p, (start+p-1)/p*p)
		if first%2 == 0 {
			first += p
		}
		for i := (first - start) / 2; i < size; i += p {
			odd[i] = true
		}
	}
}

func sieve(n int64) []int64 {
	composite := make([]bool, n+1)
	var primes []int64
	for i := int64(2); i <= n; i++ {
		if composite[i] {
			continue
		}
		primes = append(primes, i)
		for m := i * i; m <= n; m += i {
			composite[m] = true
		}
	}
	return primes
}

// PrimeCount counts the primes up to n.
func PrimeCount(ctx context.Context, n int64) (int, error) {
	primes, err := Primes(ctx, 2, n+1)
	return len(primes), err
}

// NextPrime is the smallest prime above n.
func NextPrime(ctx context.Context, n *big.Int) (*big.Int, error) {
	if n.Cmp(num(2)) < 0 {
		return num(2), nil
	}
	p := new(big.Int).Add(n, one())
	p.SetBit(p, 0, 1)
	return walk(ctx, p, num(2))
}

// PrevPrime is the largest prime below n.
func PrevPrime(ctx context.Context, n *big.Int) (*big.Int, error) {
	if n.Cmp(num(3)) < 0 {
		return nil, errors.New("there is no prime below 2")
	}
	if n.Cmp(num(3)) == 0 {
		return num(2), nil
	}
	p := new(big.Int).Sub(n, num(2))
	if n.Bit(0) == 0 {
		p.Sub(n, one())
	}
	return walk(ctx, p, num(-2))
}

func walk(ctx context.Context, p, step *big.Int) (*big.Int, error) {
	for !IsPrime(p) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		p.Add(p, step)
	}
	return p, nil
}

// Prime is the n-th prime, counted from 1.
func Prime(ctx context.Context, n int64) (int64, error) {
	if n < 1 {
		return 0, fmt.Errorf("prime number %d %w: they are counted from 1", n, ErrNone)
	}
	x := float64(max(n, 6))
	bound := int64(x*(math.Log(x)+math.Log(math.Log(x)))) + 3
	primes, err := Primes(ctx, 2, bound)
	if err != nil {
		return 0, err
	}
	return primes[n-1], nil
}

func mulmod(a, b, m uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	_, rem := bits.Div64(hi, lo, m)
	return rem
}
