package prompt

import (
	"strings"

	"github.com/aimo3/aimo3/engine"
)

// strategies are all there are, in the order that people are told of them. Each
// is off until a plan names it.
func strategies() []engine.Strategy {
	return []engine.Strategy{verify(), selection(), secondRound()}
}

// Strategy finds a way of choosing among the answers of a split vote by its
// name.
func Strategy(name string) (engine.Strategy, bool) {
	for _, s := range strategies() {
		if s.Name == name {
			return s, true
		}
	}
	return engine.Strategy{}, false
}

// longAnswer bounds an answer in a list of them, in bytes.
const longAnswer = 300

// shown is a candidate's answer as a list of them shows it.
func shown(c engine.Candidate) string {
	a := string(c.Answer)
	if len(a) > longAnswer {
		a = strings.ToValidUTF8(a[:longAnswer], "") + "…"
	}
	return a
}
