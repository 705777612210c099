package figures

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// near says whether two figures are equal but for rounding.
func near(got, want float64) bool { return math.Abs(got-want) <= 1e-12*max(1, math.Abs(want)) }

// TestPass holds pass@k to 1 - C(n-c,k)/C(n,k) in fractions: Python's fractions and math.comb.
func TestPass(t *testing.T) {
	for _, row := range []struct {
		n, c, k int
		want    float64
	}{
		{8, 0, 3, 0},
		{8, 3, 1, 3. / 8},
		{8, 3, 2, 9. / 14},
		{8, 3, 6, 1},
		{8, 8, 1, 1},
		{20, 1, 10, .5},
		{200, 5, 100, 38039. / 39203},
		{1000, 1, 999, .999},
		{10_000, 3, 5000, 5833. / 6666},
		{100_000, 2, 77, 0.0015394147941479414},
	} {
		if got := passes(row.n, row.c)[row.k-1]; !near(got, row.want) {
			t.Errorf("pass@%d of %d with %d right: %.17g, want %.17g", row.k, row.n, row.c, got, row.want)
		}
	}
}

// votes are a problem whose samples fell so.
func votes(right, none int, wrong ...int) *Problem {
	p := &Problem{ID: "p", Verdict: Verdict{Mark: Wrong}}
	for range right {
		p.Samples = append(p.Samples, Sample{Answer: "right", Mark: Right})
	}
	for range none {
		p.Samples = append(p.Samples, Sample{Mark: Wrong})
	}
	for i, n := range wrong {
		for range n {
			p.Samples = append(p.Samples, Sample{Answer: fmt.Sprint(i), Mark: Wrong})
		}
	}
	return p
}

// TestMajority holds maj@k to a count of every choice of samples: Python's
// itertools.combinations, in fractions. Of more than MaxExact samples it is near it.
func TestMajority(t *testing.T) {
	for _, row := range []struct {
		p    *Problem
		want map[int]float64
	}{
		{votes(3, 1, 2, 2), map[int]float64{1: 3. / 8, 2: 3. / 7, 3: 13. / 28, 4: 18. / 35, 5: 31. / 56, 6: 17. / 28, 7: 3. / 4, 8: 1}},
		{votes(2, 0, 1, 1, 1), map[int]float64{1: 2. / 5, 2: 2. / 5, 3: 1. / 2, 4: 7. / 10, 5: 1}},
		{votes(1, 3), map[int]float64{1: 1. / 4, 2: 1. / 2, 3: 3. / 4, 4: 1}},
		{votes(0, 2, 3), map[int]float64{1: 0, 5: 0}},
		{votes(4, 0, 4), map[int]float64{1: .5, 2: .5, 7: .5, 8: .5}},
		{votes(5, 2, 4, 3, 1, 1), map[int]float64{1: 5. / 16, 2: 17. / 48, 5: 4021. / 8736, 8: 2771. / 5148, 16: 1}},
		{votes(3, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1), map[int]float64{1: 3. / 16, 2: 3. / 16, 5: 5. / 16, 8: 11. / 20, 16: 1}},
	} {
		got := newMajorities(len(row.p.Samples), 1).of(row.p, 0)
		for k, want := range row.want {
			if !near(got[k-1], want) {
				t.Errorf("maj@%d of %+v: %.17g, want %.17g", k, ballotsOf(row.p), got[k-1], want)
			}
		}
	}
	m := newMajorities(21, 1)
	got := m.of(votes(9, 2, 6, 4), 0)
	for k, want := range map[int]float64{2: 0.4714285714285714, 5: 0.5811587793011942, 21: 1} {
		if math.Abs(got[k-1]-want) > .03 || !m.drawn {
			t.Errorf("maj@%d of 21 by %d orders: %v, want about %v", k, m.orders, got[k-1], want)
		}
	}
}

// TestMajorityByChanceIsThatByCounting of all votes of a few samples.
func TestMajorityByChanceIsThatByCounting(t *testing.T) {
	for _, p := range []*Problem{votes(3, 1, 2, 2), votes(5, 2, 4, 3, 1, 1), votes(1, 3), votes(0, 2, 3)} {
		b := ballotsOf(p)
		exact, drawn := b.count(), b.draw(20_000, rand.New(rand.NewPCG(3, 4)))
		for k := range exact {
			if math.Abs(exact[k]-drawn[k]) > .015 {
				t.Errorf("%+v: maj@%d is %v counted and %v drawn", b, k+1, exact[k], drawn[k])
			}
		}
	}
}

