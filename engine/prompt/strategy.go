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

// Strategies are the names that Strategy knows.
func Strategies() []string {
	var names []string
	for _, s := range strategies() {
		names = append(names, s.Name)
	}
	return names
}

// choice is what the texts of strategies are filled with.
type choice struct {
	Statement  string
	Candidates []engine.Candidate
	Votes      int // of all candidates
}

// longAnswer bounds an answer in a list of them, in bytes.
const longAnswer = 300

// put is a strategy's text for candidates.
func put(name, statement string, all []engine.Candidate) string {
	c := choice{Statement: statement}
	for _, one := range all {
		if a := string(one.Answer); len(a) > longAnswer {
			one.Answer = engine.Answer(strings.ToValidUTF8(a[:longAnswer], "") + "…")
		}
		c.Candidates = append(c.Candidates, one)
		c.Votes += one.Votes
	}
	var out strings.Builder
	if err := texts.ExecuteTemplate(&out, name+".txt", c); err != nil {
		panic(err) // a text of ours is wrong, whatever the candidates
	}
	return strings.TrimSpace(out.String())
}
