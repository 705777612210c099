package cli

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/wire"
)

// TestSolveCached: the same again is answered from the cache, by another program too,
// with the same exit code and the same words on standard output; nothing is asked of
// the model, and nothing stored.
func TestSolveCached(t *testing.T) {
	b := newBench(t).boxes("336")
	solve := []string{"solve", "What is 1+1?", "--samples", "1"}
	b.wantCode(b.run(solve...), 0)
	first, id, asked := b.out.String(), b.latest().ID, len(b.server.asked)
	b.after(2 * time.Hour)
	b.wantCode(b.run(append(solve, "--seed", "5")...), 0)
	if got := b.out.String(); got != first {
		t.Errorf("printed\n%s\nwant\n%s", got, first)
	}
	if got, want := b.err.String(), "cached 2 h ago · --no-cache solves afresh\n"; got != want {
		t.Errorf("said %q, want %q", got, want)
	}
	if b.latest().ID != id || len(b.server.asked) != asked {
		t.Errorf("attempt %s after %d more requests", b.latest().ID, len(b.server.asked)-asked)
	}
	if log := b.logged(t); strings.Count(log, `"msg":"cache hit"`) != 1 || !strings.Contains(log, `"tier":"the database"`) {
		t.Errorf("logged %s", log)
	}

	b.wantCode(b.run(append(solve, "--json")...), 0)
	var f wire.Attempt
	if err := json.Unmarshal(b.out.Bytes(), &f); err != nil {
		t.Fatal(err)
	}
	if f.Attempt != id || f.Verdict.Answer != "336" || f.Cached == nil || f.Cached.Attempt != id || !f.Cached.Here || f.Cached.Age < 2*time.Hour || f.Cached.Tier != "the database" {
		t.Errorf("%+v, cached %+v", f, f.Cached)
	}
	b.wantCode(b.run(append(solve, "--events")...), 0)
	events := b.out.String()
	b.wantCode(b.run("history", "show", "last", "--events"), 0)
	if stored := b.out.String(); events != stored {
		t.Errorf("events\n%s\nwant those that are stored\n%s", events, stored)
	}

	b.wantCode(b.run(append(solve, "--no-cache", "--json")...), 0)
	if strings.Contains(b.out.String(), `"cached"`) || b.latest().ID == id || len(b.server.asked) != asked+1 {
		t.Errorf("--no-cache: %d more requests\n%s", len(b.server.asked)-asked, &b.out)
	}
}

// TestSolveCachedWithoutAServer: while none answers, what was solved before is shown, and
// that nobody could be asked; anything else is the same fault as ever.
func TestSolveCachedWithoutAServer(t *testing.T) {
	b := newBench(t).boxes("336")
	solve := []string{"solve", "What is 1+1?", "--samples", "1"}
	b.wantCode(b.run(append(solve, "--model", "qwen3:4b")...), 0)
	first := b.out.String()
	b.after(2 * time.Hour)
	b.connect = &engine.Fault{Class: engine.Unreachable, What: "no server answers at gpu", Todo: "start it"}
	for _, args := range [][]string{{}, {"--model", "QWEN3:4b"}} {
		b.wantCode(b.run(append(solve, args...)...), 0)
		if want := "cached 2 h ago, of a model that cannot be checked now: no server answers at gpu\n"; b.out.String() != first || b.err.String() != want {
			t.Errorf("%v: printed\n%s\nand said %q", args, b.out.String(), b.err.String())
		}
	}
	b.wantCode(b.run(append(solve, "--json")...), 0)
	if !strings.Contains(b.out.String(), `"no_server": "no server answers at gpu"`) {
		t.Errorf("%s", b.out.String())
	}
	for _, args := range [][]string{{"--no-cache"}, {"--no-save"}, {"--model", "smollm2:135m"}, {"--samples", "2"}} {
		b.wantCode(b.run(append(solve, args...)...), 3)
		if want := "aimo3: no server answers at gpu · start it\n"; b.err.String() != want {
			t.Errorf("%v: said %q", args, b.err.String())
		}
	}
}

// logged is what the log of the usual place holds.
func (b *bench) logged(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(strings.TrimSuffix(b.path(), ".db") + ".log")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestSolvedAfresh: what was deleted, changed or cleared, or should not be kept, is
// solved afresh.
func TestSolvedAfresh(t *testing.T) {
	solve := []string{"solve", "What is 1+1?", "--samples", "1"}
	tests := []struct {
		name   string
		first  []string
		change func(t *testing.T, b *bench)
		again  []string
	}{
		{"deleted", solve, func(t *testing.T, b *bench) { b.wantCode(b.run("history", "delete", string(b.latest().ID)), 0) }, solve},
		{"cleared", solve, func(t *testing.T, b *bench) { b.wantCode(b.run("cache", "clear"), 0) }, solve},
		{"a changed model", solve, func(_ *testing.T, b *bench) { b.server.models[0].Digest = "another" }, solve},
		{"a key", solve, func(*testing.T, *bench) {}, append(solve, "--key", "2")},
		{"not kept", append(solve, "--no-cache"), func(*testing.T, *bench) {}, solve},
		{"not saved", append(solve, "--no-save"), func(*testing.T, *bench) {}, append(solve, "--no-save")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t).boxes("336")
			b.wantCode(b.run(tt.first...), 0)
			tt.change(t, b)
			b.wantCode(b.run(tt.again...), 0)
			if len(b.server.asked) != 2 || strings.Contains(b.err.String(), "cached") {
				t.Errorf("%d requests; said %s", len(b.server.asked), &b.err)
			}
		})
	}
}

// TestCacheStats: what is kept, a verdict and which models were there, and how often it was there, for people and in JSON, and
// in doctor.
func TestCacheStats(t *testing.T) {
	b := newBench(t).boxes("336")
	for range 3 {
		b.wantCode(b.run("solve", "What is 1+1?", "--samples", "1"), 0)
	}
	b.wantCode(b.run("cache", "stats"), 0)
	if got := strings.Join(strings.Fields(b.out.String()), " "); !strings.HasPrefix(got, "CACHE ENTRIES SIZE HITS MISSES HIT RATE EVICTED the database 2 ") ||
		!strings.HasSuffix(got, "kB of 34 MB 2 1 67 % 0") {
		t.Errorf("printed %s", got)
	}
	b.wantCode(b.run("cache", "stats", "--json"), 0)
	if got := strings.Join(strings.Fields(b.out.String()), ""); !strings.Contains(got, `"tiers":[{"tier":"thedatabase","entries":2,"bytes":`) || !strings.Contains(got, `"hits":2,"misses":1,"evictions":0}]}`) {
		t.Errorf("printed %s", got)
	}
	_ = b.run("doctor")
	if got := b.out.String(); !strings.Contains(got, "cache ") || !strings.Contains(got, "the database has 2 entries, ") || !strings.Contains(got, ", 67 % hits, 0 evicted") {
		t.Errorf("doctor printed\n%s", got)
	}
	b.wantCode(b.run("cache", "clear"), 0)
	if got := b.err.String(); got != "the cache is empty · attempts are kept\n" {
		t.Errorf("said %q", got)
	}
	b.wantCode(b.run("history", "show", "last"), 0)
	b.env["XDG_DATA_HOME"] = t.TempDir()
	for want, args := range map[string][]string{"nothing is cached yet\n": {"cache", "stats"}, "the cache is empty · attempts are kept\n": {"cache", "clear"}} {
		b.wantCode(b.run(args...), 0)
		if got := b.err.String(); got != want {
			t.Errorf("%v without a database: %q, want %q", args, got, want)
		}
	}
}
