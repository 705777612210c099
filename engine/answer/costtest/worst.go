package costtest

import (
	"testing"
	"time"
)

// Worst reports, as worst-ms, the longest that any of the calculations takes at
// its best of five.
func Worst(b *testing.B, all []func()) {
	b.Helper()
	var worst time.Duration
	for b.Loop() {
		worst = 0
		for _, f := range all {
			worst = max(worst, Best(5, f))
		}
	}
	b.ReportMetric(float64(worst.Microseconds())/1000, "worst-ms")
}
