package confidence_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/aimo3/aimo3/engine/confidence"
)

// whole computes the figures from a whole trace, as the papers write them.
func whole(trace [][]float64) confidence.Figures {
	var sure, bits []float64
	for _, top := range trace {
		c, h := 0., 0.
		for _, l := range top {
			c -= l / float64(len(top))
			h -= math.Exp(l) * l / math.Ln2
		}
		sure, bits = append(sure, c), append(bits, h)
	}
	groups := []float64{mean(sure)}
	if len(sure) >= confidence.GroupTokens {
		groups = nil
		for i := range len(sure) - confidence.GroupTokens + 1 {
			groups = append(groups, mean(sure[i:i+confidence.GroupTokens]))
		}
	}
	return confidence.Figures{
		Tokens: len(trace), Mean: mean(sure), Entropy: mean(bits),
		TailEntropy: mean(last(bits, confidence.TailTokens)), Lowest: slices.Min(groups),
	}
}

func mean(xs []float64) float64 {
	sum := 0.
	for _, x := range xs {
		sum += x
	}
	return sum / float64(len(xs))
}

func last(xs []float64, n int) []float64 { return xs[max(len(xs)-n, 0):] }

// trace makes the log-probabilities of a model that is now sure and now not:
// how sure wanders, and in each place the candidates share what is left.
func trace(r *rand.Rand, tokens, k int) [][]float64 {
	all := make([][]float64, tokens)
	sharp := r.Float64() * 4
	for i := range all {
		sharp = min(max(sharp+r.NormFloat64()*.05, 0), 8)
		top, left := make([]float64, k), 1.
		for j := range top {
			p := left * (1 - math.Exp(-sharp*r.Float64()-.1))
			top[j] = math.Log(p)
			left -= p
		}
		all[i] = top
	}
	return all
}

// TestFigures holds the running figures to those of the whole trace, at every
// length where something begins or turns.
func TestFigures(t *testing.T) {
	for _, n := range []int{1, 2, 255, 256, 257, 2047, 2048, 2049, 2058, 2068, 4096, 4097, 9001} {
		for _, k := range []int{1, 5, 20} {
			all := trace(rand.New(rand.NewPCG(uint64(n), uint64(k))), n, k)
			var m confidence.Meter
			for _, top := range all {
				m.Add(top)
			}
			if got, want := m.Figures(), whole(all); !alike(got, want) {
				t.Errorf("%d tokens of %d:\ngot  %+v\nwant %+v", n, k, got, want)
			}
		}
	}
}

func alike(a, b confidence.Figures) bool {
	for _, pair := range [][2]float64{{a.Mean, b.Mean}, {a.Lowest, b.Lowest}, {a.Entropy, b.Entropy}, {a.TailEntropy, b.TailEntropy}} {
		if math.Abs(pair[0]-pair[1]) > 1e-9*(1+math.Abs(pair[1])) {
			return false
		}
	}
	return a.Tokens == b.Tokens
}

// TestNoDrift: after a million tokens the last group and the tail are still those
// of the last ones.
func TestNoDrift(t *testing.T) {
	var m confidence.Meter
	r := rand.New(rand.NewPCG(3, 3))
	for range 1_000_000 {
		m.Add([]float64{-90 * r.Float64(), -r.Float64()})
	}
	for range confidence.GroupTokens {
		m.Add([]float64{-.25, -1.75})
	}
	f, h := m.Figures(), -(math.Exp(-.25)*-.25+math.Exp(-1.75)*-1.75)/math.Ln2
	if math.Abs(f.TailEntropy-h) > 1e-9 || m.Below(1-1e-9) || !m.Below(1+1e-9) {
		t.Errorf("entropy %v, want %v; the last group is below 1: %v", f.TailEntropy, h, m.Below(1-1e-9))
	}
}

func TestOddTokens(t *testing.T) {
	inf, nan := math.Inf(-1), math.NaN()
	tests := []struct {
		name string
		add  [][]float64
		want confidence.Figures
	}{
		{"no token", nil, confidence.Figures{}},
		{"without log-probabilities", [][]float64{nil, {}, {nan}}, confidence.Figures{}},
		{"certain", [][]float64{{0, inf}}, confidence.Figures{Tokens: 1, Mean: 52, Lowest: 52}},
		{"not a number beside one", [][]float64{{nan, math.Log(.5)}}, confidence.Figures{
			Tokens: 1, Mean: math.Ln2, Lowest: math.Ln2, Entropy: .5, TailEntropy: .5,
		}},
		{"more than certain", [][]float64{{1e-6}}, confidence.Figures{Tokens: 1}},
	}
	for _, tt := range tests {
		var m confidence.Meter
		for _, top := range tt.add {
			m.Add(top)
		}
		if got := m.Figures(); !alike(got, tt.want) {
			t.Errorf("%s: %+v, want %+v", tt.name, got, tt.want)
		}
	}
}

func TestAddAllocatesNothing(t *testing.T) {
	var m confidence.Meter
	top := make([]float64, 20)
	if n := testing.AllocsPerRun(3*confidence.GroupTokens, func() { m.Add(top) }); n != 0 {
		t.Errorf("%v allocations a token", n)
	}
}

func BenchmarkAdd(b *testing.B) {
	for _, k := range []int{5, 20} {
		b.Run(fmt.Sprint(k), func(b *testing.B) {
			all := trace(rand.New(rand.NewPCG(1, 1)), 4096, k)
			var m confidence.Meter
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				m.Add(all[i%len(all)])
			}
		})
	}
}

func BenchmarkFigures(b *testing.B) {
	var m confidence.Meter
	for _, top := range trace(rand.New(rand.NewPCG(1, 1)), 4096, 5) {
		m.Add(top)
	}
	b.ReportAllocs()
	for b.Loop() {
		m.Figures()
	}
}
