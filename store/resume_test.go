package store

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/aimo3/aimo3/engine"
)

// begin is a program that has begun an attempt, says so, and waits to be killed.
func begin(d *DB) error {
	r := d.Record(nil)
	for _, e := range story("begun", 3, 40)[:30] {
		if err := r.Put(e); err != nil {
			return err
		}
	}
	r.in.signal()
	for n := 0; n < 1; {
		if err := d.reader.QueryRow(`SELECT count(*) FROM events WHERE kind = 'delta'`).Scan(&n); err != nil {
			return err
		}
	}
	fmt.Println("begun")
	_, err := io.Copy(io.Discard, os.Stdin)
	return err
}

// An attempt is unfinished once the process that took it has ended, and not before;
// then it goes on where it was.
func TestUnfinishedAreThoseThatNobodyTakes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "aimo3.db")
	cmd := another(t, "begin", path, 1)
	if _, err := cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		t.Fatal(line, err)
	}
	d := openedAt(t, path)
	unfinished := func() string {
		all, err := d.Unfinished(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return ids(all)
	}
	equal(t, "unfinished while it runs", unfinished(), "")
	_, _, err = d.Resume(t.Context(), "begun", nil)
	wantFault(t, err, engine.Invalid, "running in another program")
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // killed
	equal(t, "unfinished once it was killed", unfinished(), "begun")

	kept := stored(t, d, "begun")
	var handed []engine.Event
	r, from, err := d.Resume(t.Context(), "begun", func(e engine.Event) error { handed = append(handed, e); return nil })
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "unfinished while it goes on", unfinished(), "")
	equal(t, "numbered so far", from.Seq, kept[len(kept)-1].Seq)
	last := engine.Event{Attempt: "begun", Seq: from.Seq + 1, At: start, Fact: engine.AttemptFinished{Verdict: engine.Verdict{Why: engine.Cancelled}}}
	if err := errors.Join(r.Put(last), r.Close()); err != nil {
		t.Fatal(err)
	}
	equal(t, "handed on", handed, append(kept, last))
	equal(t, "stored", stored(t, d, "begun"), handed)
	equal(t, "unfinished at the end", unfinished(), "")
	equal(t, "files", beside(t, path), []string{"aimo3.db", "aimo3.db-shm", "aimo3.db-wal"})
	_, _, err = d.Resume(t.Context(), "begun", nil)
	wantFault(t, err, engine.Invalid, "has ended")
	_, _, err = d.Resume(t.Context(), "nobody", nil)
	wantFault(t, err, engine.Invalid, "nobody")
	equal(t, "files after refusals", beside(t, path), []string{"aimo3.db", "aimo3.db-shm", "aimo3.db-wal"})
}

// What is damaged does not go on: its numbers cannot be trusted.
func TestWhatIsDamagedDoesNotGoOn(t *testing.T) {
	path := filepath.Join(t.TempDir(), "aimo3.db")
	d, err := Open(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	attempt(t, d, "a1", "xylophones, how many?", "m", "")
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	at := bytes.Index([]byte(read(t, path)), []byte(`"answer":"","ending"`))
	if at < 0 {
		t.Fatal("no event was found in the file")
	}
	damage(t, path, int64(at)+2, []byte("b"))
	d = openedAt(t, path)
	_, _, err = d.Resume(t.Context(), "a1", nil)
	wantFault(t, err, engine.Storage, "damaged")
	if all, err := d.Unfinished(t.Context()); err != nil || ids(all) != "a1" {
		t.Errorf("unfinished: %s, %v", ids(all), err)
	}
}
