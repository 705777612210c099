package python_test

import (
	"testing"

	"github.com/aimo3/aimo3/engine/compute/computetest"
)

// TestRecordedCells: of the cells that a strong model wrote and that involve
// neither a time limit nor chance, 98.5 % come out as they were recorded.
func TestRecordedCells(t *testing.T) {
	if underRace {
		t.Skip("this is about other processes, which the race detector cannot see")
	}
	e := full()
	if err := e.Available(t.Context()); err != nil {
		t.Skipf("NO PYTHON WITH SYMPY TO COMPARE: %v", err)
	}
	if share := computetest.Recorded(t, e); share < 98.5 {
		t.Errorf("%.2f %% agree, want 98.5 %%", share)
	}
}
