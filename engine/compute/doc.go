// Package compute runs the code that a model writes: a session for each sample, whose
// cells share their names, as in a notebook.
//
//	n := &compute.Notebooks{Engines: engines}
//	defer n.Close()
//	notebook, err := n.For(ctx, engine.ToolsAuto)
//	session, err := notebook.Open(ctx, engine.Caps{}.WithDefaults())
//	defer session.Close()
//	session.Run(ctx, "x = 6")
//	cell, err := session.Run(ctx, "x * 7") // cell.Output is "42\n"
//
// An [Engine] is a way to run code on this machine, such as the host's Python; what
// runs it, and the sandbox around it, are packages below this one. An engine opens
// sessions with [NewSession], which needs no more than a [Worker]: a process that runs
// one cell after the other and may die. [Notebooks] chooses among engines, and keeps,
// in a [Pool], one spare session of each kind that was asked for.
//
// # Order
//
// The cells of a session run one after the other, also when Run is called from several
// goroutines. Names stay from cell to cell for as long as Cell.Kept says so.
//
// # Errors
//
// Whatever code does is in its Cell: an error, a timeout, output that was cut, a
// session that had to be restarted. A cell larger than Limits.Code is not run, and its
// Cell says so. An error of Run says that the worker could not be started or got ready,
// that the session was closed (ErrClosed), or that ctx ended, which ends the cell. An
// engine that is not available gives an engine.Fault that says what is missing.
//
// # When a worker is lost
//
// A cell that is not Kept was the last of its worker. The next worker is started at
// once, so that it is ready when it is needed; the next cell begins without names, and
// its number goes on.
//
// # What survives
//
// Nothing is kept on disk. Close ends a session, also one whose cell is running, and
// returns when nothing of it is left. Sessions that were taken live on when Notebooks
// is closed: they belong to whoever opened them.
//
// # Concurrency
//
// Methods of Notebooks, Pool and sessions may be called from many goroutines.
package compute
