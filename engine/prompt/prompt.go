// Package prompt turns a problem into what the model is told: one file per
// strategy, with its text beside it where it has one.
package prompt

import (
	"regexp"

	"github.com/aimo3/aimo3/engine"
)

// tiny matches a model's name that says it has less than a billion parameters:
// "smollm2:135m", "gemma3:270m".
var tiny = regexp.MustCompile(`(?i)(^|[^a-z0-9])[0-9]{2,3}m([^a-z0-9]|$)`)

// For chooses the strategy for a brief: Worked for a model whose name says that
// it is tiny, Boxed for all others.
func For(b engine.Brief) []engine.Turn {
	if tiny.MatchString(b.Model.Name) {
		return Worked(b.Problem)
	}
	return Boxed(b.Problem)
}
