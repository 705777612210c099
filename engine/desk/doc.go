// Package desk is where every front end has a problem attempted: the app, the
// commands, and whatever comes after them. A front end says what a person wished
// for; a Desk says what that comes to on this machine, and starts no attempt that
// could not run:
//
//	d := desk.New(desk.Options{Servers: []desk.Server{server}, Notebook: notebooks.For, Room: room, Record: record})
//	verdict, err := d.Attempt(ctx, engine.NewAttemptID(time.Now()), problem, engine.Plan{}, listen)
//
// It holds every decision that front ends must not make for themselves: which model
// is meant, which one judges, what runs code, and how large a context window fits in
// memory. So a wrong name is the same [engine.Fault] everywhere, and the same wish
// becomes the same plan and the same events.
//
// # What becomes of a wish
//
// Before anything starts the plan is completed. Any name of an installed model becomes
// the full one, and no name the best model installed. The context window becomes one
// that the memory holds. Where the plan gives less than was wished, a note says so, and
// the attempt tells each note as an engine.Warning. Everything else that is left open
// is filled by engine.Plan.WithDefaults.
//
// # A server that fails
//
// All requests pass a resilience.Guard, which holds them back while the server fails
// or is busy, and a reply that it failed to give is asked for again. So an attempt
// waits for a server, within its budget, and says so by [engine.SampleRetried] and
// [engine.BreakerChanged]. Health says how that stands for all attempts together.
//
// # Order
//
// With Options.Record, an event is first kept and only then handed to the listener:
// what was shown is on disk. Without it, events go straight to the listener and a
// crash loses them. Attempt returns after the listener had the last event.
//
// # Many problems
//
// Package queue has the samples of many problems taken, maybe on many machines. It decides
// nothing: Settle completes their plan once, Sample takes one, Decided says when a problem
// needs no more of them, and Assemble makes them an attempt like any other.
//
// # What is asked again
//
// With Options.Cache, the verdict of an attempt that ended well is kept, and Cached has
// it for whoever asks the same again. Front ends ask it before they have anything
// attempted, unless a person wants it afresh; Attempt itself always attempts. A hit
// starts nothing and writes no attempt: a line of the log tells of it.
//
// # Errors
//
// A Fault before the first event says that the plan cannot be had here; nothing was
// begun then. Later errors are those of solve.Solver.Attempt, joined with the
// recorder's.
//
// # Concurrency
//
// The methods of a Desk may be called from many goroutines; several attempts may run
// at once.
package desk
