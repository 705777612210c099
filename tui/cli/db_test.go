package cli

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// wreck overwrites the header of the test's database.
func (b *bench) wreck() string {
	b.t.Helper()
	f, err := os.OpenFile(b.path(), os.O_WRONLY, 0)
	if err != nil {
		b.t.Fatal(err)
	}
	if _, err := f.WriteAt([]byte(strings.Repeat("x", 100)), 0); err != nil {
		b.t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.t.Fatal(err)
	}
	return b.whole(b.path())
}

func (b *bench) whole(path string) string {
	b.t.Helper()
	all, err := os.ReadFile(path)
	if err != nil {
		b.t.Fatal(err)
	}
	return string(all)
}

// TestAnUnreadableDatabase: commands that read exit 5 and touch nothing; solve puts it
// aside with --new-db alone; the app asks; what was in it is recovered.
func TestAnUnreadableDatabase(t *testing.T) {
	b := newBench(t).boxes("4", "4", "4")
	b.wantCode(b.run("solve", "p", "--samples", "2"), 0)
	before := b.wreck()
	for _, args := range [][]string{
		{"history", "list"},
		{"history", "show", "last"},
		{"history", "export", "last"},
		{"history", "delete", "last"},
		{"history", "resume", "--all"},
		{"history", "close", "--all"},
		{"db", "check"},
		{"db", "backup", filepath.Join(t.TempDir(), "b.db")},
		{"solve", "p"},
	} {
		b.wantCode(b.run(args...), 5)
		if !strings.Contains(b.err.String(), b.path()) || !strings.Contains(b.err.String(), "--new-db") {
			t.Errorf("%v said %q", args, b.err.String())
		}
	}
	if b.whole(b.path()) != before || len(b.beside()) != 1 {
		t.Errorf("it was touched: %v", b.beside())
	}

	b.terminals = true
	b.env["TERM"] = "xterm"
	b.stdin = strings.NewReader("n\n")
	b.wantCode(b.run(), 5)
	if !strings.Contains(b.err.String(), "Put it aside") || b.shown != nil || b.whole(b.path()) != before {
		t.Errorf("no: said %q", b.err.String())
	}
	b.stdin = strings.NewReader("y\n")
	b.wantCode(b.run(), 0)
	if !strings.Contains(b.err.String(), "was put aside as") || b.shown == nil {
		t.Errorf("yes: said %q", b.err.String())
	}
	b.terminals = false
	b.wreck()
	b.wantCode(b.run("solve", "p", "--samples", "2", "--new-db"), 0)
	aside, err := filepath.Glob(b.path() + ".unreadable-*")
	aside = slices.DeleteFunc(aside, func(name string) bool { return strings.Contains(name, "-audit.") })
	if err != nil || len(aside) != 2 || len(b.attempts()) != 1 {
		t.Fatalf("aside are %v, %v; kept are %v", aside, err, b.attempts())
	}
	to := filepath.Join(t.TempDir(), "recovered.db")
	b.wantCode(b.run("db", "recover", to, "--db", aside[0]), 0)
	b.wantCode(b.run("db", "check", "--db", to), 0)
	b.wantCode(b.run("history", "list", "--db", to), 0)
	if !strings.Contains(b.out.String(), " p") {
		t.Errorf("listed\n%s", b.out.String())
	}
}

// beside are the files in the database's folder, but for the log and those of the audit
// log.
func (b *bench) beside() (names []string) {
	b.t.Helper()
	all, err := os.ReadDir(filepath.Dir(b.path()))
	if err != nil {
		b.t.Fatal(err)
	}
	for _, e := range all {
		if !strings.HasPrefix(e.Name(), "aimo3.log") && !strings.Contains(e.Name(), "-audit.") {
			names = append(names, e.Name())
		}
	}
	return names
}

// TestBackup: the copy is as the database, and a file that is there is not replaced.
func TestBackup(t *testing.T) {
	b := newBench(t).boxes("4", "4", "4")
	b.wantCode(b.run("solve", "p", "--samples", "2"), 0)
	to := filepath.Join(t.TempDir(), "copy.db")
	b.wantCode(b.run("db", "backup", to), 0)
	b.wantCode(b.run("db", "backup", to), 2)
	b.wantCode(b.run("history", "show", "last", "--events"), 0)
	want := b.out.String()
	b.wantCode(b.run("history", "show", "last", "--events", "--db", to), 0)
	if b.out.String() != want {
		t.Errorf("the copy has\n%s\nwant\n%s", b.out.String(), want)
	}
	b.wantCode(b.run("db", "check"), 0)
}
