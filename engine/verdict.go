package engine

// Answer is what a sample says the answer is, in the form that votes compare.
// The empty Answer is no answer.
type Answer string

// Reason says why an attempt ended.
type Reason string

// The reasons an attempt can end for.
const (
	FourAgree   Reason = "four_agree"  // a rule: four samples gave one answer
	Uncatchable Reason = "uncatchable" // a rule: the rest could not change the winner
	AllEnded    Reason = "all_ended"   // every sample ended by itself
	OutOfBudget Reason = "budget"      // the wall-clock budget ran out
	Cancelled   Reason = "cancelled"   // a person or a signal ended it
	AllFailed   Reason = "all_failed"  // no sample ended properly
)

// Verdict is the outcome of an attempt.
type Verdict struct {
	Answer  Answer  `json:"answer"`  // "" when no sample gave one
	Votes   int     `json:"votes"`   // samples that gave Answer
	Of      int     `json:"of"`      // samples whose reply ended properly, answered or not
	Margin  float64 `json:"margin"`  // (votes - runner-up's votes) / of, 0 to 1; not a probability
	Correct *bool   `json:"correct"` // nil when the problem has no key
	Why     Reason  `json:"why"`
}
