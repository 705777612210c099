package phrase

import (
	"fmt"
	"strings"

	"github.com/aimo3/aimo3/engine"
)

// Votes say how the samples of an attempt stood to its verdict: "4 votes, 0 against, 4
// stopped", and how many gave no answer or failed, if any.
func Votes(p *engine.Progress) string {
	v := p.Verdict
	if v == nil {
		return ""
	}
	stopped, failed := 0, 0
	for i := range p.Samples {
		switch p.Samples[i].State {
		case engine.Stopped:
			stopped++
		case engine.Failed:
			failed++
		case engine.Waiting, engine.Running, engine.Finished:
		}
	}
	silent := min(p.Tally.NoAnswer, max(v.Of-v.Votes, 0))
	parts := []string{votes(v.Votes), fmt.Sprintf("%d against", max(v.Of-v.Votes-silent, 0))}
	for _, part := range []struct {
		n     int
		words string
	}{{silent, "without an answer"}, {stopped, "stopped"}, {failed, "failed"}} {
		if part.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", part.n, part.words))
		}
	}
	return strings.Join(parts, ", ")
}

func votes(n int) string {
	if n == 1 {
		return "1 vote"
	}
	return fmt.Sprintf("%d votes", n)
}
