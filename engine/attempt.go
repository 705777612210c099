package engine

import (
	"crypto/rand"
	"strings"
	"time"
)

// AttemptID names one attempt at one problem. IDs made later sort later.
type AttemptID string

// NewAttemptID returns an ID for an attempt begun at the given time: ten
// characters of milliseconds and six of chance, in Crockford's base 32.
func NewAttemptID(at time.Time) AttemptID {
	const digits = "0123456789abcdefghjkmnpqrstvwxyz"
	var out [16]byte
	ms := at.UnixMilli()
	for i := 9; i >= 0; i-- {
		out[i] = digits[ms&31]
		ms >>= 5
	}
	var salt [6]byte
	rand.Read(salt[:]) // never fails: crypto/rand ends the program instead
	for i, b := range salt {
		out[10+i] = digits[b&31]
	}
	return AttemptID(out[:])
}

// KeepDeleted is how long an attempt that was deleted can be restored.
const KeepDeleted = 7 * 24 * time.Hour

// Summary is one stored attempt as a list shows it.
type Summary struct {
	ID      AttemptID     `json:"id"`
	Begun   time.Time     `json:"begun"`
	Took    time.Duration `json:"took_ns"` // from the first event to the last one kept
	Problem Problem       `json:"problem"`
	Model   string        `json:"model"`
	Samples int           `json:"samples"`
	Tokens  int           `json:"tokens"`            // that its samples generated which have ended, those of stopped and failed ones about
	Verdict *Verdict      `json:"verdict,omitempty"` // nil: the attempt never ended (the program was killed)
	Marks   Marks         `json:"marks,omitzero"`    // what a person says of it
	Deleted time.Time     `json:"deleted,omitzero"`  // when it was deleted; zero: it is not
}

// Split is a way in which votes fell, and how often the answer was right where
// they did: among scored attempts, whose problem's key is known. A share of
// votes is no probability; this is what there is in its place.
type Split struct {
	Votes  int `json:"votes"`
	Of     int `json:"of"` // replies that ended properly
	Right  int `json:"right"`
	Scored int `json:"scored"` // attempts that fell so, at least 1
}

func quote(s string) string {
	if r := []rune(s); len(r) > 60 {
		s = string(r[:60]) + "…"
	}
	return `"` + strings.ToValidUTF8(s, "\uFFFD") + `"`
}

// Answer is what a sample says the answer is, in the form that votes compare.
// The empty Answer is no answer.
type Answer string

// Found says how an answer was found and what became of it. The zero Found is
// that of a plain box.
type Found struct {
	Source   string `json:"source,omitempty"`   // how it was written, if not in a box: one of package extract's sources
	Thinking bool   `json:"thinking,omitempty"` // it stands only in the reasoning
	Printed  bool   `json:"printed,omitempty"`  // a cell of the sample printed it
	Was      Answer `json:"was,omitempty"`      // as the sample said it, before the problem's own modulus
	Modulus  string `json:"modulus,omitempty"`
	Outside  string `json:"outside,omitempty"` // why the problem cannot have it: it is shown and not voted
}

// Reason says why an attempt ended.
type Reason string

// The reasons an attempt can end for.
const (
	FourAgree    Reason = "four_agree"  // a rule: four samples gave one answer
	Uncatchable  Reason = "uncatchable" // a rule: the rest could not change the winner
	LikelyLead   Reason = "asc"         // a rule: the lead would probably stay
	WindowAgrees Reason = "esc"         // a rule: so many samples in a row gave one answer
	Consensus    Reason = "deepconf"    // a rule: one answer has nearly all the confidence
	AllEnded     Reason = "all_ended"   // every sample ended by itself
	OutOfBudget  Reason = "budget"      // the wall-clock budget ran out
	Cancelled    Reason = "cancelled"   // a person or a signal ended it
	AllFailed    Reason = "all_failed"  // no sample finished
)

// Words says a reason to a person.
func (r Reason) Words() string {
	switch r {
	case FourAgree:
		return "stopped early: four agree"
	case Uncatchable:
		return "stopped early: lead cannot be caught"
	case LikelyLead:
		return "stopped early: lead likely to hold"
	case WindowAgrees:
		return "stopped early: samples in a row agree"
	case Consensus:
		return "stopped early: one answer has the confidence"
	case AllEnded:
		return "every sample ended"
	case OutOfBudget:
		return "the budget ran out"
	case Cancelled:
		return "stopped by hand"
	case AllFailed:
		return "no sample finished"
	}
	return string(r)
}

// Verdict is the outcome of an attempt.
type Verdict struct {
	Answer   Answer   `json:"answer"`  // "" when no sample gave one
	Votes    int      `json:"votes"`   // samples that gave Answer
	Of       int      `json:"of"`      // samples whose reply ended properly, answered or not
	Margin   float64  `json:"margin"`  // (votes - runner-up's votes) / of, 0 to 1; not a probability
	Correct  *bool    `json:"correct"` // nil when the problem has no key
	Why      Reason   `json:"why"`
	Tie      TieBreak `json:"tie,omitempty"`      // what chose, where another answer has as many votes
	Chosen   string   `json:"chosen,omitempty"`   // the strategy that chose Answer, where the votes alone did not
	Repaired int      `json:"repaired,omitempty"` // of Votes, those whose samples said it before the problem's modulus
	Thinking int      `json:"thinking,omitempty"` // of Votes, the weak ones: the answer stands only in their samples' reasoning
	Carried  int      `json:"carried,omitempty"`  // of Of, those whose votes were carried over from another attempt
}
