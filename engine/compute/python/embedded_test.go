//go:build embedpy

package python_test

import (
	"context"

	"github.com/aimo3/aimo3/engine/compute/launcher"
	"github.com/aimo3/aimo3/engine/compute/python"
	"github.com/aimo3/aimo3/engine/compute/python/embedded"
)

// full is the Python under test, with SymPy: the one inside this program.
func full() *python.Engine { return embedded.Engine("", nil) }

// quick is the same, but does not load SymPy before its first cell.
func quick(level launcher.Level) *python.Engine {
	e := embedded.Engine(level, nil)
	find := e.Find
	e.Find = func(ctx context.Context) (python.Host, error) {
		h, err := find(ctx)
		h.SymPy = ""
		return h, err
	}
	return e
}
