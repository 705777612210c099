// Package queue has the problems of a dataset attempted, sample by sample, so that a run
// goes on where it was whatever stops it, and several programs can take part in it:
//
//	q, err := queue.Open(ctx, queue.Options{Path: path})
//	plan, _, err := d.Settle(ctx, wish)
//	run, err := q.Begin(ctx, name, set.Name, plan, set.Entries)
//	err = q.Work(ctx, run, queue.Work{Desk: d, Parallel: 8})
//	err = q.Problems(ctx, run.ID, write)
//
// # What is kept
//
// A queue is a SQLite file of its own, in which River keeps jobs. A run, which is a dataset
// and the plan by which each of its problems is attempted, has one job for each problem and
// sample. What a sample said is a row that is written in the transaction that completes its
// job, so that a sample has ended and is kept, or is taken again. The rows decide: jobs are
// made from them, and only as many at a time as workers are about to need.
//
// # Who does what
//
// Each program that calls Queue.Work is a worker, which takes samples, and a coordinator,
// which looks at what has ended. It has no state of its own: what a look does follows from
// the rows, and to do it twice changes nothing. So any number of programs may coordinate one
// run, and none of them has to live. The coordinator asks package desk whether the votes of
// a problem are decided, and then calls off the samples that wait and ends those that run;
// once none runs, it has the desk put the attempt together and keep it in the store, by the
// ID that its row has had since its first job.
//
// # Who dies
//
// A worker beats every 15 seconds. Jobs of one that was silent for 40 are taken from it by
// any other, and new ones are made; so the samples of a program that was killed are free
// within a minute, and nothing else of it is lost. Should it have been alive, what it says
// of them is late: its job is over, or at another attempt, and nothing is kept. River's own
// rescue of jobs is left for what nobody thought of, since it knows of no dead workers.
// A sample of which nothing was heard, as while a server is down, is tried four times.
//
// # Errors
//
// A file of a newer program, one that holds something else, and one that cannot be opened
// or written are Faults of class Storage that say so, and are left as they are. One program
// at a time makes or migrates a file, behind a lock that goes with it.
//
// # Concurrency
//
// The methods of a Queue may be called from many goroutines. It has one connection, on
// which they wait for each other.
package queue
