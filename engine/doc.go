// Package engine attempts problems: it samples a language model N times,
// streams what the model says, votes, and stops early when the vote is decided.
//
// An attempt is told as a sequence of numbered events, each holding one fact.
// Whatever a screen, a log line, the store or a report shows is a fold over
// those events ([Progress]) and comes from nowhere else. The package knows
// nothing of screens, databases or a particular model server: the server is a
// [Backend], and everyone who listens is a [Sink].
package engine
