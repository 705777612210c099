package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/secure/audit"
)

// recordsOf are the records of the test's database, as action, outcome and object.
func (b *bench) recordsOf(args ...string) string {
	b.t.Helper()
	b.wantCode(b.run(append([]string{"audit", "list", "--json"}, args...)...), 0)
	var list struct{ Records []numbered }
	b.object(&list)
	var all []string
	for _, r := range list.Records {
		if r.Who != who() || r.Time.IsZero() {
			b.t.Errorf("record %+v", r)
		}
		all = append(all, fmt.Sprintf("%s %s %s %s", r.FrontEnd, r.Action, r.Outcome, r.Object))
	}
	return strings.Join(all, "\n")
}

// TestRecorded: what every command does is recorded, and what is refused before anything
// is done is not.
func TestRecorded(t *testing.T) {
	b := newBench(t).boxes("4", "4")
	dir := t.TempDir()
	b.env["XDG_CONFIG_HOME"], b.env["EDITOR"] = dir, "true"
	b.wantCode(b.run("solve", "p", "--samples", "2"), 0)
	id := string(b.latest().ID)
	b.wantCode(b.run("solve", "p", "--samples", "2"), 0)
	b.wantCode(b.run("history", "export", id), 0)
	b.wantCode(b.run("history", "export", id, "-o", b.path()), 2)
	b.wantCode(b.run("history", "delete", id), 0)
	b.wantCode(b.run("history", "delete", "--undo", id), 0)
	b.wantCode(b.run("history", "prune", "--older-than", "9w"), 0)
	b.wantCode(b.run("cache", "clear"), 0)
	b.wantCode(b.run("db", "backup", filepath.Join(dir, "b.db")), 0)
	b.wantCode(b.run("db", "backup", filepath.Join(dir, "b.db")), 2)
	b.wantCode(b.run("models", "pull", "phi4"), 0)
	b.wantCode(b.run("models", "pull"), 2)
	b.wantCode(b.run("models", "import", "x.gguf", "--name", "small"), 0)
	b.wantCode(b.run("config", "init"), 0)
	b.wantCode(b.run("config", "edit"), 0)
	b.wantCode(b.run("config", "set", "samples", "3"), 0)
	b.server.replies = map[int64]reply{0: {text: "none"}}
	b.wantCode(b.run("solve", "q", "--samples", "1"), 1)
	got := b.recordsOf()
	own := filepath.Join(dir, "aimo3", "config.yaml")
	want := `cli audit-key done KEY
cli solve begun ` + id + `
cli solve answered ` + id + `
cli solve cached ` + id + `
cli export done ` + id + `
cli delete done ` + id + `
cli restore done ` + id + `
cli cache-clear done 
cli db-backup done ` + filepath.Join(dir, "b.db") + `
cli db-backup failed: invalid ` + filepath.Join(dir, "b.db") + `
cli model-pull done phi4
cli model-import done small
cli config-init done ` + own + `
cli config-edit done ` + own + `
cli config-set done samples
cli solve begun ` + string(b.latest().ID) + `
cli solve no answer ` + string(b.latest().ID)
	if got = regexp.MustCompile(`aimo3-audit\+\S+`).ReplaceAllString(got, "KEY"); got != want {
		t.Errorf("recorded\n%s\nwant\n%s", got, want)
	}
	if got := b.recordsOf("--action", "delete", "--since", "1d"); got != "cli delete done "+id {
		t.Errorf("of delete: %s", got)
	}
	b.wantCode(b.run("audit", "list", "-n", "1"), 0)
	if text := b.out.String(); !strings.Contains(text, "16  2026-11-23") || strings.Count(text, "\n") != 2 {
		t.Errorf("listed\n%s", text)
	}
	b.wantCode(b.run("audit", "verify"), 0)
	if text := b.out.String(); !strings.Contains(text, "17, as they were recorded") || !strings.Contains(text, "17 of them") || b.err.Len() > 0 {
		t.Errorf("verified\n%s%s", text, &b.err)
	}
}

// TestTheAppIsRecorded: what its screens do to the store, and models that they get.
func TestTheAppIsRecorded(t *testing.T) {
	b := newBench(t).boxes("4", "4")
	b.wantCode(b.run("solve", "p", "--samples", "2"), 0)
	id := b.latest().ID
	b.terminals = true
	p := b.program()
	p.App = func(ctx context.Context, s Screen) error {
		pull := s.Pulls(func(context.Context, string, func(engine.Pull)) error { return context.Canceled })
		if err := pull(ctx, "phi4", nil); err == nil {
			t.Error("what failed did not")
		}
		return s.Store.Delete(ctx, id)
	}
	b.wantCode(Run(t.Context(), p, nil, b.stdin, &b.out, &b.err), 0)
	got := b.recordsOf()
	if want := "app model-pull cancelled phi4\napp delete done " + string(id); !strings.HasSuffix(got, want) {
		t.Errorf("recorded\n%s\nwant at the end\n%s", got, want)
	}
}

