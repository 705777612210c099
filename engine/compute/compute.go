package compute

import (
	"context"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// Engine is something that runs code.
type Engine interface {
	// Name is what a person calls it: "python", "embedded python".
	// Its first word is enough to choose it by.
	Name() string

	// Available says whether sessions can be opened on this machine; if not, the
	// error is an engine.Fault that says what to do. It looks once.
	Available(ctx context.Context) error

	// Code is what a model must know of it. Calls and Caps are left empty.
	Code(ctx context.Context) engine.Code

	// Open starts a session. It does not wait for what can go on beside the
	// model, such as the loading of libraries.
	Open(ctx context.Context, limits Limits) (engine.Session, error)
}

// Limits bounds a session.
type Limits struct {
	Cell   time.Duration // time for one cell; if zero, 6 s
	Memory int64         // bytes of address space; if zero, 1 GB
	Output int           // bytes of a cell's output that are kept; if zero, 1 MB
	Code   int           // bytes of code in one cell; if zero, 64 KB
	First  int           // number of the first cell, as tracebacks have it; if zero, 1
}

// Grace is how long a cell has to end after it was interrupted.
const Grace = time.Second

// OrDefault is l with every limit set.
func (l Limits) OrDefault() Limits {
	if l.Cell <= 0 {
		l.Cell = 6 * time.Second
	}
	if l.Memory <= 0 {
		l.Memory = 1 << 30
	}
	if l.Output <= 0 {
		l.Output = 1 << 20
	}
	if l.Code <= 0 {
		l.Code = 64 << 10
	}
	if l.First <= 0 {
		l.First = 1
	}
	return l
}
