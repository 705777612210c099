package python_test

import (
	"testing"

	"github.com/aimo3/aimo3/engine/compute/computetest"
)

// TestRecordedCells: cells that were written for this all come out as written;
// of those that a strong model wrote and that involve neither a time limit nor
// chance, 98.5 % come out as they were recorded.
func TestRecordedCells(t *testing.T) {
	if underRace {
		t.Skip("this is about other processes, which the race detector cannot see")
	}
	e := full()
	if err := e.Available(t.Context()); err != nil {
		t.Skipf("NO PYTHON WITH SYMPY TO COMPARE: %v", err)
	}
	t.Run("written", func(t *testing.T) {
		if share := computetest.Written(t, e, "testdata/cells.txt"); share < 100 {
			t.Errorf("%.2f %% agree, want all", share)
		}
	})
	t.Run("recorded", func(t *testing.T) {
		if share := computetest.Recorded(t, e); share < 98.5 {
			t.Errorf("%.2f %% agree, want 98.5 %%", share)
		}
	})
}
