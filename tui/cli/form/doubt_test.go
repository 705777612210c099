package form

import (
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/wire"
	"github.com/aimo3/aimo3/tui/export"
)

// voted is an attempt of eight samples that gave these answers; those beyond them were
// stopped.
func voted(why engine.Reason, answers ...engine.Answer) *engine.Progress {
	p := &engine.Progress{ID: "a1", Problem: engine.Problem{Statement: "Find n."}, Samples: make([]engine.SampleProgress, 8)}
	for i, a := range answers {
		p.Tally = p.Tally.Add(i, a)
		p.Samples[i].State, p.Samples[i].Answer = engine.Finished, a
	}
	for i := len(answers); i < 8; i++ {
		p.Samples[i].State = engine.Stopped
	}
	v := p.Tally.Verdict("", why, nil)
	p.Verdict = &v
	return p
}

// TestReportsSayTheDoubt of a weak verdict, in every form, as the screen does; of a strong
// one they say none.
func TestReportsSayTheDoubt(t *testing.T) {
	for _, row := range []struct {
		name  string
		p     *engine.Progress
		doubt string
	}{
		{"stopped after the first", voted(engine.Cancelled, "4048"), "one vote only"},
		{"three ways", voted(engine.AllEnded, "1", "2", "3"), "a tie"},
		{"a third", voted(engine.AllEnded, "1", "1", "2", "3", "4", "5"), "no majority"},
		{"four agree", voted(engine.FourAgree, "1", "1", "1", "1"), ""},
	} {
		var solved, shown, document, object strings.Builder
		if err := WriteVerdict(&solved, row.p, nil, false); err != nil {
			t.Fatal(err)
		}
		if err := WriteAttempt(&shown, row.p, nil); err != nil {
			t.Fatal(err)
		}
		if err := export.WriteMarkdown(&document, row.p, engine.Marks{}); err != nil {
			t.Fatal(err)
		}
		if err := wire.WriteJSON(&object, wire.Of(row.p, true)); err != nil {
			t.Fatal(err)
		}
		line, field := "\n"+row.doubt+" · ", `"doubt":"`+row.doubt+`"`
		for form, text := range map[string]string{"solve": solved.String(), "show": shown.String(), "document": document.String()} {
			_, after, _ := strings.Cut(text, "Answer: ")
			if row.doubt != "" && !strings.Contains(after, line) {
				t.Errorf("%s, %s: no %q in\n%s", row.name, form, line, text)
			}
			for _, other := range []string{"one vote only", "a tie ·", "no majority"} {
				if row.doubt == "" && strings.Contains(text, other) {
					t.Errorf("%s, %s: %q in\n%s", row.name, form, other, text)
				}
			}
		}
		if got := strings.ReplaceAll(object.String(), `": "`, `":"`); strings.Contains(got, field) != (row.doubt != "") {
			t.Errorf("%s: %s in\n%s", row.name, field, got)
		}
	}
}
