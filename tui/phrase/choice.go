package phrase

import (
	"fmt"
	"slices"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// Choice says what a way of choosing does to a split vote, or what came of it.
func Choice(c *engine.Choosing) string {
	name := termsafe.Line(c.Choice)
	switch {
	case c.Ended == nil && c.Samples > 0:
		return fmt.Sprintf("choosing by %s among %d answers: %s", name, len(c.Candidates), moreSamples(c.Samples))
	case c.Ended == nil:
		return fmt.Sprintf("choosing by %s among %d answers", name, len(c.Candidates))
	case c.Samples > 0:
		return name + " took " + moreSamples(c.Samples)
	case c.Ended.Answer != "":
		return "chosen by " + name + scores(c)
	}
	return name + " undecided" + scores(c)
}

func moreSamples(n int) string {
	if n == 1 {
		return "1 more sample"
	}
	return fmt.Sprintf("%d more samples", n)
}

// scores are those of a choice that ended: a judge's picks of the first against
// all others, or the weight of the first against that of the next.
func scores(c *engine.Choosing) string {
	all := slices.Sorted(slices.Values(c.Ended.Scores))
	slices.Reverse(all)
	switch {
	case len(all) < 2:
		return ""
	case c.Draws == 0:
		return fmt.Sprintf(": weight %.3g to %.3g", all[0], all[1])
	}
	rest := 0.
	for _, n := range all[1:] {
		rest += n
	}
	return fmt.Sprintf(": judge votes %g to %g", all[0], rest)
}
