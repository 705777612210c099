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

// Precedent says [Such] in words: "in past attempts with a 4-of-5 vote, 7 of 9
// were right". It is "" if there is none; it is never a probability.
func Precedent(splits []engine.Split, v *engine.Verdict) string {
	s := Such(splits, v)
	if s == nil {
		return ""
	}
	if s.Scored == 1 {
		return fmt.Sprintf("in a past attempt with a %d-of-%d vote, %d of 1 was right", s.Votes, s.Of, s.Right)
	}
	return fmt.Sprintf("in past attempts with a %d-of-%d vote, %d of %d were right", s.Votes, s.Of, s.Right, s.Scored)
}
