package figures

import (
	"math/rand/v2"
	"slices"
)

// MaxExact is the number of samples of a problem up to which maj@k counts every choice of
// k of them. Up to it, all numbers of choices are exact in a float64.
const MaxExact = 16

// The orders that are drawn for each problem of more samples, so that all samples of a run
// are put in order about maxPlaced/samples times.
const (
	minOrders = 50
	maxOrders = 2000
	maxPlaced = 20_000_000
)

// ballots are a problem's samples as a vote sees them.
type ballots struct {
	right, none int
	wrong       []int // samples of each wrong answer, descending
}

// ballotsOf counts the samples of a problem. Right answers are one, however they are
// written: they were all found to equal what is expected.
func ballotsOf(p *Problem) ballots {
	var b ballots
	wrong := map[string]int{}
	for i := range p.Samples {
		switch s := &p.Samples[i]; {
		case s.Mark == Right:
			b.right++
		case s.Answer == "" || s.OutOfRange:
			b.none++
		default:
			wrong[s.Answer]++
		}
	}
	for _, n := range wrong {
		b.wrong = append(b.wrong, n)
	}
	slices.SortFunc(b.wrong, func(x, y int) int { return y - x })
	return b
}

func (b *ballots) samples() int {
	n := b.right + b.none
	for _, w := range b.wrong {
		n += w
	}
	return n
}

// majorities works out maj@k, and remembers it for problems whose samples fell alike.
type majorities struct {
	known  map[string][]float64
	orders int
	seed   uint64
	drawn  bool // orders were drawn for at least one problem
}

func newMajorities(samples int, seed uint64) *majorities {
	return &majorities{known: map[string][]float64{}, orders: min(max(maxPlaced/max(samples, 1), minOrders), maxOrders), seed: seed}
}

// of is maj@k of a problem, for k from 1 to the number of its samples. At is its place in
// the run, on which the orders drawn for it depend.
func (m *majorities) of(p *Problem, at int) []float64 {
	b := ballotsOf(p)
	if b.samples() > MaxExact {
		m.drawn = true
		return b.draw(m.orders, rand.New(rand.NewPCG(m.seed, uint64(at))))
	}
	key := make([]byte, 0, MaxExact+2)
	key = append(key, byte(b.right), byte(b.none))
	for _, w := range b.wrong {
		key = append(key, byte(w))
	}
	all, met := m.known[string(key)]
	if !met {
		all = b.count()
		m.known[string(key)] = all
	}
	return all
}

// count is maj@k by counting: for each number of votes j that the right answer may have in
// a choice, in how many ways the others have no more, by how many of them have as many.
func (b *ballots) count() []float64 {
	n := b.samples()
	ways := make([]float64, n+1)
	for j := 1; j <= b.right; j++ {
		for others, tied := range b.atMost(j) {
			for t, w := range tied {
				ways[j+others] += choose(b.right, j) * w / float64(t+1)
			}
		}
	}
	out := make([]float64, n)
	for k := 1; k <= n; k++ {
		out[k-1] = ways[k] / choose(n, k)
	}
	return out
}

// atMost counts the ways to choose so many samples that are not right (the first index)
// that no wrong answer has more than j votes and so many (the second) have j.
func (b *ballots) atMost(j int) [][]float64 {
	ways := make([][]float64, b.samples()-b.right+1)
	for i := range ways {
		ways[i] = make([]float64, len(b.wrong)+1)
	}
	for i := 0; i <= b.none; i++ {
		ways[i][0] = choose(b.none, i)
	}
	for _, w := range b.wrong {
		for s := len(ways) - 1; s >= 0; s-- { // from behind: what is smaller has not had this answer yet
			next := make([]float64, len(b.wrong)+1)
			for i := 0; i <= min(w, j, s); i++ {
				for t, before := range ways[s-i] {
					if i == j && before > 0 {
						next[t+1] += before * choose(w, i)
					} else if i < j {
						next[t] += before * choose(w, i)
					}
				}
			}
			ways[s] = next
		}
	}
	return ways
}

// choose is the binomial coefficient. Each step is a whole number.
func choose(n, k int) float64 {
	out := 1.
	for i := range k {
		out = out * float64(n-i) / float64(i+1)
	}
	return out
}

// draw is maj@k by chance: the mean over orders of the samples of who leads after k.
func (b *ballots) draw(orders int, r *rand.Rand) []float64 {
	const right, none = 0, -1
	votes := slices.Repeat([]int{right}, b.right)
	votes = append(votes, slices.Repeat([]int{none}, b.none)...)
	for i, w := range b.wrong {
		votes = append(votes, slices.Repeat([]int{i + 1}, w)...)
	}
	out, counts := make([]float64, len(votes)), make([]int, len(b.wrong)+1)
	for range orders {
		clear(counts)
		lead, tied := 0, 0
		for k := range votes {
			at := k + int(r.Uint32N(uint32(len(votes)-k))) // of those not drawn yet
			v := votes[at]
			if votes[k], votes[at] = v, votes[k]; v != none {
				switch counts[v]++; {
				case counts[v] > lead:
					lead, tied = counts[v], 1
				case counts[v] == lead:
					tied++
				}
			}
			if counts[right] == lead && lead > 0 {
				out[k] += 1 / float64(tied)
			}
		}
	}
	for k := range out {
		out[k] /= float64(orders)
	}
	return out
}
