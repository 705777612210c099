package costtest_test

import (
	"runtime"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine/answer/costtest"
)

// TestTook: time in which this program did nothing does not count where the
// system tells it apart, and calculation does.
func TestTook(t *testing.T) {
	naps, sum := 0, 0
	idle := costtest.Best(3, func() { naps++; time.Sleep(200 * time.Millisecond) })
	busy := costtest.Took(func() {
		for i := range 100_000_000 {
			sum += i
		}
	})
	if runtime.GOOS == "linux" && idle >= busy || idle == 0 || naps != 3 || sum == 0 {
		t.Errorf("%d naps took %s at best, a hundred million additions %s", naps, idle, busy)
	}
}
