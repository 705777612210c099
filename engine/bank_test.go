package engine_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
)

func TestBank(t *testing.T) {
	nvidia := engine.Bank{Reserve: 350 * time.Second, Min: 350 * time.Second, Max: 560 * time.Second}
	tests := []struct {
		name           string
		bank           engine.Bank
		left, problems int
		want, pool     int
	}{
		{"AIMO3, the first of 50", engine.Bank{}, 17_400, 50, 900, 2400},
		{"AIMO3, behind", engine.Bank{}, 9_000, 31, 300, -300},
		{"AIMO3, in between", engine.Bank{}, 9_500, 31, 500, 200},
		{"AIMO3, the last", engine.Bank{}, 700, 1, 700, 400},
		{"AIMO3, the last with plenty", engine.Bank{}, 7_000, 1, 900, 6700},
		{"no more than is left", engine.Bank{}, 120, 2, 120, -480},
		{"nothing left", engine.Bank{}, -5, 2, 0, -605},
		{"no problem", engine.Bank{}, 500, 0, 0, 500},
		{"NVIDIA, an empty pool", nvidia, 350 * 50, 50, 350, 0},
		{"NVIDIA, some in the pool", nvidia, 350*40 + 100, 40, 450, 100},
		{"NVIDIA, more than may be drawn", nvidia, 350*40 + 1000, 40, 560, 1000},
		{"least over most", engine.Bank{Min: 2 * time.Hour, Max: time.Second}, 9_000, 1, 7200, 8700},
	}
	for _, tt := range tests {
		left := time.Duration(tt.left) * time.Second
		if got := tt.bank.Allow(left, tt.problems); got != time.Duration(tt.want)*time.Second {
			t.Errorf("%s: %s, want %d s", tt.name, got, tt.want)
		}
		if got := tt.bank.Pool(left, tt.problems); got != time.Duration(tt.pool)*time.Second {
			t.Errorf("%s: pool of %s, want %d s", tt.name, got, tt.pool)
		}
	}
}

// TestBankLasts: whoever keeps to what they are allowed never overdraws; where
// the reserves were covered at the start, every problem gets its reserve; and
// what is not used comes to later problems.
func TestBankLasts(t *testing.T) {
	for seed := range uint64(500) {
		r := rand.New(rand.NewPCG(seed, 13))
		reserve := time.Duration(1+r.IntN(600)) * time.Second
		b := engine.Bank{Reserve: reserve, Min: reserve, Max: reserve + time.Duration(r.IntN(600))*time.Second}
		problems := 1 + r.IntN(60)
		left := time.Duration(problems)*reserve + time.Duration(r.IntN(2000))*time.Second
		for n := problems; n > 0; n-- {
			allowed := b.Allow(left, n)
			if allowed < reserve || allowed > b.Max || allowed > left {
				t.Fatalf("seed %d: %s allowed of %s for %d problems by %+v", seed, allowed, left, n, b)
			}
			if more := b.Allow(left+time.Minute, n); more < allowed || more > allowed+time.Minute {
				t.Fatalf("seed %d: a minute more makes %s of %s", seed, more, allowed)
			}
			left -= time.Duration(r.Int64N(int64(allowed) + 1))
		}
		if left < 0 {
			t.Fatalf("seed %d: overdrawn by %s", seed, -left)
		}
	}
}
