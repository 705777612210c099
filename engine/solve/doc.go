// Package solve attempts problems: it takes N samples of a language model, runs the
// code that they write, counts their answers as votes, and stops early once the vote
// is decided. What happens is told as events of package engine:
//
//	s := &solve.Solver{Backend: server, Prompt: prompt.For}
//	plan := engine.Plan{Model: "qwen3:8b", Samples: 16}
//	verdict, err := s.Attempt(ctx, engine.NewAttemptID(time.Now()), problem, plan, sink)
//
// # How an attempt goes
//
// At most Plan.Parallel goroutines take samples, in the order of their numbers. The first of them finds out what the model can do and what runs code. A
// sample is a conversation: the model replies, package hear finds the code in that,
// a session runs it, the model is told the output, and so on until it replies without
// code or may ask no more. It has an answer only if its last reply came to its end.
//
// Facts of all samples go through a mailbox that never makes a sample wait. The
// goroutine that called Attempt takes them out, numbers them, puts them into the sink
// and counts the votes; nothing else touches the tally. After each sample the stop
// rule is asked. When all have ended, SymPy may be asked whether two answers are one,
// and a vote that is split is settled by the strategies that Plan.Choose names.
//
// # Order
//
// The sink is called from the goroutine of the caller, one event at a time. The new
// tally follows at once on the end of the sample that changed it.
//
// # How it ends
//
// The stop rule, a budget, Stop, or the end of the caller's context end the samples:
// their contexts end, their streams and sessions are closed, and Attempt returns when
// all of its goroutines have. The last event always holds a verdict.
//
// # Errors
//
// An error of the sink ends the attempt, and nothing more is put. If the caller's
// context ends before the vote is decided, the error wraps engine.ErrCancelled. If
// samples failed and none ended properly, it is the fault of the first that failed. No
// answer and a budget used up are no errors. A sample that fails ends no other, nor
// does a panic of the backend; a reply that repeats itself is asked for again, twice at
// most in a sample, with another seed; one that the server failed to give is asked for
// again as its Line says; what goes wrong with code is told to the model.
//
// # Going on otherwise
//
// As long as no sample has finished, a model that does not fit into memory is asked for
// with a smaller window, and one that fails for good gives way to the next of
// Plan.Fallback: for all samples, which begin again. FallbackUsed tells of it, and the
// rest of the log is that of an attempt which had begun so.
//
// # After a crash
//
// A Solver keeps nothing. Resume goes on from the fold over the events that were kept:
// votes stand, samples that had not ended are taken from their beginning with the same
// seed, and the budget begins anew.
//
// # Concurrency
//
// The methods of a Solver may be called from many goroutines, and several attempts may
// run at once. Its fields must not change once it is in use.
package solve
