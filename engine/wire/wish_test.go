package wire_test

import (
	"math"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/wire"
)

// TestRange: the bounds of a number, which where the engine has a bound is that one.
func TestRange(t *testing.T) {
	for name, want := range map[string][2]int{
		"samples":         {1, engine.MaxSamples},
		"parallel":        {1, engine.MaxSamples},
		"no_code_samples": {0, engine.MaxSamples},
		"logprobs":        {0, engine.MaxTopLogprobs},
		"seed":            {0, math.MaxInt32},
		"num_ctx":         {256, 1 << 22},
		"temperature":     {0, 2},
	} {
		if lowest, highest := wire.Range(name); lowest != want[0] || highest != want[1] {
			t.Errorf("%s is from %d to %d, want %v", name, lowest, highest, want)
		}
	}
	for _, name := range []string{"modle", "model", "-"} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%q has bounds", name)
				}
			}()
			wire.Range(name)
		}()
	}
}
