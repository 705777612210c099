// Package starlark is the engine that is always there: cells in Starlark with
// exact arithmetic in native functions, run by a caged child of this program.
// It is not Python; [Prompt] says what it is.
package starlark

import (
	"context"
	_ "embed"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/compute"
	"github.com/aimo3/aimo3/engine/compute/launcher"
)

// Prompt tells a model what it can write.
//
//go:embed prompt.txt
var Prompt string

// Engine opens sessions. The program must call [launcher.Main] with [Part] and
// [Worker] among its parts.
type Engine struct {
	Level launcher.Level // the means to contain it; if empty, the best there is. launcher.None runs it uncontained.
}

// Name is "starlark".
func (*Engine) Name() string { return "starlark" }

// Available says whether there is a means to contain the worker.
func (e *Engine) Available(context.Context) error {
	if e.Level != "" {
		return nil
	}
	return launcher.Available()
}

// Code implements compute.Engine.
func (e *Engine) Code(context.Context) engine.Code {
	return engine.Code{Engine: e.Name(), Speaks: "starlark", Manual: Prompt}
}

// mostMemory bounds a worker's address space, whatever the limits allow.
const mostMemory = 512 << 20

// Open starts a session.
func (e *Engine) Open(ctx context.Context, l compute.Limits) (engine.Session, error) {
	if err := ctx.Err(); err != nil {
		return nil, context.Cause(ctx)
	}
	l = l.OrDefault()
	l.Memory = min(l.Memory, mostMemory)
	return compute.NewSession(l, func() (compute.Worker, error) { return start(l, e.Level) })
}
