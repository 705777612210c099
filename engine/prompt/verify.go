package prompt

import "github.com/aimo3/aimo3/engine"

// verify runs the code behind the first candidates again and lets an answer
// that it prints once more weigh three times its votes; the engine does the
// rest, and no model is asked.
//
// It is verified voting by N. Nischaya, of AIMO3: S(a) * (1 + 2 * verified), the
// first three answers only, never where all agree. What it gains was not
// measured there; it aims at votes lost to answers that no code stands behind,
// which imagination-research (second in AIMO2) drop where the code of the same
// sample gives another.
func verify() engine.Strategy {
	return engine.Strategy{Name: "verify", When: func(t engine.Tally) bool { return len(t.Votes) > 1 }, How: engine.Rerun{}}
}
