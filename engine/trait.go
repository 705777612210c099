package engine

import (
	"math"
	"slices"
	"time"
)

// Trait is something that an attempt may be, which a [Filter] asks for: `is:wrong`.
type Trait string

// The traits.
const (
	TraitRight      Trait = "right"      // the answer is the expected one: see Summary.Correct
	TraitWrong      Trait = "wrong"      // it is another
	TraitSplit      Trait = "split"      // more than one answer had votes
	TraitDoubtful   Trait = "doubtful"   // Verdict.Doubt says why
	TraitSlow       Trait = "slow"       // it took SlowFrom or longer
	TraitFailed     Trait = "failed"     // it ended without an answer
	TraitRunning    Trait = "running"    // a process takes it
	TraitUnfinished Trait = "unfinished" // it has no end, and none takes it
	TraitStarred    Trait = "starred"    // a person starred it
	TraitDeleted    Trait = "deleted"    // it was deleted, and can be restored; without this trait no filter finds such
)

// SlowFrom is how long an attempt takes that is slow, at least.
const SlowFrom = 5 * time.Minute

// Traits are the names of all traits, in the order in which they are told.
func Traits() []string {
	var names []string
	for _, t := range []Trait{TraitRight, TraitWrong, TraitSplit, TraitDoubtful, TraitSlow, TraitFailed, TraitRunning, TraitUnfinished, TraitStarred, TraitDeleted} {
		names = append(names, string(t))
	}
	return slices.Clip(names)
}

// Is says whether an attempt has a trait. Runs, which may be nil, says whether a process
// takes one that has no end.
func (s *Summary) Is(t Trait, runs func(AttemptID) bool) bool {
	v := s.Verdict
	switch t {
	case TraitDeleted:
		return !s.Deleted.IsZero()
	case TraitStarred:
		return s.Marks.Starred
	case TraitRight, TraitWrong:
		right := s.Correct()
		return right != nil && *right == (t == TraitRight)
	case TraitSlow:
		return s.Took >= SlowFrom
	case TraitRunning:
		return v == nil && runs != nil && runs(s.ID)
	case TraitUnfinished:
		return v == nil && (runs == nil || !runs(s.ID))
	case TraitFailed:
		return v != nil && v.Answer == ""
	case TraitSplit:
		return v != nil && v.Split()
	case TraitDoubtful:
		return v != nil && v.Doubt(s.Samples) != ""
	}
	return false
}

// Split says whether more than one answer had votes.
func (v *Verdict) Split() bool {
	lead := int(math.Round(v.Margin * float64(v.Of)))
	return v.Answer != "" && (v.Tie != "" || v.Chosen != "" || lead < v.Votes)
}
