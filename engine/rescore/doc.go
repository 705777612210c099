// Package rescore takes samples that were recorded, from files or of stored attempts, and
// decides anew what they come to: with another reader of answers, another voter or another
// stop rule. No model is asked.
//
//	set := rescore.New("traces", rescore.Reading{Reader: reader})
//	_, err := dataset.Samples(ctx, options, set.Add)
//	run, err := set.Run(rescore.Voting{Voter: rescore.Count, Stop: "four-agree"})
//	report := figures.Of(run, 1)
//
// A [Set] holds of each sample what it votes and what it cost, and none of its text: answers
// are read when a sample is added. Answers are compared as votes compare them, and votes are
// counted by [engine.Tally], so that what is said here is what the solver would have decided.
//
// Samples vote in the order in which they were recorded: of stored attempts, that in which
// they ended. [Set.Replay] draws other orders by chance, and lets stop rules decide each.
//
// What was recorded is not trusted: what a set keeps is bounded by MaxKeptBytes, and two
// samples that disagree about what is expected of their problem are an error. A set is for
// one goroutine.
package rescore
