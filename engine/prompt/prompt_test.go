package prompt_test

import (
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/prompt"
)

func TestBoxed(t *testing.T) {
	statement := "Find $x$ with \\frac{x}{2} = 21.\n\nGive $x \\bmod 10^5$."
	turns := prompt.Boxed(engine.Problem{Statement: statement})
	if len(turns) != 1 || turns[0].Role != "user" {
		t.Fatalf("turns = %+v, want one of the user", turns)
	}
	text := turns[0].Text
	if !strings.HasSuffix(text, "\n\n"+statement) {
		t.Errorf("the statement does not stand unchanged at the end:\n%s", text)
	}
	if !strings.Contains(text, `\boxed{}`) {
		t.Errorf("the reply is not asked for a box:\n%s", text)
	}
}
