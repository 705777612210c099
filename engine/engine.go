// Package engine holds the words in which aimo3 speaks of attempts: what is
// asked (Problem, Plan), what a model server gives (Backend, Model), what happened
// (Event, Fact), and what that comes to (Tally, Verdict, Progress).
//
// An attempt is told as a sequence of numbered events, each holding one fact.
// Whatever a screen, a log line, the store or a report shows is a fold over
// those events ([Progress]) and comes from nowhere else. The package knows
// nothing of screens, databases or a particular model server: the server is a
// [Backend], and everyone who listens is a [Sink]. What takes the samples and
// makes the events is package solve.
package engine

// Sink receives the events of an attempt in order, from one goroutine. An
// error from a sink ends the attempt; nothing more is put to it then.
type Sink func(Event) error

// Tee is a Sink that passes each event to every sink in turn, stopping at the
// first error.
func Tee(sinks ...Sink) Sink {
	return func(e Event) error {
		for _, put := range sinks {
			if err := put(e); err != nil {
				return err
			}
		}
		return nil
	}
}
