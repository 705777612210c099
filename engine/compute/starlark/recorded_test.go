package starlark

import (
	"testing"

	"github.com/aimo3/aimo3/engine/compute/computetest"
)

// TestRecordedCells: what of Python a strong model wrote runs here as well. It
// was written by a model that was told that it has Python and SymPy.
func TestRecordedCells(t *testing.T) {
	if underRace {
		t.Skip("this is about another process, which the race detector cannot see")
	}
	e := &Engine{}
	if err := e.Available(t.Context()); err != nil {
		t.Skipf("SKIPPED, nothing contains code here: %v", err)
	}
	if share := computetest.Recorded(t, e); share < 60 {
		t.Errorf("%.2f %% agree, want 60 %%", share)
	}
}
