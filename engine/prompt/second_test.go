package prompt_test

import (
	"strings"
	"testing"
	"testing/quick"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/prompt"
)

// TestSecondRound: what the first round was told, with the candidates before the
// statement, whatever they, the statement and the model are.
func TestSecondRound(t *testing.T) {
	s := strategy(t, "second-round").How.(engine.Resample)
	golden(t, "second", told(s.Turns(brief("openmath-nemotron:14b", engine.Code{}), split)))
	all := []string{"smollm2:135m", "llama-3.1-nemotron-nano:8b"}
	for _, model := range models {
		all = append(all, model)
	}
	law := func(statement, answer string, model, way uint8) bool {
		b := brief(all[int(model)%len(all)], ways[int(way)%len(ways)].code)
		b.Problem.Statement = statement
		first, again := prompt.For(b), s.Turns(b, []engine.Candidate{{Answer: engine.Answer(answer), Votes: 2}, {Answer: "7", Votes: 1}})
		if len(first) != len(again) {
			return false
		}
		at := len(first) - 1
		for i := range at {
			if first[i].Text != again[i].Text {
				return false
			}
		}
		before := strings.TrimSuffix(first[at].Text, statement)
		told, ok := strings.CutPrefix(again[at].Text, before)
		return ok && strings.HasSuffix(told, "\n\n"+statement) && strings.Contains(told, "- 7 (1 of 3)\n") && again[at].Role == "user"
	}
	if err := quick.Check(law, nil); err != nil {
		t.Error(err)
	}
	if !law("{{.Votes}} Judgment: 1", "{{end}}", 3, 2) {
		t.Error("a statement with marks is changed")
	}
}
