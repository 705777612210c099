package engine

import (
	"slices"
	"strings"
)

// Strategy is a way to choose among the answers of a split vote.
type Strategy struct {
	Name string
	When func(Tally) bool // the votes that it is for; there are at least two answers
	How  Way
}

// Way is what a Strategy does. It is one of three: [Rerun], [Judging], [Resample].
type Way interface {
	// Asks is how many replies a judge is asked for.
	Asks() int
}

type (
	// Rerun runs the cells of the candidates' samples again, in new sessions: an
	// answer that is printed once more weighs more.
	Rerun struct{}

	// Judging asks a model which candidate is right.
	Judging struct {
		Draws int                                                     // replies asked for
		Turns func(Brief, []Candidate) []Turn                         // what is asked
		Pick  func(reply string, candidates int) (index int, ok bool) // what a reply says
	}

	// Resample takes more samples, which vote like the others.
	Resample struct {
		Samples int
		Turns   func(Brief, []Candidate) []Turn // what they are asked
	}
)

// Asks implements Way: no judge is asked.
func (Rerun) Asks() int { return 0 }

// Asks implements Way.
func (j Judging) Asks() int { return j.Draws }

// Asks implements Way: no judge is asked.
func (Resample) Asks() int { return 0 }

// Candidate is an answer to choose among.
type Candidate struct {
	Answer Answer
	Votes  int
	Text   string // what one of its samples replied, as the model wrote it; the end of it if it is long
}

// ParseChoose reads the names of strategies as a person writes them, joined by
// commas; "" and "none" are none, and a name said again says nothing more.
func ParseChoose(s string, known func(name string) (Strategy, bool)) ([]string, error) {
	var names []string
	for name := range strings.SplitSeq(strings.ToLower(s), ",") {
		name = strings.TrimSpace(name)
		if name == "" || name == "none" || slices.Contains(names, name) {
			continue
		}
		if _, ok := known(name); !ok {
			return nil, &Fault{Class: Invalid, What: "unknown way of choosing " + quote(name), Todo: "use verify, select, second-round, several joined by commas, or none"}
		}
		names = append(names, name)
	}
	return names, nil
}
