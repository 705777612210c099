// Package prompt turns a brief into what the model is told: a text for each
// family of models, made of paragraphs that the families share.
package prompt

import (
	"regexp"

	"github.com/aimo3/aimo3/engine"
)

// tiny matches a model's name that says it has less than a billion parameters:
// "smollm2:135m", "gemma3:270m".
var tiny = regexp.MustCompile(`(?i)(^|[^a-z0-9])[0-9]{2,3}m([^a-z0-9]|$)`)

// For is how the conversation begins. A model whose name says that it is tiny is
// shown [Worked] examples, all others get the words of their family. The last
// turn is the user's and ends with the statement, unchanged.
func For(b engine.Brief) []engine.Turn {
	if tiny.MatchString(b.Model.Name) {
		return Worked(b)
	}
	f := FamilyOf(b.Model)
	system, user := f.system(b, f.words(b))
	var turns []engine.Turn
	if system != "" {
		turns = append(turns, engine.Turn{Role: "system", Text: system})
	}
	if user != "" {
		user += "\n\n"
	}
	return append(turns, engine.Turn{Role: "user", Text: user + b.Problem.Statement})
}
