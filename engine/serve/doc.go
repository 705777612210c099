// Package serve is the program over HTTP: attempts that are begun, watched, read and
// stopped by other programs, and the same behind the API of OpenAI.
//
//	s := serve.New(serve.Options{Desk: d, Store: store, Server: server.Server})
//	err := s.Run(ctx, serve.Listening{Address: "127.0.0.1:8000"}, nil)
//
// It is a front end like the others: a handler asks the desk and the store, and
// decides nothing about attempts. What it decides is who may ask, how much, and how
// many attempts run at once.
//
// # Attempts
//
// An attempt that was created goes on when its client leaves, until it ends or is
// stopped. Options.Running of them run at once and Options.Queue more wait; beyond
// that the answer is 503. One that waits is not kept anywhere: if the server ends
// before its turn, it is gone, and its client, which gets 404, creates it again. One
// that ran when the server was killed goes on when a server is started again.
//
// The ID of an attempt that was created with an Idempotency-Key is made of the key
// and of what was asked, so whoever sends the same within a day gets the same
// attempt, also from a server that was started anew.
//
// # Events
//
// The events of an attempt are server-sent events whose ids are their numbers. They
// come from the store and then live, each once: a listener has no place in a queue but
// only the number of its latest event, and asks the attempt's feed for those after it.
// What the feed no longer holds comes from the store again. So a slow listener costs
// nothing; one that takes nothing for 30 seconds is cut off and, by Last-Event-ID,
// misses nothing. Once all is told the answer is 204, which ends an EventSource.
//
// # Who asks
//
// Options.Check says whose request it is, by the key that it shows or is signed by. On
// loopback, unless a proxy is in front, none is needed; one that is shown is held to be right
// all the same. What is then done is recorded as that key's ([audit.As]), also when an
// attempt had to wait for its turn. What is still being answered to a key is cut off soon
// after that ends (Options.Valid). An answer 401 or 403 costs the address that asked, and
// once it has nothing left no key is looked at from there. Refused requests are counted in
// the audit log, some records a minute however many there are.
//
// # Errors
//
// Every error is a problem of RFC 9457 in application/problem+json, with a type that
// stays the same, one line why, and the number of the request in the log.
//
// # Concurrency
//
// An API may be used by many goroutines. Run returns when every attempt has ended
// and every connection is closed.
package serve
