package engine_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/aimo3/aimo3/engine"
)

var noon = time.Date(2026, 3, 5, 12, 0, 0, 0, time.FixedZone("here", 2*3600))

// TestParseFilter: what is typed, and the filter that it is, as String writes it.
func TestParseFilter(t *testing.T) {
	for typed, want := range map[string]string{
		"":                             "",
		" circle  inscribed ":          "circle inscribed",
		"is:wrong":                     "is:wrong",
		"IS:wrong":                     "is:wrong",
		"circle is:wrong model:Qwen3 ": "circle is:wrong model:Qwen3",
		"is:right circle is:split":     "circle is:right is:split",
		"qwen3:8b":                     `"qwen3:8b"`,
		"3:4 f:R":                      `"3:4" "f:R"`,
		`"model:x"`:                    `"model:x"`,
		`"inscribed circle" in`:        "inscribed-circle in",
		`"inscribed circle`:            "inscribed-circle",
		`source:"imo 2020.txt"`:        `source:"imo 2020.txt"`,
		"model:llama3.2:3b":            "model:llama3.2:3b",
		"verdict:none verdict:1:2":     "verdict:none verdict:1:2",
		"tag:#Geometry is:starred":     "tag:geometry is:starred",
		"after:2026-01-02":             "after:2026-01-01T22:00:00Z",
		"before:2026-01-02T15:04":      "before:2026-01-02T13:04:00Z",
		"after:today":                  "after:2026-03-04T22:00:00Z",
		"after:yesterday":              "after:2026-03-03T22:00:00Z",
		"after:2026-01-02T03:04:05Z":   "after:2026-01-02T03:04:05Z",
		`"" "`:                         "",
		"é:x ab1:x":                    `"é:x" "ab1:x"`,
		"x + 1":                        "x + 1",
	} {
		f, err := engine.ParseFilter(typed, noon)
		if got := f.String(); err != nil || got != want {
			t.Errorf("%s: got %s (%v), want %s", typed, got, err, want)
		}
	}
}

// TestFilterThatIsNone says what is wrong, and which there are.
func TestFilterThatIsNone(t *testing.T) {
	for typed, wants := range map[string][]string{
		"modle:x":                 {`"modle:" is no filter`, "did you mean model:?", "after: before: is:"},
		"http://x":                {`"http:" is no filter`, "in quotes"},
		"is:":                     {"is: needs a value", "right wrong split"},
		"is:good":                 {`no attempt is "good"`, "right wrong split"},
		"model:":                  {"model: needs a value"},
		"after:monday":            {`"monday" is no day`, "2026-01-02"},
		"before:9999-1-1":         {"is no day"},
		"after:9999-12-31":        {"is no day"},
		"is:wrong x verdict:\"\"": {"verdict: needs a value", "none"},
		"is:wrng":                 {`no attempt is "wrng"`, "did you mean wrong?", "right wrong split"},
		"+ 🙂":                     {"has no letter or digit to look for"},
		"is:wrong !!!":            {`"!!!" has no letter`},
	} {
		f, err := engine.ParseFilter(typed, noon)
		if engine.ClassOf(err) != engine.Invalid || f.String() != "" {
			t.Errorf("%s: %v, %v", typed, f, err)
			continue
		}
		for _, want := range wants {
			if !strings.Contains(engine.Hint(err), want) {
				t.Errorf("%s: %q does not say %q", typed, engine.Hint(err), want)
			}
		}
	}
}

// TestFilterIsReadAsItIsWritten: whatever can be read is the same when it is written, and
// read again elsewhere.
func TestFilterIsReadAsItIsWritten(t *testing.T) {
	part := rapid.SampledFrom([]string{"is:", "wrong", "model:", "a", "é", " ", " ", `"`, ":", "3", "after:", "2026-01-02", "today", "-", "\u00a0", "verdict:", "none", "\t"})
	rapid.Check(t, func(t *rapid.T) {
		typed := strings.Join(rapid.SliceOfN(part, 0, 12).Draw(t, "parts"), "")
		f, err := engine.ParseFilter(typed, noon)
		if err != nil {
			return
		}
		again, err := engine.ParseFilter(f.String(), noon.AddDate(1, 0, 0).UTC())
		if err != nil || again.String() != f.String() || again.Words != f.Words || len(again.Terms) != len(f.Terms) {
			t.Fatalf("%q is %q, which is %q (%v)", typed, f, again, err)
		}
	})
}

