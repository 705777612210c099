package cli

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/wire"
)

// told stores an attempt whose every fact is known.
func (b *bench) told() engine.AttemptID {
	const id = "01kc0000000000ab"
	at := time.Date(2026, 11, 23, 12, 0, 0, 0, time.Local)
	tally := engine.Tally{}.Add(1, "336").Add(0, "336").Add(2, "")
	facts := []engine.Fact{
		engine.AttemptStarted{Problem: engine.Problem{Statement: "Find n.\nIt is | small.", Key: "336"}, Plan: engine.Plan{Model: "qwen3:4b", Samples: 4}.WithDefaults()},
		engine.SampleStarted{Sample: 0},
		engine.SampleStarted{Sample: 1, Seed: 1},
		engine.SampleStarted{Sample: 2, Seed: 2},
		engine.SampleStarted{Sample: 3, Seed: 3},
		engine.Delta{Sample: 1, Channel: engine.Thinking, Text: "Hmm.\x1b[31m", Frames: 2},
		engine.Delta{Sample: 1, Channel: engine.Reply, Text: "It is \\boxed{336}.\x1b]0;title\x07", Frames: 2},
		engine.SampleFinished{Sample: 1, Answer: "336", Ending: engine.Ending{Tokens: 1204}},
		engine.SampleFinished{Sample: 0, Answer: "336", Ending: engine.Ending{Tokens: 12}},
		engine.SampleFinished{Sample: 2, Ending: engine.Ending{Cut: true, Tokens: 9}},
		engine.SampleFailed{Sample: 3, Class: engine.Crashed, Cause: "the runner died", Todo: "look at its log"},
		engine.TallyChanged{Tally: tally},
		engine.Warning{Text: "slow"},
		engine.AttemptFinished{Verdict: engine.Verdict{Answer: "336", Votes: 2, Of: 3, Why: engine.AllEnded, Correct: new(bool)}},
	}
	events := make([]engine.Event, len(facts))
	for i, f := range facts {
		events[i] = engine.Event{Attempt: id, Seq: uint64(i + 1), At: at.Add(time.Duration(i) * 10 * time.Second), Fact: f}
	}
	b.keep(events)
	return id
}

func TestHistoryForPeople(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"list"}, `ID                STARTED           ANSWER  VOTES  TOOK      MODEL     PROBLEM
01kc0000000000ab  2026-11-23 12:00  336     2/3    2 m 10 s  qwen3:4b  Find n.
`},
		{[]string{"show", "01kc"}, `Attempt 01kc0000000000ab · 2026-11-23 12:00 · 2 m 10 s
qwen3:4b · 4 samples, 4 at once · stop four-agree,uncatchable · context 32,768 tokens · seed 0 · think auto · no code

Find n.
It is | small.

Answer: 336
2 of 3 replies · every sample ended · 2 m 10 s · wrong, expected 336
  336          2 votes  by 2, 1
  (no answer)  1        by 3

  sample 1  336 (12 tokens, 1 m 10 s)
  sample 2  336 (1,204 tokens, 50.0 s)
  sample 3  no answer: hit the context window or the token limit (9 tokens, 1 m 00 s)
  sample 4  failed: the runner died · look at its log

warning: slow
`},
		{[]string{"show", "last", "--sample", "2"}, `Sample 2: 336 (1,204 tokens, 50.0 s)
(9 characters of thinking hidden; --thinking shows it)

It is \boxed{336}.`},
		{[]string{"show", "last", "--sample", "2", "--thinking"}, "Sample 2: 336 (1,204 tokens, 50.0 s)\n\n— thinking —\nHmm."},
		{[]string{"export", "last", "--format", "md"}, "# Find n.\n\nFind n.\nIt is | small.\n\n## Verdict\n\nAnswer: 336\n"},
	} {
		b := newBench(t)
		b.told()
		b.wantCode(b.run(append([]string{"history"}, c.args...)...), 0)
		if got := b.out.String(); !strings.HasPrefix(got, c.want) {
			t.Errorf("%q:\n%s\nwant it to begin:\n%s", c.args, got, c.want)
		}
		if strings.ContainsAny(b.out.String(), "\x1b\x07") {
			t.Errorf("%q: a control character of the model's got through: %q", c.args, &b.out)
		}
	}
}

