package engine

// Doubt is why an answer that won the vote may well be wrong, as far as the votes tell; ""
// is that they leave none. It is no measure of how likely that is.
type Doubt string

// The doubts, the gravest first.
const (
	DoubtTie      Doubt = "a tie"                 // another answer has as many votes
	DoubtOneVote  Doubt = "one vote only"         // nothing confirms it
	DoubtMinority Doubt = "no majority"           // half of the replies, or more, say otherwise or nothing
	DoubtCut      Doubt = "cut short"             // it ended before half of the samples had said so
	DoubtThinking Doubt = "only in the reasoning" // no sample said it in its reply
)

// Doubt is the gravest doubt that the votes leave of an answer among so many samples, those
// that failed or were stopped too.
func (v *Verdict) Doubt(samples int) Doubt {
	switch {
	case v.Answer == "":
		return ""
	case v.Tie != "" && v.Chosen == "":
		return DoubtTie
	case v.Votes < 2:
		return DoubtOneVote
	case 2*v.Votes <= v.Of && v.Chosen == "":
		return DoubtMinority
	case (v.Why == Cancelled || v.Why == OutOfBudget) && 2*v.Votes <= samples:
		return DoubtCut
	case v.Thinking >= v.Votes:
		return DoubtThinking
	}
	return ""
}
