package store

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// attempt records a short attempt; without an answer it never ends.
func attempt(t testing.TB, d *DB, id engine.AttemptID, statement, model, answer string) {
	t.Helper()
	events := []engine.Event{
		{Attempt: id, Seq: 1, At: start, Fact: engine.AttemptStarted{
			Problem: engine.Problem{ID: "p1", Source: "typed", Statement: statement, Key: "7"}, Plan: engine.Plan{Model: model, Samples: 2},
		}},
		{Attempt: id, Seq: 2, At: start.Add(time.Second), Fact: engine.SampleStarted{}},
		{Attempt: id, Seq: 3, At: start.Add(2 * time.Second), Fact: engine.SampleFinished{Answer: engine.Answer(answer), Ending: engine.Ending{Tokens: 40}}},
	}
	if answer != "" {
		events = append(events, engine.Event{Attempt: id, Seq: 4, At: start.Add(5 * time.Second), Fact: engine.AttemptFinished{
			Verdict: engine.Verdict{Answer: engine.Answer(answer), Votes: 1, Of: 1, Margin: 1, Why: engine.AllEnded},
		}})
	}
	if err := d.commit(events); err != nil {
		t.Fatal(err)
	}
}

func ids(all []engine.Summary) string {
	var b strings.Builder
	for _, s := range all {
		b.WriteString(string(s.ID) + " ")
	}
	return strings.TrimSpace(b.String())
}

func TestSummaries(t *testing.T) {
	d := opened(t)
	attempt(t, d, "a1", "one", "qwen3:8b", "7")
	attempt(t, d, "a2", "two", "qwen3:8b", "")
	all, err := d.Attempts(t.Context(), engine.Filter{})
	if err != nil || len(all) != 2 {
		t.Fatal(all, err)
	}
	p := engine.Problem{ID: "p1", Source: "typed", Key: "7", Statement: "two"}
	equal(t, "killed", all[0], engine.Summary{ID: "a2", Begun: start, Took: 2 * time.Second, Problem: p, Model: "qwen3:8b", Samples: 2, Tokens: 40})
	p.Statement = "one"
	verdict := &engine.Verdict{Answer: "7", Votes: 1, Of: 1, Margin: 1, Why: engine.AllEnded}
	equal(t, "ended", all[1], engine.Summary{ID: "a1", Begun: start, Took: 5 * time.Second, Problem: p, Model: "qwen3:8b", Samples: 2, Tokens: 40, Verdict: verdict})
}

// TestTokensOfAllSamplesAreListed: those that a stopped and a failed sample had generated
// count with those of one that answered.
func TestTokensOfAllSamplesAreListed(t *testing.T) {
	d := opened(t)
	attempt(t, d, "a1", "one", "qwen3:8b", "")
	if err := d.commit([]engine.Event{
		{Attempt: "a1", Seq: 4, At: start, Fact: engine.SampleFailed{Sample: 1, Cause: "cut", Tokens: 300}},
		{Attempt: "a1", Seq: 5, At: start, Fact: engine.SampleStopped{Sample: 2, Tokens: 7}},
	}); err != nil {
		t.Fatal(err)
	}
	all, err := d.Attempts(t.Context(), engine.Filter{})
	if err != nil || len(all) != 1 || all[0].Tokens != 347 {
		t.Errorf("listed %+v, %v; want 347 tokens", all, err)
	}
}

