package solve

import "github.com/aimo3/aimo3/engine"

// spent is how many tokens samples have been heard to generate since they began, a frame
// counted as one, by their numbers. What is void counts as long as the fold over the events
// has it: both say the same.
type spent map[int]int

// take takes in the next fact of an attempt, and returns it. Those that end a sample of
// which the server gave no account say what it had generated, so that nobody who adds up
// attempts has to have heard all that was said.
func (s spent) take(f engine.Fact) engine.Fact {
	switch f := f.(type) {
	case engine.Delta:
		s[f.Sample] += f.Frames
	case engine.SampleStarted:
		delete(s, f.Sample)
	case engine.FallbackUsed:
		if f.Rung != engine.RungHost {
			clear(s)
		}
	case engine.SampleFailed:
		f.Tokens = s[f.Sample]
		return f
	case engine.SampleStopped:
		f.Tokens = s[f.Sample]
		return f
	}
	return f
}