func TestHistoryListFiltersAndLimits(t *testing.T) {
	b := newBench(t).boxes("1")
	for _, p := range []string{"one apple", "two pears", "three apples"} {
		b.wantCode(b.run("solve", p, "--samples", "1"), 0)
	}
	var got struct{ Attempts []engine.Summary }
	b.wantCode(b.run("history", "list", "apple", "--json", "-n", "1"), 0)
	b.object(&got)
	if len(got.Attempts) != 1 || got.Attempts[0].Problem.Statement != "three apples" {
		t.Errorf("got %+v", got.Attempts)
	}
	b.wantCode(b.run("history", "list", "apples", "verdict:1", "is:doubtful", "after:today", "--json"), 0)
	b.object(&got)
	if len(got.Attempts) != 1 || got.Attempts[0].Problem.Statement != "three apples" {
		t.Errorf("by terms: %+v", got.Attempts)
	}
	b.wantCode(b.run("history", "list", "apple modle:x"), 2)
	if !strings.Contains(b.err.String(), `"modle:" is no filter · did you mean model:?`) {
		t.Errorf("a term that is none: %s", &b.err)
	}
	b.wantCode(b.run("history", "list", "plum", "--json"), 0)
	if !strings.Contains(b.out.String(), `"attempts": []`) {
		t.Errorf("nothing found prints %s", &b.out)
	}
}

// TestWhereWordsWereFound is printed, clean, and in JSON; not where the statement has them.
func TestWhereWordsWereFound(t *testing.T) {
	b := newBench(t)
	b.told()
	b.indexed()
	b.wantCode(b.run("history", "list", "boxed"), 0)
	if got := b.out.String(); !strings.Contains(got, "FOUND") || !strings.Contains(got, `sample 2: It is \boxed{336}.`) || strings.ContainsAny(got, "\x1b\x07") {
		t.Errorf("found:\n%s", got)
	}
	var got struct{ Attempts []wire.Hit }
	b.wantCode(b.run("history", "list", "boxed", "--json"), 0)
	b.object(&got)
	if len(got.Attempts) != 1 || got.Attempts[0].Found == nil || got.Attempts[0].Found.Sample != 1 || got.Attempts[0].Problem.Key != "336" {
		t.Errorf("found %+v", got.Attempts)
	}
	b.wantCode(b.run("history", "list", "find"), 0)
	if strings.Contains(b.out.String(), "FOUND") {
		t.Errorf("what the statement has is shown again:\n%s", &b.out)
	}
}

// TestMark: what a person says of an attempt is printed, listed, shown, found and audited;
// an expected answer says whether that of the attempt is right, as votes compare.
func TestMark(t *testing.T) {
	b := newBench(t)
	id := string(b.told()) // it answered 336, which its key, of the same number, calls wrong
	mark := func(want string, args ...string) {
		t.Helper()
		b.wantCode(b.run(append([]string{"history", "mark", "last"}, args...)...), 0)
		if got := b.err.String(); got != id+" is marked with "+want+"\n" {
			t.Errorf("%v: %q, want %q", args, got, want)
		}
	}
	mark("★ · #geometry #hard", "--star", "--tag", "Hard,geometry")
	mark("★ · #geometry · expected 336.0 · right", "--expected", "336.0", "--untag", "#HARD")
	b.wantCode(b.run("history", "list", "is:right", "tag:geometry"), 0)
	if !strings.Contains(b.out.String(), "★ #geometry Find n.") {
		t.Errorf("listed:\n%s", &b.out)
	}
	b.wantCode(b.run("history", "show", "last"), 0)
	if !strings.HasSuffix(b.out.String(), "\nmarked: ★ · #geometry · expected 336.0 · right\n") {
		t.Errorf("shown:\n%s", &b.out)
	}
	mark("★ · #geometry · wrong · note: lost a sign", "--wrong", "--note", "lost a sign")
	for _, args := range [][]string{{"show", "last", "--json"}, {"export", "last"}} {
		b.wantCode(b.run(append([]string{"history"}, args...)...), 0)
		if got := b.out.String(); !strings.Contains(got, `"marks": {`) || !strings.Contains(got, `"note": "lost a sign"`) {
			t.Errorf("%v leaves out what a person said:\n%s", args, got)
		}
	}
	mark("nothing", "--star=false", "--untag", "geometry", "--note", "", "--unjudged")
	mark("nothing", "--expected", " ")
	b.wantCode(b.run("history", "mark", "last", "--tag", "a b"), 2)
	b.wantCode(b.run("history", "mark", "last", "--right", "--expected", "4"), 2)
	if got := b.recordsOf(); strings.Count(got, "cli mark done "+id) != 5 || strings.Count(got, "cli mark failed") != 1 {
		t.Errorf("audited:\n%s", got)
	}
}

// TestQueryIsCompleted: keys of terms, and the values that can be named.
func TestQueryIsCompleted(t *testing.T) {
	b := newBench(t)
	for typed, want := range map[string]string{"mo": "model:\n", "is:wr": "is:wrong\n", "circle": ":", "model:": ":4\n"} {
		b.wantCode(b.run("__complete", "history", "list", typed), 0)
		if got := b.out.String(); !strings.Contains(got, want) {
			t.Errorf("%s completes to %q, want %q in it", typed, got, want)
		}
	}
}

