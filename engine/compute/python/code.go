package python

import (
	"context"

	"github.com/aimo3/aimo3/engine"
)

// Code implements compute.Engine.
func (e *Engine) Code(ctx context.Context) engine.Code {
	return engine.Code{Engine: e.Name(), SymPy: e.SymPy(ctx)}
}
