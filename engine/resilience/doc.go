// Package resilience stands between the samples and a model server, so that a
// passing fault costs a wait and not a sample, and a server that fails is not asked
// again and again by everyone. A Guard is an [engine.Backend] around another one:
//
//	guard := resilience.New(server, resilience.Options{})
//	defer guard.Join(plan.Parallel)()
//	tries := guard.Tries(ask.Model)
//	for {
//		end, err := guard.Stream(ctx, ask, say)
//		if err == nil || ctx.Err() != nil {
//			return end, err
//		}
//		if _, _, err = tries.Failed(err); err != nil {
//			return end, err // the last fault, or RetryExhausted around it
//		}
//		tries.Wait(ctx)
//	}
//
// The loop is the caller's, and not in Stream: what a half reply left behind with
// whoever heard it, nobody here could take back.
//
// # What is done about a fault
//
// The table in rules.go says it for each [engine.Class]: how often a reply is asked
// for at most, whom the fault counts against, and whether fewer requests should be
// at the server at once. A server that is busy is waited for, as long as the
// caller's context allows. What a person has to mend first, and what the model did
// wrong, is not tried again here.
//
// # Three things that hold requests back
//
// A limiter: as many requests are at the server as the attempts wish for, or as it
// has seats where that is known; half as many once it was busy or silent, and one
// more after a run of successes. Whoever waits has not asked the server yet, so no
// timeout of the backend runs.
//
// Breakers, one for the server and one for each model. After five failures in a row,
// or three refused connections, a breaker opens: requests wait for 5 s, then 10, 20
// and 60, each 20 % more or less. Failures are in a row only while no other request
// brings text: streams last for minutes, and most faults come early. Then the first in the queue tries, as it is: a
// server can answer every ping and still hang. Its first text closes the breaker,
// and whether its reply comes to an end counts again. An open breaker never makes an
// error, also where there is no other server: those that wait lose no try.
//
// A budget of retries: within a minute, no more than half as many retries as there
// were requests, and as many as there may be requests at once, or three. So all go on
// at once after a server was started anew. A retry that has none left waits for it.
//
// # Several hosts
//
// Hosts has a Guard for each of several servers. A Line is one sample's way to one of
// them: to the least loaded of those that have its model and let requests through. It
// stays there, so that what the server keeps of the conversation is of use, until a
// breaker opens; then whatever of it waits, or has just failed, goes on at another host
// at once. What cannot be had at one host at all, as a model that does not fit there, is
// tried at each. A try elsewhere counts like any other. A request that waits goes only
// where requests go through, and one that failed also where one may try, so that of
// those that wait not all run after the same try.
//
// # What counts
//
// A request that its caller ended counts for nothing: it neither opens nor closes a
// breaker. One that its caller ended with [engine.ErrHeard] succeeded.
//
// # Order
//
// The queue is first in, first out, but that a request for a model whose breaker is
// open lets others pass. One whose context ends leaves the queue at once.
//
// # Concurrency
//
// The methods of a Guard and of Hosts may be called from many goroutines; a Tries and a
// Line belong to one. None of them starts a goroutine.
package resilience