func TestDeleteAndUndo(t *testing.T) {
	b := newBench(t)
	id := string(b.told())
	b.wantCode(b.run("history", "delete", "01kc"), 0)
	if !strings.Contains(b.err.String(), "aimo3 history restore "+id) {
		t.Errorf("stderr %q does not say how to undo", &b.err)
	}
	b.wantCode(b.run("history", "show", id), 2)
	if got := b.err.String(); !strings.Contains(got, "attempt "+id+" is deleted · `aimo3 history restore "+id+"` brings it back") {
		t.Errorf("stderr %q does not say that it is deleted", got)
	}
	b.wantCode(b.run("history", "delete", "--undo", id), 0)
	b.wantCode(b.run("history", "show", id), 0)
	b.wantCode(b.run("history", "delete", id), 0)
	b.wantCode(b.run("history", "list"), 0)
	if !strings.Contains(b.err.String(), "no attempts found") {
		t.Errorf("listed:\n%s", &b.out)
	}
	b.wantCode(b.run("history", "list", "find", "--deleted"), 0)
	if !strings.Contains(b.out.String(), id) || !strings.Contains(b.out.String(), "(until 2") {
		t.Errorf("what was deleted is not listed:\n%s", &b.out)
	}
	b.wantCode(b.run("history", "restore", "01kc"), 0)
	b.wantCode(b.run("history", "show", id), 0)
	b.wantCode(b.run("history", "delete", "--undo", "last"), 2)
	if !strings.Contains(b.err.String(), "no attempt \"last\" is stored, deleted or not · `aimo3 history list --deleted` shows") {
		t.Errorf("stderr %q does not say what can be restored", &b.err)
	}
}

func TestExport(t *testing.T) {
	b := newBench(t)
	id := b.told()
	dir := t.TempDir()
	for _, name := range []string{"a.json", "a.jsonl", "a.md", "a.tex", "a.html"} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte("before"), 0o600); err != nil {
			t.Fatal(err)
		}
		b.wantCode(b.run("history", "export", "last", "-o", path), 0)
		if text, err := os.ReadFile(path); err != nil || !strings.Contains(string(text), "336") {
			t.Errorf("%s: %v %q", name, err, text)
		}
	}
	var f wire.Attempt
	b.wantCode(b.run("history", "export", "last"), 0)
	b.object(&f)
	if f.Attempt != id || f.Samples[1].Thinking != "Hmm.\x1b[31m" || !strings.HasSuffix(f.Samples[1].Reply, "\x07") {
		t.Errorf("JSON is not as the model wrote it: %+v", f.Samples[1])
	}
	lines := strings.Split(strings.TrimSpace(readFile(t, filepath.Join(dir, "a.jsonl"))), "\n")
	for i, line := range lines {
		var e engine.Event
		if err := json.Unmarshal([]byte(line), &e); err != nil || e.Seq != uint64(i+1) {
			t.Fatalf("line %d: %v %s", i+1, err, line)
		}
	}
	if len(lines) != len(b.events(id)) {
		t.Errorf("%d lines, want %d", len(lines), len(b.events(id)))
	}
	b.wantCode(b.run("history", "export", "last", "--format", "pdf"), 2)
	b.wantCode(b.run("history", "export", "last", "-o", filepath.Join(dir, "no", "where.json")), 2)
	b.wantCode(b.run("history", "export", "last", "--format", "MD"), 0)
	for _, to := range []string{"", dir} { // neither is a file, and a name without an ending means JSON
		b.wantCode(b.run("history", "export", "last", "--format", "md", "-o", to), 2)
		if !strings.Contains(b.err.String(), "is not a file · name a file with -o") {
			t.Errorf("to %q: stderr %q", to, &b.err)
		}
	}
	b.wantCode(b.run("history", "export", "last", "-o", "/dev/full"), 2)
	if !strings.Contains(b.err.String(), "cannot write /dev/full: no space left on device · check") {
		t.Errorf("a full device: %q", &b.err)
	}
	db := filepath.Join(b.env["XDG_DATA_HOME"], "aimo3", "aimo3.db")
	b.wantCode(b.run("history", "export", "last", "--format", "json", "-o", db), 2)
	if !strings.Contains(b.err.String(), "is the database of attempts") {
		t.Errorf("over the database: %q", &b.err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".aimo3*")); left != nil {
		t.Errorf("left behind: %q", left)
	}
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestReplayOpensTheApp(t *testing.T) {
	b := newBench(t)
	id := b.told()
	b.wantCode(b.run("history", "replay", "last", "--speed", "4"), 2)
	b.terminals = true
	b.wantCode(b.run("history", "replay", "last", "--speed", "4", "--theme", "night"), 0)
	if b.shown == nil || b.shown.Replay.ID != id || b.shown.Store == nil || b.shown.Speed != 4 || b.shown.Theme != "night" || b.shown.DB == "" {
		t.Errorf("shown: %+v", b.shown)
	}
	b.wantCode(b.run("history", "replay", "last", "--speed", "0"), 2)
	p := b.program()
	p.Open = func(context.Context, string, func(string)) (Store, error) {
		return nil, &engine.Fault{Class: engine.Storage, What: "it cannot be written"}
	}
	b.shown = nil
	if code := Run(t.Context(), p, []string{"history", "replay", "last"}, b.stdin, &b.out, &b.err); code != 0 || b.shown == nil || b.shown.Replay.ID != id {
		t.Errorf("where nothing may be written: exit code %d, shown %+v", code, b.shown)
	}
	b.wantCode(b.run("--samples", "3"), 0)
	if b.shown.Replay != nil || b.shown.Plan.Samples != 3 || b.shown.Store == nil {
		t.Errorf("bare: %+v", b.shown)
	}
	b.wantCode(b.run("--no-save"), 0)
	if b.shown.Store != nil {
		t.Errorf("--no-save: %+v", b.shown)
	}
	b.open = &engine.Fault{Class: engine.Storage, What: "cannot open x.db"}
	b.wantCode(b.run(), 5)
}