// TestVerifyTells: what is wrong with the log is said, with exit code 5.
func TestVerifyTells(t *testing.T) {
	b := newBench(t).boxes("4", "4")
	b.wantCode(b.run("audit", "verify"), 0)
	b.wantCode(b.run("solve", "p", "--samples", "2"), 0)
	b.wantCode(b.run("history", "export", "last"), 0)
	second := b.path() + audit.CheckpointsEnd
	whole := b.whole(second)
	copied := filepath.Join(t.TempDir(), "copy")
	write := func(path, text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(copied, whole)
	b.wantCode(b.run("audit", "verify", "--checkpoint", copied), 0)
	b.wantCode(b.run("audit", "verify", "--checkpoint", copied+"x"), 2)
	write(second, whole[:len(whole)-30])
	b.wantCode(b.run("audit", "verify"), 5)
	if !strings.Contains(b.err.String(), "cut off") {
		t.Errorf("said %s", &b.err)
	}
	if err := os.Remove(second); err != nil {
		t.Fatal(err)
	}
	b.wantCode(b.run("audit", "verify"), 0)
	if !strings.Contains(b.err.String(), "there are no checkpoints at") {
		t.Errorf("said %s", &b.err)
	}
	other := newBench(t).boxes("4", "4")
	other.wantCode(other.run("solve", "p", "--samples", "2"), 0)
	write(copied, other.whole(other.path()+audit.CheckpointsEnd))
	b.wantCode(b.run("audit", "verify", "--checkpoint", copied), 5)
	if said := b.err.String(); !strings.Contains(said, "cannot tell whether the audit log was tampered with: no key of this log signed the checkpoints in "+copied+" · if several databases share that file") {
		t.Errorf("said %s", said)
	}
}

// TestExportAudit: lines as they were hashed, and a checkpoint of as many.
func TestExportAudit(t *testing.T) {
	b := newBench(t).boxes("4", "4")
	b.wantCode(b.run("solve", "p", "--samples", "2"), 0)
	to := filepath.Join(t.TempDir(), "a.jsonl")
	b.wantCode(b.run("audit", "export", to), 0)
	b.wantCode(b.run("audit", "export", b.path()), 2)
	b.wantCode(b.run("audit", "export", "-"), 0)
	for text, records := range map[string]int{b.whole(to): 3, b.out.String(): 5} {
		lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
		var last struct{ Checkpoint string }
		if err := json.Unmarshal([]byte(lines[len(lines)-1]), &last); err != nil {
			t.Fatal(err)
		}
		c, err := audit.ParseCheckpoint(last.Checkpoint, "it")
		if err != nil || c.Size != int64(records) || len(lines) != records+1 {
			t.Errorf("%d lines, a checkpoint of %d, %v; want %d records", len(lines), c.Size, err, records)
		}
		if r, err := audit.Parse([]byte(lines[1])); err != nil || r.Action != audit.Solve || r.Time.Location() != time.UTC {
			t.Errorf("%s: %v", lines[1], err)
		}
	}
}

// TestCheckpointsElsewhere: they go where the setting says, and never into the database.
func TestCheckpointsElsewhere(t *testing.T) {
	b := newBench(t).boxes("4", "4")
	to := filepath.Join(t.TempDir(), "c")
	b.env["AIMO3_CHECKPOINTS"] = to
	b.wantCode(b.run("solve", "p", "--samples", "2"), 0)
	b.wantCode(b.run("audit", "verify"), 0)
	if !strings.Contains(b.out.String(), to) {
		t.Errorf("verified\n%s", &b.out)
	}
	b.wantCode(b.run("history", "delete", "last", "--checkpoints", "-"), 0)
	if !strings.Contains(b.err.String(), "aimo3 audit log\n") {
		t.Errorf("said %s", &b.err)
	}
	b.wantCode(b.run("cache", "clear", "--checkpoints", b.path()+"-wal"), 0)
	if !strings.Contains(b.err.String(), "second place") {
		t.Errorf("said %s", &b.err)
	}
	if _, err := os.Stat(b.path() + audit.CheckpointsEnd); err == nil {
		t.Error("they are beside the database too")
	}
	b.wantCode(b.run("db", "check"), 0)
}

// TestOneCheckpointsFileForTwoDatabases: the second database says what to do, and the first
// is not said to be tampered with.
func TestOneCheckpointsFileForTwoDatabases(t *testing.T) {
	b := newBench(t).boxes("4", "4")
	b.env["AIMO3_CHECKPOINTS"] = filepath.Join(t.TempDir(), "c")
	b.wantCode(b.run("solve", "p", "--samples", "2"), 0)
	other := filepath.Join(t.TempDir(), "other.db")
	b.wantCode(b.run("solve", "p", "--samples", "2", "--db", other), 0)
	if said := b.err.String(); strings.Count(said, "holds checkpoints of another database: give each its own with --checkpoints") != 1 {
		t.Errorf("said %s", said)
	}
	b.wantCode(b.run("audit", "verify"), 0)
	b.wantCode(b.run("audit", "verify", "--db", other), 5)
	if said := b.err.String(); strings.Contains(said, "was tampered") && !strings.Contains(said, "cannot tell") || !strings.Contains(said, "give each its own with --checkpoints") || strings.Count(said, "\n") != 1 {
		t.Errorf("said %s", said)
	}
}

// TestExportAuditOfAReadOnlyStore: what can only be read is exported, and that this is not
// recorded is told.
func TestExportAuditOfAReadOnlyStore(t *testing.T) {
	b := newBench(t).boxes("4", "4")
	b.wantCode(b.run("solve", "p", "--samples", "2"), 0)
	p := b.program()
	p.Open = func(context.Context, string, func(string)) (Store, error) {
		return nil, &engine.Fault{Class: engine.Storage, What: "cannot write the store"}
	}
	b.out.Reset()
	b.err.Reset()
	b.wantCode(Run(t.Context(), p, []string{"audit", "export", "-"}, b.stdin, &b.out, &b.err), 0)
	if lines := strings.Count(b.out.String(), "\n"); lines != 4 || !strings.Contains(b.err.String(), "this export is not recorded") {
		t.Errorf("%d lines, said %s", lines, &b.err)
	}
}
