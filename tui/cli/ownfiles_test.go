package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestNothingIsWrittenToTheDatabase but by the store: no log and no export, not to
// the files beside it either, whatever they are called and though they are not there.
func TestNothingIsWrittenToTheDatabase(t *testing.T) {
	b := newBench(t).boxes("12", "12")
	dir := t.TempDir()
	db, far := filepath.Join(dir, "x.db"), filepath.Join(t.TempDir(), "far")
	b.wantCode(b.run("solve", "p", "--samples", "2", "--db", db, "--log", "off"), 0)
	before := readFile(t, db)
	if err := os.Symlink(dir, far); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{db, db + "-wal", db + "-shm", db + "-journal", dir + "/./x.db-wal", far + "/x.db", far + "/x.db-journal"} {
		for _, args := range [][]string{
			{"history", "export", "last", "--format", "md", "-o", path, "--db", db},
			{"solve", "p", "--samples", "2", "--log", path, "--db", db},
			{"solve", "p", "--samples", "2", "--log", path, "--db", far + "/x.db"},
		} {
			b.wantCode(b.run(args...), 2)
			if want := path + " is the database of attempts · name another file with "; !strings.Contains(b.err.String(), want) {
				t.Errorf("%q: %q", args, &b.err)
			}
			if got := readFile(t, db); got != before {
				t.Errorf("%q changed the database", args)
			}
		}
		b.run("doctor", "--log", path, "--db", db)
		if want := "fail  log       " + path + " is the database of attempts"; !strings.Contains(b.out.String(), want) {
			t.Errorf("doctor: %s", &b.out)
		}
	}
}

// TestNothingIsWrittenOverWhatIsRead by commands that read a file and write another one.
func TestNothingIsWrittenOverWhatIsRead(t *testing.T) {
	b, dir := newBench(t), t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	kept := map[string]string{
		"in.jsonl": `{"id":"a","problem":"1+1","answer":"2","reply":"\\boxed{2}"}` + "\n", "problems.csv": "id,problem,answer\na,1+1,2\n",
	}
	for name, text := range kept {
		if err := os.WriteFile(at(name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(at("in.jsonl"), at("link.jsonl")); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"report", at("in.jsonl"), "--html", at("in.jsonl")},
		{"report", at("in.jsonl"), "--html", at("link.jsonl")},
		{"report", dir, "--html", at("in.jsonl")},
		{"report", at("in.jsonl"), "--problems", at("problems.csv"), "--html", at("problems.csv")},
		{"batch", at("in.jsonl"), "-o", at("in.jsonl")},
		{"batch", at("in.jsonl"), "-o", at("link.jsonl")},
	} {
		b.wantCode(b.run(args...), 2)
		if !strings.Contains(b.err.String(), " is read here, and would be lost · name another file with -") {
			t.Errorf("%q: %q", args, &b.err)
		}
		for name, text := range kept {
			if readFile(t, at(name)) != text {
				t.Fatalf("%q changed %s", args, name)
			}
		}
	}
}
