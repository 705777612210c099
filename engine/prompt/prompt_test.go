package prompt_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/prompt"
)

var problem = engine.Problem{Statement: "Find $x$ with \\frac{x}{2} = 21.\n\nGive $x \\bmod 10^5$."}

// TestStrategies: whatever the strategy, the user has the last word, it ends
// with the statement unchanged, and the model has seen how to box an answer.
func TestStrategies(t *testing.T) {
	for name, strategy := range map[string]func(engine.Problem) []engine.Turn{"boxed": prompt.Boxed, "worked": prompt.Worked} {
		turns := strategy(problem)
		last := turns[len(turns)-1]
		if last.Role != "user" || !strings.HasSuffix(last.Text, problem.Statement) {
			t.Errorf("%s: the last turn is %+v", name, last)
		}
		var all strings.Builder
		for i, turn := range turns {
			all.WriteString(turn.Text)
			if want := []string{"user", "assistant"}[i%2]; turn.Role != want {
				t.Errorf("%s: turn %d is the %s's, want the %s's", name, i+1, turn.Role, want)
			}
		}
		if !strings.Contains(all.String(), `\boxed{`) {
			t.Errorf("%s: nothing of a box", name)
		}
	}
}

func TestFor(t *testing.T) {
	for model, worked := range map[string]bool{
		"smollm2-135m": true, "smollm2:135m-instruct-q4_1": true, "gemma3:270M": true,
		"qwen3:8b": false, "gpt-oss:120b": false, "mistral": false, "m5m:7b": false, "some-1350m": false, "": false,
	} {
		want := prompt.Boxed(problem)
		if worked {
			want = prompt.Worked(problem)
		}
		if got := prompt.For(engine.Brief{Problem: problem, Model: engine.Model{Name: model}}); !reflect.DeepEqual(got, want) {
			t.Errorf("%q is told %+v", model, got)
		}
	}
}
