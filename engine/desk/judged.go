package desk

import (
	"strings"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/solve"
)

// Judged are marks of an attempt with what follows from the answer that a person expects:
// whether the attempt's is that one, as votes compare answers. Of an attempt that has not
// ended nothing follows.
func Judged(a engine.Summary, m engine.Marks) engine.Marks {
	if strings.TrimSpace(string(m.Expected)) != "" && a.Verdict != nil {
		m.Right = new(a.Verdict.Answer != "" && solve.SameAnswer(a.Verdict.Answer, m.Expected))
	}
	return m
}
