package engine

import (
	"math"
	"strconv"
	"strings"
)

// StopRule names when a vote is decided before every sample has ended: one of
// the rules below, some with figures after colons, or several joined by commas,
// of which any suffices.
type StopRule string

// The rules that take no figures, and the default. The others are asc:P, esc:W
// and deepconf:TAU:N; see rules.
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
	for part := range strings.SplitSeq(s, ",") {
		if r, _ := parseRule(part); r == nil {
			return "", unknownRule(part)
		} else if r.met == nil && s != part {
			return "", &Fault{Class: Invalid, What: quote(part) + " cannot be combined with other stop rules", Todo: "use " + ruleNames() + ", or several joined by commas without " + part}
		}
	}
	return StopRule(s), nil
}

// unknownRule is the fault of what is no rule. Where the name is right, it says
// which figures that rule takes.
func unknownRule(part string) error {
	todo := "use " + ruleNames() + ", or several joined by commas"
	name, _, _ := strings.Cut(part, ":")
	for _, r := range rules {
		for _, f := range r.takes {
			if r.name == name {
				todo += "; " + f.name + " is from " + show(f.min) + " to " + show(f.max)
			}
		}
	}
	return &Fault{Class: Invalid, What: "unknown stop rule " + quote(part), Todo: todo}
}

// Within is the rule without those of its parts that cannot end an attempt of so many
// samples before all of them have ended, whatever they answer: "4 agree" of 3, say. It is
// StopNone if there are no others.
func (r StopRule) Within(samples int) StopRule {
	var kept []string
	for part := range strings.SplitSeq(string(r), ",") {
		if r, x := parseRule(part); r == nil || r.met != nil && r.attainable(samples, x) {
			kept = append(kept, part)
		}
	}
	if len(kept) == 0 {
		return StopNone
	}
	return StopRule(strings.Join(kept, ","))
}

// Words says to a person when an attempt under the rule ends.
func (r StopRule) Words() string {
	var at []string
	for part := range strings.SplitSeq(string(r), ",") {
		if r, x := parseRule(part); r != nil && r.words != nil {
			at = append(at, r.words(x))
		}
	}
	if len(at) == 0 {
		return "runs every sample to the end"
	}
	return "stops when " + strings.Join(at, " or ")
}

// Met says whether the rule ends the attempt, and for what reason. Left is the
// number of samples that may still vote; with none left there is nothing to
// stop. Met is a pure function.
func (r StopRule) Met(t Tally, left int) (Reason, bool) {
	if left <= 0 {
		return "", false
	}
	for part := range strings.SplitSeq(string(r), ",") {
		if r, x := parseRule(part); r != nil && r.met != nil && r.met(t, left, x) {
			return r.why, true
		}
	}
	return "", false
}

// Weighs says whether the rule counts votes by the samples' confidence.
func (r StopRule) Weighs() bool { return r.WarmUp() > 0 }

// WarmUp is how many samples a rule that weighs votes lets end in any case; 0
// for other rules.
func (r StopRule) WarmUp() int {
	for part := range strings.SplitSeq(string(r), ",") {
		if one, x := parseRule(part); one != nil && one.why == Consensus {
			return int(x[1])
		}
	}
	return 0
}

// parseRule reads one rule with its figures; nil if there is none such.
func parseRule(s string) (*rule, figures) {
	name, rest, more := strings.Cut(s, ":")
	for i := range rules {
		r := &rules[i]
		if r.name != name {
			continue
		}
		var x figures
		for k, f := range r.takes {
			x[k] = f.defaultValue
			if !more {
				continue
			}
			var text string
			text, rest, more = strings.Cut(rest, ":")
			n, err := strconv.ParseFloat(text, 64)
			if err != nil || !(n >= f.min && n <= f.max) || f.whole && n != math.Trunc(n) {
				return nil, x
			}
			x[k] = n
		}
		if more {
			return nil, x
		}
		return r, x
	}
	return nil, figures{}
}

// ruleNames lists the rules as a person writes them.
func ruleNames() string {
	var names []string
	for _, r := range rules {
		name := r.name
		for _, f := range r.takes {
			name += ":" + f.name
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}

func show(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }
