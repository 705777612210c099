package store

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// spoke stores an attempt that has ended, in which a sample thought, replied and ran code.
func spoke(t testing.TB, d *DB, id engine.AttemptID, statement, thought, reply, code string) {
	t.Helper()
	facts := []engine.Fact{
		engine.AttemptStarted{Problem: engine.Problem{Statement: statement}, Plan: engine.Plan{Model: "qwen3:8b", Samples: 2}},
		engine.SampleStarted{},
		engine.SampleStarted{Sample: 1},
		engine.Delta{Channel: engine.Thinking, Text: thought},
		engine.Delta{Channel: engine.Reply, Text: "void " + string(id)},
		engine.SampleRetried{Try: 2},
		engine.CodeStarted{Number: 1, Code: code},
		engine.CodeFinished{Number: 1},
	}
	for half := range 2 { // words are cut anywhere, and samples speak by turns
		from, to := half*len(reply)/2, (half+1)*len(reply)/2
		facts = append(facts, engine.Delta{Channel: engine.Reply, Text: reply[from:to]}, engine.Delta{Sample: 1, Channel: engine.Reply, Text: "other"})
	}
	facts = append(facts, engine.SampleFinished{Answer: "5050"}, engine.AttemptFinished{Verdict: engine.Verdict{Answer: "5050", Votes: 1, Of: 1, Why: engine.AllEnded}})
	events := make([]engine.Event, len(facts))
	for i, f := range facts {
		events[i] = engine.Event{Attempt: id, Seq: uint64(i + 1), At: start.Add(time.Duration(i) * time.Second), Fact: f}
	}
	if err := d.commit(events); err != nil {
		t.Fatal(err)
	}
}

