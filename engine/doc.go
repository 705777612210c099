// Package engine holds the words in which aimo3 speaks of attempts: what is asked
// ([Problem], [Plan]), what a model server gives ([Backend], [Model], [Piece]), what
// runs code ([Notebook], [Session], [Cell]), what happened ([Event], [Fact]), and
// what that comes to ([Tally], [Verdict], [Progress]).
//
// An attempt is told as a sequence of numbered events, each with one fact. What a
// screen, a log line, the store or a report shows is a fold over those events and
// comes from nowhere else:
//
//	var p engine.Progress
//	for _, e := range events {
//		p.Apply(e)
//	}
//	if p.Verdict != nil {
//		fmt.Println(p.Verdict.Answer, p.Verdict.Votes, "of", p.Verdict.Of)
//	}
//
// The package knows nothing of screens, databases or a particular model server: the
// server is a [Backend], and everyone who listens is a [Sink]. Package solve takes
// the samples and makes the events; package desk is what front ends ask for that.
//
// # Order
//
// Event.Seq rises strictly within an attempt. The first fact is AttemptStarted and
// the last one AttemptFinished, also of an attempt that was cancelled. The last fact
// of a sample is one of SampleFinished, SampleFailed and SampleStopped; only
// SampleFinished may vote, and a TallyChanged follows it; one follows all votes that are
// carried over from a parent.
//
// # Folds
//
// A fold over events that [Append] joined, or that went through JSON and back, gives
// the same Progress; joining loses only the times of the text that was joined. A fold
// over the first events of an attempt is its state at that moment. So what was kept
// of an attempt when the program was killed is enough to show it, and to go on.
//
// # Compatibility
//
// The kinds of facts and the JSON keys are kept for good, whatever the fields are
// called in Go. A kind that is not known here is decoded as an Event without a Fact
// and written back as it came, and Progress ignores what makes no sense to it: so
// the logs of older and newer programs open.
//
// # Zero values and bounds
//
// A zero [Plan] or [Caps] works: WithDefaults fills what is zero and keeps to the
// bounds. What a person typed is read by Parse functions, which say
// what would be right.
//
// # Errors
//
// A [Fault] is an error that a person can act on: its Class, what happened, and what
// to do. errors.Is(err, &Fault{Class: c}) finds every fault of class c, and [Hint] is
// the line to show. Both Fault.Error and Hint hide passwords and tokens in addresses.
//
// # Concurrency
//
// Events, plans, tallies and verdicts are values: a Tally that changes is a new one. A
// Progress is for one goroutine and must not be copied.
package engine
