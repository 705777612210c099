package engine

import (
	"context"
	"errors"
)

// Class sorts faults by what can be done about them.
type Class string

// The classes of faults.
const (
	Invalid     Class = "invalid"     // the input or a setting is wrong
	Unreachable Class = "unreachable" // no model server answers
	NoModel     Class = "no_model"    // the server lacks the model
	NoTools     Class = "no_tools"    // the model is offered a tool, and cannot call any
	Busy        Class = "busy"        // the server refuses for load
	Memory      Class = "memory"      // the model does not fit
	Crashed     Class = "crashed"     // the server's runner died
	Stalled     Class = "stalled"     // the server sends nothing any more
	Truncated   Class = "truncated"   // the reply ended before its end
	Garbled     Class = "garbled"     // the reply is not what the protocol says
	TooLong     Class = "too_long"    // the prompt does not fit the context window
	Looped      Class = "looped"      // the model says the same again and again
	Oversize    Class = "oversize"    // the reply is larger than is kept
	Storage     Class = "storage"     // the store cannot keep or read
	Internal    Class = "internal"    // a mistake of this program
	Unknown     Class = "unknown"     // anything else the server said
)

// Fault is an error that a person can act on.
type Fault struct {
	Class Class  `json:"class"`
	What  string `json:"what"` // what happened, lower case, no full stop
	Todo  string `json:"todo"` // what to do about it; may be empty
	Err   error  `json:"-"`    // the cause, if there is one
}

// Error is what happened, and why if that is known, with no secret in it.
func (f *Fault) Error() string {
	if f.Err != nil {
		return HideSecrets(f.What + ": " + f.Err.Error())
	}
	return HideSecrets(f.What)
}

func (f *Fault) Unwrap() error { return f.Err }

// Is makes errors.Is(err, &Fault{Class: c}) true for every fault of class c.
func (f *Fault) Is(target error) bool {
	t, ok := target.(*Fault)
	return ok && t.What == "" && t.Class == f.Class
}

// Why an attempt or a sample was ended from outside; causes of its context.
var (
	ErrDecided       = errors.New("the vote is decided")
	ErrBudget        = errors.New("the time budget ran out")
	ErrTokens        = errors.New("the token budget ran out")
	ErrStopped       = errors.New("stopped by the user")
	ErrLowConfidence = errors.New("less confident than earlier samples")
	ErrCancelled     = errors.New("cancelled")
	ErrHeard         = errors.New("enough of the reply was heard") // by who asked for it: nothing went wrong
)

// ClassOf is the class of the first Fault in err's chain; Unknown if none.
func ClassOf(err error) Class {
	var f *Fault
	if errors.As(err, &f) {
		return f.Class
	}
	return Unknown
}

// Hint is one line for a person: what happened and, after " · ", what to do.
func Hint(err error) string {
	var f *Fault
	switch {
	case err == nil:
		return ""
	case errors.As(err, &f) && f.Todo != "":
		return f.Error() + " · " + HideSecrets(f.Todo)
	case errors.Is(err, context.Canceled):
		return ErrCancelled.Error()
	}
	return HideSecrets(err.Error())
}

// Known says whether c is one of the classes above.
func (c Class) Known() bool {
	switch c {
	case Invalid, Unreachable, NoModel, NoTools, Busy, Memory, Crashed, Stalled, Truncated, Garbled, TooLong, Looped, Oversize, Storage, Internal, Unknown:
		return true
	}
	return false
}