// indexed brings the index up to date, in steps.
func indexed(t testing.TB, d *DB) {
	t.Helper()
	if err := d.compressAll(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	if err := d.indexAll(t.Context(), nil, 0, indexingTold); err != nil {
		t.Fatal(err)
	}
	if n, err := d.Unindexed(t.Context()); err != nil || n != 0 {
		t.Fatalf("%d attempts are not indexed, %v", n, err)
	}
}

// TestWhatSamplesSaidIsFound: by words of replies and of code, also together with words of
// the row; not by what was thought, nor by what became void.
func TestWhatSamplesSaidIsFound(t *testing.T) {
	d := quiet(t, filepath.Join(t.TempDir(), "aimo3.db"))
	spoke(t, d, "a1", "Sum the integers.", "perhaps telescoping", `By Gauss, \(\frac{100\cdot 101}{2}=5050\). Évaluation`, "total = sum(range(101))")
	spoke(t, d, "a2", "Count triangles.", "maybe Heron", "By Burnside there are 7.", "from sympy import binomial")
	spoke(t, d, "a3", "Count squares.", "", "三角形の面積 by "+strings.Repeat("9", 100), "")
	if found, err := d.Attempts(t.Context(), engine.Filter{Words: "gauss"}); err != nil || len(found) > 0 {
		t.Errorf("before it is indexed: %v, %v", ids(found), err)
	}
	indexed(t, d)
	for words, want := range map[string]string{
		"gauss": "a1", "GAU": "", "gaus": "a1", "evaluation": "a1", "sympy": "a2", "range": "a1", "binomial count": "a2", "burnside triangles qwen3:8b": "a2",
		"by": "a3 a2 a1", "count": "a3 a2", "coun": "a3 a2", "co": "a3 a2", "telescoping": "", "heron": "", "void": "", "5050": "a3 a2 a1", "101": "a1", "10": "",
		"三角": "a3", strings.Repeat("9", 100): "", "gauss burnside": "", "other": "a3 a2 a1", `frac{100`: "a1", `"gauss" OR "burnside"`: "", "gauss*": "a1",
	} {
		for _, limit := range []int{0, 1} {
			got := ""
			for f := (engine.Filter{Words: words, Limit: limit}); ; {
				page := listedWith(t, d, f)
				got = strings.TrimSpace(got + " " + ids(page))
				if limit == 0 || len(page) < limit {
					break
				}
				f.Before = page[len(page)-1].ID
			}
			equal(t, words, got, want)
		}
	}
}

// TestPassages: where words stand, unless the row says them all.
func TestPassages(t *testing.T) {
	d := quiet(t, filepath.Join(t.TempDir(), "aimo3.db"))
	long := strings.Repeat("and so on ", 40)
	spoke(t, d, "a1", "Sum the integers.", "gauss", long+"by\nGauss, it is "+long, "n = 1 # Euler")
	for words, want := range map[string]engine.Passage{
		"gauss":     {Text: "…so on and so on and so on and so on by Gauss, it is and so on and so on and so on and so on and so on and so on and so…"},
		"euler":     {Cell: 1, Text: "n = 1 # Euler"},
		"sum euler": {Cell: 1, Text: "n = 1 # Euler"},
		"other":     {Sample: 1, Text: "otherother"},
		"integers":  {},
		"qwen3 sum": {},
		"nothing":   {},
		"":          {},
	} {
		got, ok, err := d.Passage(t.Context(), "a1", words)
		if err != nil || ok != (want.Text != "") || ok && got != want {
			t.Errorf("%s: %+v, %v, %v; want %+v", words, got, ok, err, want)
		}
	}
}

// TestIndexIsOfWhatIsThere: attempts that are removed leave no word behind, whatever an
// index that was stopped had done goes on, and older databases are indexed, and told of it.
func TestIndexIsOfWhatIsThere(t *testing.T) {
	path := filepath.Join(t.TempDir(), "aimo3.db")
	d := quiet(t, path)
	for i := range 3 * maxIndexed {
		spoke(t, d, engine.AttemptID("a"+string(rune('0'+i))), "Sum.", "", "euler", "")
	}
	if err := d.compressAll(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	wake := make(chan struct{}, 1)
	if more, err := d.indexSome(t.Context()); err != nil || !more {
		t.Fatal(more, err)
	}
	wake <- struct{}{}
	if err := d.indexAll(t.Context(), wake, 0, indexingTold); err != nil {
		t.Fatal(err)
	}
	if n, err := d.Unindexed(t.Context()); err != nil || n != 2*maxIndexed {
		t.Errorf("something to compress goes first: %d left, %v", n, err)
	}
	var told []string
	d.Tell(func(line string) { told = append(told, line) })
	if err := d.indexAll(t.Context(), nil, 0, 2*maxIndexed); err != nil {
		t.Fatal(err)
	}
	if len(told) != 2 || !strings.Contains(told[0], "in 32 attempts is being indexed") || !strings.Contains(told[1], "is indexed") {
		t.Errorf("told %q", told)
	}
	equal(t, "found", len(listedWith(t, d, engine.Filter{Words: "euler"})), 3*maxIndexed)
	for _, a := range listedWith(t, d, engine.Filter{Limit: 5}) {
		if err := d.mark(t.Context(), a.ID, stamped(start)); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.purge(t.Context(), time.Now()); err != nil {
		t.Fatal(err)
	}
	var left int
	if err := d.reader.QueryRow(`SELECT count(*) FROM said WHERE said MATCH 'euler'`).Scan(&left); err != nil || left != 3*maxIndexed-5 {
		t.Errorf("%d documents have the word, %v", left, err)
	}
	if err := d.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestOlderAttemptsAreIndexed: what programs recorded before there was the index is found.
func TestOlderAttemptsAreIndexed(t *testing.T) {
	kept, err := filepath.Glob("testdata/*/*.db.gz")
	if err != nil || len(kept) == 0 {
		t.Fatalf("no database of an older program: %v", err)
	}
	for _, name := range kept {
		path := filepath.Join(t.TempDir(), "aimo3.db")
		unzip(t, name, path)
		d := quiet(t, path)
		indexed(t, d)
		for _, a := range listedWith(t, d, engine.Filter{Limit: 1000}) {
			p, err := d.spoken(t.Context(), a.ID)
			if err != nil {
				t.Fatal(err)
			}
			if a.Verdict == nil || len(p.Samples) == 0 {
				continue
			}
			for _, word := range engine.WordParts(p.Samples[0].Reply.String()) {
				if found := listedWith(t, d, engine.Filter{Words: word}); !strings.Contains(ids(found), string(a.ID)) && len(word) <= maxWordBytes {
					t.Errorf("%s: %s is not found by %q", name, a.ID, word)
				}
			}
		}
	}
}

// TestSearchesArePlanned: both indexes are read newest first, and each attempt by its
// number; what is to be indexed, and what has no end, has an index of its own.
func TestSearchesArePlanned(t *testing.T) {
	d := quiet(t, filepath.Join(t.TempDir(), "aimo3.db"))
	for query, want := range map[string]string{
		`SELECT a.n FROM said CROSS JOIN attempts a ON a.n = said.docid WHERE said MATCH 'x' AND said.docid < 9 AND a.deleted_at IS NULL ORDER BY said.docid DESC LIMIT 5`: "SCAN said VIRTUAL TABLE INDEX 262147:DESC; SEARCH a USING INTEGER PRIMARY KEY (rowid=?)",
		`SELECT n, id FROM attempts WHERE indexed = 0 AND ended IS NOT NULL AND compressed = 1 ORDER BY n DESC LIMIT 5`:                                                    "SCAN attempts USING INDEX attempts_unindexed",
		`SELECT count(*) FROM attempts WHERE ended IS NOT NULL AND indexed = 0`:                                                                                            "SCAN attempts USING INDEX attempts_unindexed",
		`SELECT a.n FROM attempts a WHERE a.n < 9 AND a.deleted_at IS NULL AND a.ended IS NULL ORDER BY a.n DESC LIMIT 5`:                                                  "SEARCH a USING INDEX attempts_unended (n<?)",
	} {
		if got := planOf(t, d, query); got != want {
			t.Errorf("%s\n is planned as %s\n want %s", query, got, want)
		}
	}
}

// planOf is how SQLite means to answer a query.
func planOf(t *testing.T, d *DB, query string) string {
	t.Helper()
	rows, err := d.reader.Query("EXPLAIN QUERY PLAN " + query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var plan []string
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			t.Fatal(err)
		}
		plan = append(plan, step)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return strings.Join(plan, "; ")
}
