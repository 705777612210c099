// Package cache keeps what a function returned, so that the same question is
// answered at once. A [Cached] stands in front of any function:
//
//	cards := cache.New(cache.Options[string, Card]{Name: "card", Load: client.show})
//	card, err := cards.Get(ctx, "qwen3:8b")
//
// It keeps values in memory, at most 10,000 of them for an hour unless told
// otherwise, and in the tiers behind it, which outlive the program: a table, another
// machine. Where what costs much has no function that can simply be called, Look and
// Put ask for values and bring them.
//
// # What it promises
//
// Of callers that ask for one key at once, one calls the function and the others wait
// for it. An error is returned to all of them and is never kept. A caller whose context
// ends stops waiting; that another's ended is no error of one's own.
//
// A value in a tier is bound to its key, its time and the version of its form by a
// checksum. One that is damaged, past its time, of another version or of another key
// is a miss, and the next value takes its place. So a cache may be lost or damaged at
// any moment, and costs only time.
//
// # Bounds
//
// Memory is bounded by a number of entries and, where Options.Bytes tells how large a
// value is, by bytes. What was used seldom and long ago goes first. A tier has bounds
// of its own.
//
// # Errors
//
// A tier that fails is a miss. The first failure of each is told, once; the tier is
// then left alone for half a minute, so that what is down costs one timeout and not
// one a question.
//
// # Concurrency
//
// A Cached may be used from many goroutines. It starts none that outlives a call.
package cache
