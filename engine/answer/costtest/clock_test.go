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
	calls := 0
	idle := costtest.Best(3, func() { calls++; time.Sleep(5 * time.Millisecond) })
	if limit := 4 * time.Millisecond; runtime.GOOS == "linux" && idle > limit || idle == 0 || calls != 3 {
		t.Errorf("%d naps took %s at best, want less than %s", calls, idle, limit)
	}
	busy := costtest.Took(func() {
		for end := time.Now().Add(30 * time.Millisecond); time.Now().Before(end); {
			calls++
		}
	})
	if busy < time.Millisecond || busy > time.Minute {
		t.Errorf("30 ms of work took %s", busy)
	}
}
