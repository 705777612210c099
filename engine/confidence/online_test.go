package confidence_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/aimo3/aimo3/engine/confidence"
)

func TestCutoff(t *testing.T) {
	ten := []float64{3, 1, 2, 5, 4, 6, 10, 8, 9, 7}
	tests := []struct {
		scores     []float64
		keep, want float64
	}{
		{nil, .9, 0}, {[]float64{4}, .9, 4}, {ten, 1, 1}, {ten, 0, 10}, {ten, .5, 5.5}, {ten, .9, 1.9}, {ten, .1, 9.1}, {ten, 7, 1}, {ten, -1, 10},
	}
	for _, tt := range tests {
		if got := confidence.Cutoff(tt.scores, tt.keep); math.Abs(got-tt.want) > 1e-9 {
			t.Errorf("keep %v of %v: %v, want %v", tt.keep, tt.scores, got, tt.want)
		}
	}
	if ten[0] != 3 {
		t.Error("the scores were put into another order")
	}
}

func TestOnline(t *testing.T) {
	tests := []struct {
		name string
		o    confidence.Online
		want [3]float64 // threshold after 15, 16 and 40 traces
	}{
		{"as usual", confidence.Online{}, [3]float64{0, 2.5, 2.5}},
		{"a short warm-up", confidence.Online{WarmUp: 11}, [3]float64{2, 2, 2}},
	}
	for _, tt := range tests {
		var got [3]float64
		for i := 1; i <= 40; i++ {
			tt.o.Ended(confidence.Figures{})
			tt.o.Ended(confidence.Figures{Tokens: 9, Lowest: float64(i)})
			switch i {
			case 15:
				got[0] = tt.o.Threshold()
			case 16:
				got[1] = tt.o.Threshold()
			case 40:
				got[2] = tt.o.Threshold()
			}
		}
		for i := range got {
			if math.Abs(got[i]-tt.want[i]) > 1e-9 {
				t.Errorf("%s: thresholds %v, want %v", tt.name, got, tt.want)
				break
			}
		}
	}
}

// TestCut: a trace is cut at the first whole group below the threshold, which
// is where its lowest group falls below it, and never before a group is whole.
func TestCut(t *testing.T) {
	cut := 0
	for seed := range uint64(12) {
		all := trace(rand.New(rand.NewPCG(seed, 9)), 3*confidence.GroupTokens, 5)
		for _, least := range []float64{0, 2, 4, 8, 100} {
			var m confidence.Meter
			for i, top := range all {
				m.Add(top)
				want := i+1 >= confidence.GroupTokens && m.Figures().Lowest < least
				if got := m.Below(least); got != want {
					t.Fatalf("seed %d, token %d: cut at %v is %v, want %v", seed, i+1, least, got, want)
				} else if got {
					cut++
					break
				}
			}
		}
	}
	if cut < 12 || cut == 60 {
		t.Errorf("%d of 60 were cut: the test shows little", cut)
	}
}
