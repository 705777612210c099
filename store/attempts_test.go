package store

import (
	"database/sql"
	"fmt"
	"path/filepath"
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

func TestDeleteAndRestore(t *testing.T) {
	d := opened(t)
	attempt(t, d, "a1", "first", "m", "1")
	attempt(t, d, "a2", "second", "m", "1")
	before, events := listed(t, d), stored(t, d, "a2")
	for range 2 { // deleting twice is deleting
		if err := d.Delete(t.Context(), "a2"); err != nil {
			t.Fatal(err)
		}
	}
	equal(t, "listed", ids(listed(t, d)), "a1")
	if found, err := d.Attempts(t.Context(), engine.Filter{Words: "second"}); err != nil || len(found) > 0 {
		t.Errorf("found %v, %v", found, err)
	}
	if s, err := d.Attempt(t.Context(), "last"); err != nil || s.ID != "a1" {
		t.Errorf("last is %s, %v", s.ID, err)
	}
	if err := d.Restore(t.Context(), "a2"); err != nil {
		t.Fatal(err)
	}
	equal(t, "listed", listed(t, d), before)
	equal(t, "events", stored(t, d, "a2"), events)
	wantFault(t, d.Delete(t.Context(), "nobody"), engine.Invalid, "nobody")
	wantFault(t, d.Restore(t.Context(), "nobody"), engine.Invalid, "nobody")
}

func TestPurge(t *testing.T) {
	path := filepath.Join(t.TempDir(), "aimo3.db")
	d := openedAt(t, path)
	day := 24 * time.Hour
	for id, age := range map[engine.AttemptID]time.Duration{"kept": -1, "fresh": 6 * day, "stale": 8 * day} {
		attempt(t, d, id, "statement "+string(id), "m", "1")
		if age > 0 {
			if err := d.mark(t.Context(), id, stamped(time.Now().Add(-age))); err != nil {
				t.Fatal(err)
			}
		}
	}
	again := openedAt(t, path)
	s, err := again.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "left", [2]int{s.Attempts, s.Deleted}, [2]int{1, 1})
	equal(t, "events of stale", len(stored(t, again, "stale")), 0)
	equal(t, "events of fresh", len(stored(t, again, "fresh")), 4)
	wantFault(t, again.Restore(t.Context(), "stale"), engine.Invalid, "stale")
	var n int
	if err := again.reader.QueryRow(`SELECT count(*) FROM search WHERE search MATCH 'stale'`).Scan(&n); err != nil || n != 0 {
		t.Errorf("the index still finds %d of it, %v", n, err)
	}
	if err := again.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestCheckFindsWhatIsWrong(t *testing.T) {
	for name, wrong := range map[string]string{
		"a word of no attempt":   `INSERT INTO search (docid, statement, answer, model, id) VALUES (77, 'ghost', '', '', '')`,
		"an event of no attempt": `PRAGMA foreign_keys = OFF; INSERT INTO events VALUES ('nobody', 1, '', 'x', '{}')`,
	} {
		t.Run(name, func(t *testing.T) {
			d := opened(t)
			attempt(t, d, "a1", "first", "m", "1")
			if err := d.Check(t.Context()); err != nil {
				t.Fatal(err)
			}
			if _, err := d.writer.Exec(wrong); err != nil {
				t.Fatal(err)
			}
			wantFault(t, d.Check(t.Context()), engine.Storage, "damaged", d.Path())
		})
	}
}

func TestStats(t *testing.T) {
	d := opened(t)
	attempt(t, d, "a1", "first", "m", "1")
	s, err := d.Stats(t.Context())
	if err != nil || s.Size < 8192 || s.Attempts != 1 || s.Deleted != 0 || s.Version != 1 || !strings.HasPrefix(s.SQLite, "3.") || s.Path != d.Path() {
		t.Errorf("got %+v, %v", s, err)
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

// Every version that was released comes up to the newest with all it holds:
// testdata/version-N.sql is what the program of version N had stored.
func TestMigrations(t *testing.T) {
	all, err := migrations()
	if err != nil {
		t.Fatal(err)
	}
	for version := 1; version <= len(all); version++ {
		t.Run(fmt.Sprint(version), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "aimo3.db")
			for _, script := range all[:version] {
				execute(t, path, script)
			}
			execute(t, path, read(t, fmt.Sprintf("testdata/version-%d.sql", version)))
			execute(t, path, fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, version))
			d := openedAt(t, path)
			got := listed(t, d)
			if len(got) != 2 || got[0].Verdict != nil || got[1].Verdict == nil || got[1].Verdict.Answer != "4" || got[1].Tokens != 12 {
				t.Errorf("listed %+v", got)
			}
			if found, err := d.Attempts(t.Context(), engine.Filter{Words: "what two"}); err != nil || ids(found) != "06h2000000old001" {
				t.Errorf("found %q, %v", ids(found), err)
			}
			events := stored(t, d, "06h2000000old001")
			if len(events) != 6 || events[5].Kind() != "attempt_finished" || !strings.Contains(told(events), `"2+2=4"`) {
				t.Errorf("events %v", events)
			}
			if err := d.Check(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestAMigrationThatFailsLeavesNothing(t *testing.T) {
	d := opened(t)
	err := d.inTx(t.Context(), func(tx *sql.Tx) error {
		return step(t.Context(), tx, 2, "CREATE TABLE half (x) STRICT")
	})
	if err == nil {
		t.Fatal("a table without types was made STRICT")
	}
	err = d.inTx(t.Context(), func(tx *sql.Tx) error {
		return step(t.Context(), tx, 2, "CREATE TABLE half (x); SELECT nonsense")
	})
	var n, version int
	if e := d.writer.QueryRow(`SELECT (SELECT count(*) FROM sqlite_schema WHERE name = 'half'), user_version FROM pragma_user_version`).Scan(&n, &version); e != nil || err == nil || n != 0 || version == 2 {
		t.Errorf("errors %v, %v; %d tables left, version %d", err, e, n, version)
	}
}