// TestWilson holds intervals of shares to table I of Newcombe, Statistics in Medicine 17,
// 1998, method 3; the last one to Python's statistics.NormalDist.
func TestWilson(t *testing.T) {
	for _, row := range []struct {
		is, n     int
		low, high float64
	}{{81, 263, .2553, .3662}, {15, 148, .0624, .1605}, {0, 20, 0, .1611}, {1, 29, .0061, .1718}, {10, 10, .7225, 1}} {
		if e := proportion(row.is, row.n); math.Abs(e.Low-row.low) > 5e-5 || math.Abs(e.High-row.high) > 5e-5 || e.Of != row.n {
			t.Errorf("%d of %d: %+v, want %v to %v", row.is, row.n, e, row.low, row.high)
		}
	}
	if e := proportion(0, 0); e != (Estimate{By: Wilson}) {
		t.Errorf("of nothing: %+v", e)
	}
}

// TestEstimates holds means and errors to Python's statistics, and the bootstrap to the
// quantiles of all 6^6 resamples there are, by itertools.product.
func TestEstimates(t *testing.T) {
	tab := table{{0}, {.25}, {.5}, {1}, {1}, {.125}}
	all, resamples := tab.estimates(1, 7)
	e := all[0]
	if !near(e.Value, 0.4791666666666667) || !near(e.StdErr, 0.17800007802744858) || e.Of != 6 || e.By != Bootstrap || resamples != maxResamples {
		t.Errorf("%+v by %d resamples", e, resamples)
	}
	if math.Abs(e.Low-1./6) > .025 || math.Abs(e.High-.7916666666666666) > .025 {
		t.Errorf("from %v to %v, want about 0.167 to 0.792", e.Low, e.High)
	}
	if again, _ := tab.estimates(1, 7); again[0] != e {
		t.Errorf("the same seed gives %+v and %+v", e, again[0])
	}
}

// TestEstimatesOfShortRows counts in each column the problems that have it.
func TestEstimatesOfShortRows(t *testing.T) {
	all, _ := table{{1, 1}, {0}, {0, 1}, {1}}.estimates(3, 1)
	if all[0].Value != .5 || all[0].Of != 4 || all[1].Value != 1 || all[1].Of != 2 || all[2].Of != 0 {
		t.Errorf("%+v", all)
	}
	if all[1].Low != 1 || all[1].High != 1 {
		t.Errorf("of two ones: %+v", all[1])
	}
	big := make(table, MaxResampled+1)
	for i := range big {
		big[i] = []float64{float64(i % 2)}
	}
	one, resamples := big.estimates(1, 1)
	if e := one[0]; e.By != Normal || resamples != 0 || !near(e.High-e.Value, z95*e.StdErr) {
		t.Errorf("of many problems: %+v, %d", e, resamples)
	}
}

// TestMcNemar holds exact tests to Python's fractions and math.comb, others to its
// statistics.NormalDist; 150 and 86 are those of Agresti, Categorical Data Analysis, section
// 10.1, where the statistic is 17.36.
func TestMcNemar(t *testing.T) {
	for _, row := range []struct {
		b, c         int
		p, statistic float64
	}{
		{0, 0, 1, 0},
		{5, 0, .0625, 0},
		{9, 2, 0.0654296875, 0},
		{10, 10, 1, 0},
		{6, 12, 0.237884521484375, 0},
		{24, 0, 1.1920928955078125e-07, 0},
		{13, 12, 0.841480581121794, .04},
		{150, 86, 3.099293441044537e-05, 17.35593220338983},
		{40, 20, 0.009823274507519297, 20. / 3},
	} {
		got, other := McNemar(row.b, row.c), McNemar(row.c, row.b)
		if math.Abs(got.P-row.p) > 1e-10*max(row.p, 1e-3) || !near(got.Statistic, row.statistic) || got.Exact != (row.b+row.c < 25) || got != other {
			t.Errorf("%d and %d: %+v, %+v; want %v, %v", row.b, row.c, got, other, row.p, row.statistic)
		}
	}
}
