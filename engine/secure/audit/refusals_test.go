package audit_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aimo3/aimo3/engine/secure/audit"
)

// said are the records of a log but for the one of its key.
func said(t *testing.T, rows audit.Rows) (all []string) {
	t.Helper()
	err := rows.Each(t.Context(), 1, func(_ int64, text, _ []byte) error {
		r, err := audit.Parse(text)
		all = append(all, fmt.Sprintf("%q %s %s: %s", r.Who, r.Action, r.Object, r.Outcome))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestRefusalsAreBounded: of a hundred thousand refused requests from ten thousand addresses
// sixteen records are kept in a minute, and none is left out of their counts.
func TestRefusalsAreBounded(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		m := &inMemory{}
		log := audit.New(audit.Options{Rows: m, KeyFile: filepath.Join(dir, "key")})
		r := audit.NewRefusals(log)
		for n := range 100_000 {
			r.Add("", fmt.Sprintf("10.0.%d.%d", n/100%100, n%100), 401)
		}
		if got := said(t, m); len(got) != 0 {
			t.Errorf("recorded at once: %v", got)
		}
		time.Sleep(time.Minute + time.Second)
		synctest.Wait()
		got := said(t, m)
		if len(got) != 16 || got[0] != `"" refuse 10.0.0.0: refused: 10 with 401` || got[15] != `"" refuse other addresses: refused: 99850 with 401` {
			t.Errorf("%d records:\n%s", len(got), strings.Join(got, "\n"))
		}
		r.Add("key a", "10.0.0.1", 429)
		r.Add("key a", "10.0.0.1", 403)
		r.Add("key a", "10.0.0.1", 429)
		r.Close()
		r.Close()
		r.Add("key a", "10.0.0.1", 429)
		if got = said(t, m); len(got) != 17 || got[16] != `"key a" refuse 10.0.0.1: refused: 1 with 403, 2 with 429` {
			t.Errorf("closed, %d records:\n%s", len(got), strings.Join(got, "\n"))
		}
		log.Close()
	})
}

// TestWhoDoes: what is done for somebody else is recorded as theirs.
func TestWhoDoes(t *testing.T) {
	k := fresh(t)
	k.log.Add(t.Context(), audit.Delete, "x", audit.Done)
	k.log.Add(audit.As(t.Context(), "key a"), audit.Delete, "x", audit.Done)
	k.log.Add(audit.As(t.Context(), ""), audit.Delete, "x", audit.Done)
	want := []string{`"ann" delete x: done`, `"key a" delete x: done`, `"" delete x: done`}
	if got := said(t, k.db.Audit()); !slices.Equal(got, want) {
		t.Errorf("recorded %v, want %v", got, want)
	}
}

// TestOneFileForTwoDatabases: the second that is to add its checkpoints to a file says so and
// adds none; where a file has both, neither is said to be tampered with, and real tampering is.
func TestOneFileForTwoDatabases(t *testing.T) {
	first, shared := fresh(t), ""
	shared = first.path + audit.CheckpointsEnd
	first.log.Add(t.Context(), audit.Solve, "a", audit.Done)
	before := read(t, shared)
	second := fresh(t)
	other := audit.New(audit.Options{
		Rows: second.db.Audit(), KeyFile: second.path + audit.KeyEnd, Second: audit.AppendTo(shared, second.db.Audit()), Who: "bob", FrontEnd: "cli",
		Now: func() time.Time { return second.now }, Warn: func(line string) { second.warns = append(second.warns, line) },
	})
	other.Add(t.Context(), audit.Solve, "b", audit.Done)
	other.Close()
	if said := strings.Join(second.warns, "\n"); !strings.Contains(said, "holds checkpoints of another database: give each its own with --checkpoints") || read(t, shared) != before {
		t.Errorf("warned %q; the file is as it was: %v", said, read(t, shared) == before)
	}
	third := fresh(t)
	third.log.Add(t.Context(), audit.Solve, "c", audit.Done)
	third.log.Close()
	first.log.Close()
	write(t, shared, read(t, shared)+read(t, third.path+audit.CheckpointsEnd)) // as an older program did
	_, err := first.verify(t)
	if found, is := err.(*audit.Tampered); !is || !found.Other || !strings.Contains(found.What, shared) { //nolint:errorlint // as it is returned
		t.Errorf("verified: %v", err)
	}
	odd := filepath.Join(t.TempDir(), "odd")
	write(t, odd, "shopping list\n\nmilk\n\n")
	if err := audit.AppendTo(odd, first.db.Audit())("x"); err == nil || !strings.Contains(err.Error(), "holds something else") || read(t, odd) != "shopping list\n\nmilk\n\n" {
		t.Errorf("added to a file of something else: %v", err)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
