package prompt

import (
	"fmt"
	"strings"

	"github.com/aimo3/aimo3/engine"
)

// secondRound takes four more samples, which are shown what the first ones
// answered, where no answer has three votes: the adaptive retry of AI4Math
// (AIMO3, 42 of 50 on the leaderboard), whose four more attempts went at
// temperature 0.9. What it gains by itself was not measured there. Here the
// plan's own temperature stays: their seeds differ, and so does what they are
// told.
func secondRound() engine.Strategy {
	return engine.Strategy{Name: "second-round", When: scattered, How: engine.Resample{Samples: 4, Turns: again}}
}

// scattered says that no answer has three votes.
func scattered(t engine.Tally) bool {
	_, first, _ := t.Leader()
	return first < 3
}

// again is how a conversation of the second round begins: as in the first one,
// with the answers so far before the statement.
func again(b engine.Brief, all []engine.Candidate) []engine.Turn {
	turns := For(b)
	last := &turns[len(turns)-1]
	told := strings.TrimSuffix(last.Text, b.Problem.Statement)
	last.Text = told + disagreement(all) + "\n\n" + b.Problem.Statement
	return turns
}

// disagreement shows the answers so far, and says what to make of them.
func disagreement(all []engine.Candidate) string {
	votes := 0
	for _, c := range all {
		votes += c.Votes
	}
	var out strings.Builder
	out.WriteString("This problem was tried before, and the answers do not agree:\n")
	for _, c := range all {
		fmt.Fprintf(&out, "\n- %s (%d of %d)", shown(c), c.Votes, votes)
	}
	out.WriteString("\n\nNone of them needs to be right, and how many gave it says little. Solve the problem yourself." +
		" If you come to one of these answers, make sure that it is not by a mistake that others made too;" +
		" if you come to another, find out where they went wrong.")
	return out.String()
}
