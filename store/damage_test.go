package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
)

// shown is all that can be seen of the store at path without writing it, and
// whether it was said that something is wrong with it.
func shown(ctx context.Context, path string) (all string, told error) {
	d, err := OpenToRead(ctx, path, nil)
	if err != nil {
		return "", err
	}
	defer func() { _ = d.Close() }()
	var b strings.Builder
	note := func(v any, err error) {
		told = errors.Join(told, err)
		line, err := json.Marshal(v)
		told = errors.Join(told, err)
		b.Write(append(line, '\n'))
	}
	list, err := d.Attempts(ctx, engine.Filter{})
	note(list, err)
	for _, words := range []string{"what", "second"} {
		found, err := d.Attempts(ctx, engine.Filter{Words: words})
		note(ids(found), err)
	}
	splits, err := d.Splits(ctx)
	note(splits, err)
	for _, name := range []string{"a1", "a2", "b1", "c1", "last"} {
		s, err := d.Attempt(ctx, name)
		note(s, err)
		for after := uint64(0); ; {
			events, err := d.Events(ctx, s.ID, after, 50)
			note(events, err)
			if len(events) < 50 {
				break
			}
			after = events[len(events)-1].Seq
		}
	}
	return b.String(), errors.Join(told, d.Damage())
}

// several is a store, closed, of attempts that ended and are compressed, were killed,
// and were deleted.
func several(t testing.TB, path string) {
	t.Helper()
	d, err := Open(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	record(t, d, story("a1", 2, 300))
	record(t, d, story("a2", 3, 60))
	record(t, d, story("b1", 4, 80)[:70]) // killed
	attempt(t, d, "c1", "second statement", "m", "7")
	attempt(t, d, "d1", "deleted statement", "m", "7")
	compressed(t, d)
	if err := errors.Join(d.Delete(t.Context(), "d1"), d.Close()); err != nil {
		t.Fatal(err)
	}
}

// A log that a killed program left tells of a change of one byte too, where that
// does not look as the kill itself does: where its last commit is in question.
func TestNoChangeOfAByteInALogIsSilent(t *testing.T) {
	dir := t.TempDir()
	path, changed := filepath.Join(dir, "aimo3.db"), filepath.Join(dir, "changed.db")
	d := openedAt(t, path)
	for _, id := range []engine.AttemptID{"a1", "a2", "b1", "c1"} {
		attempt(t, d, id, "what is the second statement", "m", "7")
	}
	file, log := []byte(read(t, path)), []byte(read(t, path+"-wal")) // as a kill would leave them
	try := func(log []byte) (string, error) {
		write(t, changed, string(file))
		write(t, changed+"-wal", string(log))
		_ = os.Remove(changed + "-shm")
		return shown(t.Context(), changed)
	}
	before, err := try(log)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := try(log[:len(log)-2000]); errors.Is(err, &engine.Fault{Class: engine.Storage}) { // c1 is not there
		t.Errorf("a log that ends in half a frame: %v", err)
	}
	const frame = frameHead + 4096
	r := rand.New(rand.NewPCG(7, 13))
	for range 200 {
		at := r.IntN(len(log))
		b := append([]byte(nil), log...)
		b[at] ^= byte(1 + r.IntN(255))
		after, err := try(b)
		inLast := at >= len(log)-frame
		if err == nil && after != before && !inLast {
			t.Errorf("byte %d of frame %d of %d: nothing was told", (at-logHead)%frame, (at-logHead)/frame+1, len(log)/frame)
		}
	}
}

// Of a thousand changes of one byte each is told, or shows nothing else.
// STORE_CHANGES sets how many.
func TestNoChangeOfAByteIsSilent(t *testing.T) {
	changes, err := strconv.Atoi(os.Getenv("STORE_CHANGES"))
	if err != nil {
		changes = 1000
	}
	dir := t.TempDir()
	path, changed := filepath.Join(dir, "aimo3.db"), filepath.Join(dir, "changed.db")
	several(t, path)
	execute(t, path, "VACUUM") // else much of it is what was there before it was compressed
	before, err := shown(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	whole := []byte(read(t, path))
	r := rand.New(rand.NewPCG(7, uint64(changes)))
	harmless := 0
	for n := range changes {
		at, to := r.IntN(len(whole)), byte(1+r.IntN(255))
		for n%4 > 0 && whole[at] == 0 { // most of a small file is empty
			at = r.IntN(len(whole))
		}
		b := append([]byte(nil), whole...)
		b[at] ^= to
		write(t, changed, string(b))
		after, err := shown(t.Context(), changed)
		switch {
		case err != nil && !errors.Is(err, &engine.Fault{Class: engine.Storage}):
			t.Errorf("byte %d of page %d by %#x: %v", at%4096, at/4096+1, to, err)
		case err == nil && after != before:
			t.Errorf("byte %d of page %d by %#x: nothing was told, and what is shown differs:\n%s", at%4096, at/4096+1, to, differs(after, before))
		case err == nil:
			harmless++
		}
		for _, name := range beside(t, changed) {
			if name != "aimo3.db" {
				_ = os.Remove(filepath.Join(dir, name))
			}
		}
	}
	t.Logf("of %d changes %d were told and %d harmless, in %d bytes", changes, changes-harmless, harmless, len(whole))
	if harmless == 0 || harmless > changes*4/5 { // nothing is shown of the cache, the keys and the audit log
		t.Errorf("%d of %d were harmless", harmless, changes)
	}
}

func differs(got, want string) string {
	gots, wants := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(gots), len(wants)) {
		if gots[i] != wants[i] {
			return fmt.Sprintf(" got %.300s\nwant %.300s", gots[i], wants[i])
		}
	}
	return "one ends early"
}

// What has gone from the ends of a story is told before any of it is read, to
// whoever opens the store to write as well.
func TestGoneIsToldWhenOpened(t *testing.T) {
	for name, c := range map[string]struct{ script, says string }{
		"an attempt":        {"PRAGMA foreign_keys = 0; DELETE FROM attempts WHERE id = 'a2'", "attempt a2, only its events are left"},
		"all attempts":      {"PRAGMA foreign_keys = 0; DELETE FROM attempts", "attempt c1, only its events are left"},
		"the events of one": {"DELETE FROM events WHERE attempt = 'a2'", "attempt a2, all its events have gone"},
		"all events":        {"DELETE FROM events", "attempt b1, all its events have gone"},
		"the last event":    {"DELETE FROM events WHERE attempt = 'a1' AND kind = 'attempt_finished'", "attempt a1, its last events have gone"},
		"a verdict":         {"UPDATE attempts SET answer = '8' WHERE id = 'a1'", "attempt a1"},
		"nothing":           {"", ""},
	} {
		for way, open := range ways {
			path := filepath.Join(t.TempDir(), "aimo3.db")
			several(t, path)
			stay := statement(t, path, "events_stay")
			execute(t, path, "DROP TRIGGER events_stay; "+c.script+"; "+stay)
			var told []string
			d, err := open(t.Context(), path, func(line string) { told = append(told, line) })
			if err != nil {
				t.Fatalf("%s, %s: %v", name, way, err)
			}
			if c.says == "" {
				equal(t, name+", "+way, d.Damage(), nil)
				equal(t, name+", "+way, len(told), 0)
			} else {
				wantFault(t, d.Damage(), engine.Storage, c.says, "`aimo3 db recover FILE`")
				if way == "to write" && (len(told) != 1 || !strings.Contains(told[0], c.says)) {
					t.Errorf("%s: told %q", name, told)
				}
			}
			_ = d.Close()
		}
	}
}
