// Package compute runs the code that a model writes: a session for each sample,
// whose cells share their names, as in a notebook. What runs the code, and what
// contains it, are packages below this one.
package compute

import (
	"context"
	"time"
)

// Engine is something that runs code.
type Engine interface {
	// Name is what a person calls it: "python", "starlark".
	Name() string

	// Available says whether sessions can be opened on this machine; if not, the
	// error is an engine.Fault that says what to do. It looks once.
	Available(ctx context.Context) error

	// Open starts a session. It does not wait for what can go on beside the
	// model, such as the loading of libraries.
	Open(ctx context.Context, limits Limits) (Session, error)
}

// Session runs cells one after the other; the names that one defines are there
// for the next.
type Session interface {
	// Run runs one cell. Whatever the code does is in the Cell. The error says
	// that the session is of no use any more, or that ctx ended: then the code
	// was ended with it, and the next cell begins without names.
	Run(ctx context.Context, code string) (Cell, error)

	// Close ends the session, also one whose Run is going on; nothing of it is
	// left when Close returns.
	Close() error
}

// Cell is what came of one piece of code.
type Cell struct {
	Output    string        `json:"output"`              // what it printed and, last, the value of its last expression
	Err       string        `json:"error,omitempty"`     // what the model is shown of an error; "" if it went well
	Took      time.Duration `json:"took_ns"`             // from handing the code over to its end
	Memory    int64         `json:"memory,omitempty"`    // bytes that the session held at its peak so far
	Kept      bool          `json:"kept"`                // the names of earlier cells, and of this one, are still there
	TimedOut  bool          `json:"timed_out,omitempty"` // its time was up
	Truncated int64         `json:"truncated,omitempty"` // bytes of the middle of its output that were dropped
}

// Text is output and error together, as the model is shown them.
func (c Cell) Text() string {
	if c.Output != "" && c.Err != "" && c.Output[len(c.Output)-1] != '\n' {
		return c.Output + "\n" + c.Err
	}
	return c.Output + c.Err
}

// Limits bounds a session.
type Limits struct {
	Cell   time.Duration // time for one cell; if zero, 6 s
	Memory int64         // bytes of address space; if zero, 1 GB
	Output int           // bytes of a cell's output that are kept; if zero, 1 MB
	Code   int           // bytes of code in one cell; if zero, 64 KB
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
	return l
}
