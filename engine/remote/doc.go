// Package remote asks a running `aimo3 serve` for what a desk and a store do elsewhere:
// attempts, their events, and what is kept of them.
//
//	at, err := remote.ParseAddress("http://localhost:8000")
//	c, err := remote.New(remote.Options{Address: at, Key: key})
//	go c.Run(ctx) // looks after the connection until ctx ends
//	id, kept, err := c.Create(ctx, problem, plan, false)
//	over, err := c.Watch(ctx, id, feed.Put)
//
// A Client decides nothing: what an attempt gets is decided by the desk of the server. Its
// methods may be called from any goroutine, and end when their context does.
//
// One link for all. Run asks the server how it is every few seconds, which also tells
// what it has installed and runs. Where no answer comes the link is lost, and the server is
// asked again after 1 s, 2 s and so on to 30 s; those who watch wait for that, and then
// go on after the latest event that they have. So they get every event once and in order,
// whatever happened to the connection, or to the server.
//
// An attempt is created once. A request for one carries a key of its own
// (Idempotency-Key). It is sent again, with that key, only if the connection broke before
// the answer was read; never after an answer.
//
// The server is not trusted. Answers, lines and streams are bounded; an event must be of
// the attempt that was asked for, and later than the one before; whatever else comes is a
// Garbled [engine.Fault]. Text from it is as hostile as a model's. Redirects are not
// followed, and a key is sent by https or to this machine, or not at all.
package remote