// TestNothingKept: who only reads makes no database, and is told where none is.
func TestNothingKept(t *testing.T) {
	b, home := newBench(t), t.TempDir()
	b.env["XDG_DATA_HOME"] = home
	b.wantCode(b.run("history", "list", "--json"), 0)
	if got := b.out.String(); !strings.Contains(got, `"attempts": []`) {
		t.Errorf("list prints %s", got)
	}
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"history", "show", "last"}, "no attempts are saved yet · solve a problem"},
		{[]string{"history", "export", "last"}, "no attempts are saved yet"},
		{[]string{"history", "delete", "last"}, "no attempts are saved yet"},
		{[]string{"history", "list", "--db", home + "/typo/x.db"}, "there is no database at " + home + "/typo/x.db · check the path"},
	} {
		b.wantCode(b.run(c.args...), 2)
		if got := b.err.String(); !strings.Contains(got, c.want) {
			t.Errorf("%q says %s, want %q", c.args, got, c.want)
		}
	}
	if made, _ := os.ReadDir(home); len(made) > 0 || b.store.opened > 0 {
		t.Errorf("%v was made, %d stores opened", made, b.store.opened)
	}
}

// TestDamage: what can be shown is, then what is damaged is told, and the exit
// code says so.
func TestDamage(t *testing.T) {
	b := newBench(t)
	b.told()
	b.store.says = "others could read x.db; now only you can"
	b.wantCode(b.run("history", "list"), 0)
	b.store.damaged = &engine.Fault{Class: engine.Storage, What: "the store x.db is damaged: attempt a, event 7", Todo: "export what you need"}
	for _, args := range []string{"list", "list --json", "show last", "show last --json", "show last --events", "show last --sample 2", "export last", "export last --format md"} {
		b.wantCode(b.run(append([]string{"history"}, strings.Fields(args)...)...), 5)
		if !strings.Contains(b.out.String(), "336") {
			t.Errorf("%s: nothing is shown: %s", args, &b.out)
		}
		want := "others could read x.db; now only you can\naimo3: the store x.db is damaged: attempt a, event 7 · export what you need\n"
		if b.err.String() != want {
			t.Errorf("%s: stderr %q, want %q", args, &b.err, want)
		}
	}
	b.wantCode(b.run("history", "show", "nobody"), 5)
	if !strings.Contains(b.err.String(), "damaged") {
		t.Errorf("an attempt that is not found in a damaged store: %q", &b.err)
	}
	b.store.damaged = nil
	b.wantCode(b.run("doctor"), 0)
	if !strings.Contains(b.out.String(), "undamaged\n                others could read x.db; now only you can") {
		t.Errorf("doctor prints\n%s", &b.out)
	}
}

// TestALinkThatLeadsNowhere is opened, for the store says why that cannot be.
func TestALinkThatLeadsNowhere(t *testing.T) {
	b := newBench(t)
	link := filepath.Join(t.TempDir(), "x.db")
	if err := os.Symlink("/nowhere/x.db", link); err != nil {
		t.Fatal(err)
	}
	for _, args := range []string{"history list", "history show last", "history delete last", "doctor"} {
		opened := b.store.opened
		b.run(append(strings.Fields(args), "--db", link)...)
		if b.store.opened == opened {
			t.Errorf("%s did not ask the store: %s", args, &b.err)
		}
	}
}
