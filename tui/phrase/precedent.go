package phrase

import (
	"fmt"

	"github.com/aimo3/aimo3/engine"
)

// Such is how often the answer was right in other scored attempts whose votes
// fell as those of v did; nil if there is none. The attempt of v must be in
// splits if it was scored: it is no precedent of itself. Nothing is said of an
// answer that the votes alone did not choose.
func Such(splits []engine.Split, v *engine.Verdict) *engine.Split {
	if v == nil || v.Votes == 0 || v.Chosen != "" {
		return nil
	}
	for _, s := range splits {
		if s.Votes != v.Votes || s.Of != v.Of {
			continue
		}
		if v.Correct != nil {
			s.Scored--
		}
		if v.Correct != nil && *v.Correct {
			s.Right--
		}
		if s.Scored <= 0 || s.Right < 0 || s.Right > s.Scored {
			return nil // the attempt itself, or splits from before it was stored
		}
		return &s
	}
	return nil
}

// Precedent says [Such] in words: "such votes (4 of 5) were right in 7 of 9
// scored attempts". It is "" if there is none; it is never a probability.
func Precedent(splits []engine.Split, v *engine.Verdict) string {
	s := Such(splits, v)
	if s == nil {
		return ""
	}
	attempts := "attempts"
	if s.Scored == 1 {
		attempts = "attempt"
	}
	return fmt.Sprintf("such votes (%d of %d) were right in %d of %d scored %s", s.Votes, s.Of, s.Right, s.Scored, attempts)
}
