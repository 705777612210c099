package phrase

import (
	"testing"

	"github.com/aimo3/aimo3/engine"
)

func TestPrecedent(t *testing.T) {
	yes, no := true, false
	splits := []engine.Split{
		{Votes: 1, Of: 1, Right: 1, Scored: 1},
		{Votes: 1, Of: 2, Right: 0, Scored: 1},
		{Votes: 4, Of: 5, Right: 7, Scored: 9},
		{Votes: 4, Of: 8, Right: 0, Scored: 2},
		{Votes: 2, Of: 2, Right: 2, Scored: 2},
	}
	for _, row := range []struct {
		name    string
		verdict *engine.Verdict
		want    string
	}{
		{"no verdict", nil, ""},
		{"no answer", &engine.Verdict{Of: 5}, ""},
		{"its problem has no key", &engine.Verdict{Votes: 4, Of: 5}, "in past attempts with a 4-of-5 vote, 7 of 9 were right"},
		{"right itself", &engine.Verdict{Votes: 4, Of: 5, Correct: &yes}, "in past attempts with a 4-of-5 vote, 6 of 8 were right"},
		{"wrong itself", &engine.Verdict{Votes: 4, Of: 5, Correct: &no}, "in past attempts with a 4-of-5 vote, 7 of 8 were right"},
		{"never right", &engine.Verdict{Votes: 4, Of: 8, Correct: &no}, "in a past attempt with a 4-of-8 vote, 0 of 1 was right"},
		{"only itself", &engine.Verdict{Votes: 1, Of: 1, Correct: &yes}, ""},
		{"one other", &engine.Verdict{Votes: 1, Of: 1}, "in a past attempt with a 1-of-1 vote, 1 of 1 was right"},
		{"splits without it", &engine.Verdict{Votes: 4, Of: 8, Correct: &yes}, ""},
		{"splits without it, always right", &engine.Verdict{Votes: 2, Of: 2, Correct: &no}, ""},
		{"never fell so", &engine.Verdict{Votes: 5, Of: 5}, ""},
		{"nearly so", &engine.Verdict{Votes: 4, Of: 6}, ""},
		{"a judge chose", &engine.Verdict{Votes: 4, Of: 5, Chosen: "judge"}, ""},
	} {
		if got := Precedent(splits, row.verdict); got != row.want {
			t.Errorf("%s: got %q, want %q", row.name, got, row.want)
		}
	}
	if splits[2] != (engine.Split{Votes: 4, Of: 5, Right: 7, Scored: 9}) {
		t.Errorf("the splits were changed: %+v", splits[2])
	}
}
