package engine

import "strings"

// StopRule names when a vote is decided before every sample has ended: one of
// the rules below, or several joined by commas, of which any suffices.
type StopRule string

// The rules. Equal answers are counted as they stand in the tally.
const (
	StopNone        StopRule = "none"        // let every sample end
	StopFourAgree   StopRule = "four-agree"  // four samples gave one answer
	StopUncatchable StopRule = "uncatchable" // the runner-up with all samples left would still have fewer votes
	DefaultStop     StopRule = "four-agree,uncatchable"
)

// ParseStop reads a rule as a person writes it; "" is DefaultStop.
func ParseStop(s string) (StopRule, error) {
	s = strings.ToLower(strings.ReplaceAll(s, " ", ""))
	if s == "" {
		return DefaultStop, nil
	}
	for name := range strings.SplitSeq(s, ",") {
		switch StopRule(name) {
		case StopNone, StopFourAgree, StopUncatchable:
		default:
			return "", &Fault{Class: Invalid, What: "unknown stop rule " + quote(name), Todo: "use none, four-agree, uncatchable, or several joined by commas"}
		}
	}
	return StopRule(s), nil
}

// Words says to a person when an attempt under the rule ends.
func (r StopRule) Words() string {
	var at []string
	for name := range strings.SplitSeq(string(r), ",") {
		switch StopRule(name) {
		case StopNone:
		case StopFourAgree:
			at = append(at, "4 equal")
		case StopUncatchable:
			at = append(at, "a sure lead")
		}
	}
	if len(at) == 0 {
		return "lets every sample end"
	}
	return "stops at " + strings.Join(at, " or ")
}

// Met says whether the rule ends the attempt, and by which rule's name.
// Left is the number of samples that may still vote. Met is a pure function.
//
// The uncatchable rule loses nothing: when first > second + left, no vote
// still to come can give another winner.
func (r StopRule) Met(t Tally, left int) (Reason, bool) {
	_, first, second := t.Leader()
	for name := range strings.SplitSeq(string(r), ",") {
		switch {
		case StopRule(name) == StopFourAgree && first >= 4:
			return FourAgree, true
		case StopRule(name) == StopUncatchable && left > 0 && first > second+left:
			return Uncatchable, true
		}
	}
	return "", false
}