func TestFilter(t *testing.T) {
	d := opened(t)
	attempt(t, d, "0001aaaa", `Find $\frac{a}{b}$ when n = 2024.`, "qwen3:8b", "336")
	attempt(t, d, "0002bbbb", `Évaluez la série ∑ 1/n² où n ≥ 1`, "gpt-oss:120b", "")
	attempt(t, d, "0002cccc", `三角形 の 面積 AND OR NOT NEAR`, "qwen3:4b", "52")
	for words, want := range map[string]string{
		"":                            "0002cccc 0002bbbb 0001aaaa",
		" \t\n":                       "0002cccc 0002bbbb 0001aaaa",
		"find":                        "0001aaaa",
		"FI":                          "0001aaaa",
		"ind":                         "",
		"finding":                     "",
		`\frac{a}`:                    "0001aaaa",
		`\frac{b}`:                    "",
		"frac 202 qwen":               "0001aaaa",
		"frac gpt":                    "",
		"336":                         "0001aaaa",
		"qwen3:":                      "0002cccc 0001aaaa",
		"qwen3:8b":                    "0001aaaa",
		"0002":                        "0002cccc 0002bbbb",
		"evalue SÉRIE":                "0002bbbb",
		"e\u0301valuez":               "0002bbbb",
		"三角":                          "0002cccc",
		"and":                         "0002cccc",
		"near":                        "0002cccc",
		"OR":                          "0002cccc",
		"∑":                           "0002cccc 0002bbbb 0001aaaa",
		`"`:                           "0002cccc 0002bbbb 0001aaaa",
		`statement:find`:              "",
		`find"`:                       "0001aaaa",
		`*`:                           "0002cccc 0002bbbb 0001aaaa",
		`fi*nd`:                       "",
		"find' OR 1=1":                "",
		strings.Repeat("find ", 9000): "0001aaaa",
		strings.Repeat("f+", 9000):    "",
		"\xff\xfefind":                "0001aaaa",
	} {
		got, err := d.Attempts(t.Context(), engine.Filter{Words: words})
		if err != nil || ids(got) != want {
			t.Errorf("%.40q: got %q (%v), want %q", words, ids(got), err, want)
		}
	}
}

func FuzzFilter(f *testing.F) {
	d := opened(f)
	attempt(f, d, "0001aaaa", `Find $\frac{a}{b}$`, "qwen3:8b", "336")
	for _, words := range []string{`a"b`, "NEAR/2", "(", "-", "x*", "\x00", "a\x00b", "col:", "\\int_{0}^{1}", "^a", "a OR", "NOT a"} {
		f.Add(words)
	}
	f.Fuzz(func(t *testing.T, words string) {
		if _, err := d.Attempts(t.Context(), engine.Filter{Words: words}); err != nil {
			t.Errorf("%q: %v", words, err)
		}
		found, err := d.Attempts(t.Context(), engine.Filter{Words: match(words) + " find"})
		if err != nil || len(found) > 1 {
			t.Errorf("%q: %v, %v", words, found, err)
		}
	})
}

func TestPages(t *testing.T) {
	d := opened(t)
	for i := range 25 {
		attempt(t, d, engine.AttemptID(fmt.Sprintf("a%02d", i)), fmt.Sprintf("number %d", i%2), "m", "1")
	}
	for words, want := range map[string]int{"": 25, "number 1": 25, "num": 25, "m num 0": 13} {
		f, seen := engine.Filter{Words: words, Limit: 4}, map[engine.AttemptID]bool{}
		last := engine.AttemptID("b")
		for {
			page, err := d.Attempts(t.Context(), f)
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range page {
				if s.ID >= last || seen[s.ID] {
					t.Errorf("%q: %s after %s", words, s.ID, last)
				}
				seen[s.ID], last = true, s.ID
			}
			if len(page) == 0 {
				break
			}
			f.Before = last
		}
		equal(t, "listed for "+words, len(seen), want)
	}
	_, err := d.Attempts(t.Context(), engine.Filter{Before: "nowhere"})
	wantFault(t, err, engine.Invalid, "nowhere")
}

func TestNamingAnAttempt(t *testing.T) {
	d := opened(t)
	_, err := d.Attempt(t.Context(), "last")
	wantFault(t, err, engine.Invalid, "no attempt is stored")
	for _, id := range []engine.AttemptID{"abc1", "abc12", "abd", "zz"} {
		attempt(t, d, id, "statement of "+string(id), "m", "1")
	}
	for name, want := range map[string]engine.AttemptID{"last": "zz", "abc1": "abc1", "abc12": "abc12", " abd\n": "abd", "z": "zz", "abd": "abd"} {
		if s, err := d.Attempt(t.Context(), name); err != nil || s.ID != want {
			t.Errorf("%q: got %s (%v), want %s", name, s.ID, err, want)
		}
	}
	for name, says := range map[string]string{"": "no attempt is named", "ab": "abc12 (statement of abc12)", "q": `"q"`, "%": `"%"`, "LAST": "LAST"} {
		_, err := d.Attempt(t.Context(), name)
		wantFault(t, err, engine.Invalid, says, " · ")
	}
}

func listed(t testing.TB, d *DB) []engine.Summary {
	t.Helper()
	all, err := d.Attempts(t.Context(), engine.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
