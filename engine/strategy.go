package engine

import (
	"slices"
	"strings"
)

// Strategy is a way to choose among the answers of a split vote. It is one of
// three kinds: with no Turns, cells of the candidates' samples are run again;
// with Turns and Pick, a judge is asked which candidate is right; with Turns
// alone, more samples are taken, which vote like the others.
type Strategy struct {
	Name  string
	When  func(Tally) bool                // the votes that it is for; there are at least two answers
	Draws int                             // replies asked for
	Turns func(Brief, []Candidate) []Turn // what is asked
	Pick  func(reply string, candidates int) (index int, ok bool)
}

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
