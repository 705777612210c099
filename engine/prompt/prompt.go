// Package prompt turns a brief into what the model is told: a text for each
// family of models, made of paragraphs that the families share.
//
// [For] begins the conversation of a sample: [FamilyOf] tells a model's [Family] by its
// name, each family has its words, and a model whose name says that it is tiny gets
// [Worked] examples in their place. [Output] is what a model is told of the code that it
// ran. [Strategy] gives the ways to settle a split vote by their names: verify, select,
// second-round.
//
// The statement of a problem stands at the end of the user's turn, unchanged; its key is
// never told. Equal briefs give equal turns: nothing here depends on time or chance.
// [Version] changes when any of the words do, so that verdicts which other words led to
// are not taken for the same.
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