// TestTraits: each of the attempts has those traits, and the rest has not.
func TestTraits(t *testing.T) {
	yes, no := true, false
	runs := func(id engine.AttemptID) bool { return id == "runs" }
	for name, c := range map[string]struct {
		a    engine.Summary
		want string
	}{
		"all say so":       {engine.Summary{Samples: 5, Verdict: &engine.Verdict{Answer: "1", Votes: 5, Of: 5, Margin: 1, Correct: &yes}}, "right"},
		"some say nothing": {engine.Summary{Samples: 5, Verdict: &engine.Verdict{Answer: "1", Votes: 3, Of: 5, Margin: 0.6}}, ""},
		"one says another": {engine.Summary{Samples: 5, Verdict: &engine.Verdict{Answer: "1", Votes: 4, Of: 5, Margin: 0.6, Correct: &no}}, "wrong split"},
		"a tie":            {engine.Summary{Samples: 2, Verdict: &engine.Verdict{Answer: "1", Votes: 1, Of: 2, Tie: engine.TieEntropy}}, "split doubtful"},
		"chosen":           {engine.Summary{Samples: 9, Verdict: &engine.Verdict{Answer: "1", Votes: 4, Of: 9, Chosen: "verify"}}, "split"},
		"no answer":        {engine.Summary{Samples: 5, Verdict: &engine.Verdict{Of: 5}}, "failed"},
		"took long":        {engine.Summary{Took: engine.SlowFrom, Samples: 5, Verdict: &engine.Verdict{Answer: "1", Votes: 5, Of: 5, Margin: 1}}, "slow"},
		"runs":             {engine.Summary{ID: "runs", Samples: 5}, "running"},
		"starred, judged":  {engine.Summary{Samples: 5, Marks: engine.Marks{Starred: true, Right: &no}, Verdict: &engine.Verdict{Answer: "1", Votes: 5, Of: 5, Margin: 1, Correct: &yes}}, "wrong starred"},
		"was cut short":    {engine.Summary{ID: "dead", Samples: 5}, "unfinished"},
	} {
		var got []string
		for _, trait := range engine.Traits() {
			if (engine.Filter{Terms: []engine.Term{{Key: engine.KeyIs, Value: trait}}}).Holds(&c.a, runs) {
				got = append(got, trait)
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: is %v, want %s", name, got, c.want)
		}
	}
}

// TestTermsHold: all of them must.
func TestTermsHold(t *testing.T) {
	a := engine.Summary{
		Marks: engine.Marks{Tags: []string{"hard"}}, Begun: noon, Model: "Qwen3:8b", Problem: engine.Problem{Source: "imo/2020.txt"}, Samples: 4,
		Verdict: &engine.Verdict{Answer: "2A", Votes: 4, Of: 4, Margin: 1},
	}
	for typed, want := range map[string]bool{
		"model:qwen": true, "model:8B": true, "model:gpt": false, "source:imo": true, "source:typed": false,
		"verdict:2a": true, "verdict:2": false, "verdict:none": false,
		"after:today": true, "before:today": false, "after:2026-03-05T12:00": true, "before:2026-03-05T12:00": false,
		"tag:hard": true, "tag:har": false, "tag:HARD": true,
		"model:qwen source:imo": true, "model:qwen source:typed": false, "": true,
	} {
		f, err := engine.ParseFilter(typed, noon)
		if err != nil || f.Holds(&a, nil) != want {
			t.Errorf("%s: want %v, %v", typed, want, err)
		}
	}
}
