package store

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// A fold over what is stored equals a fold over what was put, and what is
// handed on is what is stored.
func TestStoriesReadBack(t *testing.T) {
	d := opened(t)
	for seed := range uint64(25) {
		id := engine.AttemptID(fmt.Sprintf("story-%02d", seed))
		put := story(id, seed, 20+int(seed)*30)
		handed := record(t, d, put)
		kept := stored(t, d, id)
		equal(t, "fold", told(kept), told(put))
		equal(t, "handed on", handed, kept)
		if len(kept) >= len(put) && seed > 5 {
			t.Errorf("%d events were stored for %d put: nothing was joined", len(kept), len(put))
		}
	}
}

func TestNothingIsShownThatIsNotStored(t *testing.T) {
	path := filepath.Join(t.TempDir(), "aimo3.db")
	d, other := openedAt(t, path), openedAt(t, path)
	seen := 0
	r := d.Record(func(e engine.Event) error {
		seen++
		found, err := other.Events(t.Context(), e.Attempt, e.Seq-1, 1)
		if err == nil && (len(found) != 1 || told(found) != told([]engine.Event{e})) {
			err = fmt.Errorf("event %d was handed on; stored is %v", e.Seq, found)
		}
		return err
	})
	for _, e := range story("a", 3, 500) {
		if err := r.Put(e); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Close(); err != nil || seen == 0 {
		t.Fatalf("%d events handed on, error %v", seen, err)
	}
}

func TestPutNeverWaitsForTheDisk(t *testing.T) {
	path := filepath.Join(t.TempDir(), "aimo3.db")
	d, other := openedAt(t, path), openedAt(t, path)
	lock, err := other.writer.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var handed []engine.Event
	r := d.Record(func(e engine.Event) error { handed = append(handed, e); return nil })
	put := story("a", 4, 20_000)
	for _, e := range put {
		if err := r.Put(e); err != nil {
			t.Fatal(err)
		}
	}
	if kept := stored(t, other, "a"); len(kept) > 0 {
		t.Errorf("%d events were stored while the lock was held", len(kept))
	}
	if err := lock.Rollback(); err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	equal(t, "fold", told(handed), told(put))
}

// What is handed on late is what is stored, event for event: it is not joined
// once more while it waits.
func TestASlowListenerDelaysNoStoring(t *testing.T) {
	d := opened(t)
	release := make(chan struct{})
	var handed []engine.Event
	r := d.record(func(e engine.Event) error {
		<-release
		handed = append(handed, e)
		return nil
	}, time.Millisecond)
	put := []engine.Event{
		story("a", 1, 0)[0],
		{Attempt: "a", Seq: 2, At: start, Fact: engine.Delta{Channel: engine.Reply, Text: "one", Frames: 1}},
		{Attempt: "a", Seq: 3, At: start, Fact: engine.Delta{Channel: engine.Reply, Text: "two", Frames: 1}},
		{Attempt: "a", Seq: 4, At: start, Fact: engine.Delta{Channel: engine.Reply, Text: "three", Frames: 1}},
	}
	for i, e := range put {
		if err := r.Put(e); err != nil {
			t.Fatal(err)
		}
		for len(stored(t, d, "a")) <= i { // while the listener is stuck
			runtime.Gosched()
		}
	}
	close(release)
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	equal(t, "handed on", handed, put)
}

func TestTextIsKeptSoonAndOtherFactsAtOnce(t *testing.T) {
	for _, c := range []struct {
		name  string
		every time.Duration
		last  engine.Fact
	}{
		{"text waits for its turn", 20 * time.Millisecond, engine.Delta{Text: "x"}},
		{"another fact does not", time.Hour, engine.Warning{Text: "x"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			handed := make(chan engine.Event, 10)
			r := opened(t).record(func(e engine.Event) error { handed <- e; return nil }, c.every)
			begun := story("a", 1, 0)[0]
			for _, e := range []engine.Event{begun, {Attempt: "a", Seq: 2, At: start, Fact: c.last}} {
				if err := r.Put(e); err != nil {
					t.Fatal(err)
				}
				<-handed
			}
			if err := r.Close(); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// fills is a store with room for ten more pages, and what sets that to another number.
func fills(t *testing.T) (*DB, func(int)) {
	t.Helper()
	d := opened(t)
	var pages int
	if err := d.writer.QueryRow("PRAGMA page_count").Scan(&pages); err != nil {
		t.Fatal(err)
	}
	limit := func(n int) {
		if _, err := d.writer.Exec(fmt.Sprintf("PRAGMA max_page_count = %d", n)); err != nil {
			t.Fatal(err)
		}
	}
	limit(pages + 10)
	return d, limit
}

// long are n events of one attempt, each of 500 bytes or more.
func long(n int) []engine.Event {
	all := []engine.Event{{Attempt: "a", Seq: 1, At: start, Fact: engine.AttemptStarted{Plan: engine.Plan{Samples: 1}}}}
	for i := 2; i <= n; i++ {
		all = append(all, engine.Event{Attempt: "a", Seq: uint64(i), At: start, Fact: engine.Warning{Text: strings.Repeat("x", 500)}})
	}
	return all
}

// While the disk is full the samples go on: what cannot be kept is shown and told,
// and kept once there is room.
func TestWhatWasShownOnAFullDiskIsKeptOnceThereIsRoom(t *testing.T) {
	d, limit := fills(t)
	handed, told := make(chan engine.Event, 500), make(chan engine.NotKept, 500)
	r := d.Record(func(e engine.Event) error { handed <- e; return nil })
	r.OnNotKept(func(f engine.NotKept) { told <- f })
	put := long(200)
	for _, e := range put[:150] {
		if err := r.Put(e); err != nil {
			t.Fatal(err)
		}
		equal(t, "handed on", <-handed, e)
	}
	gap := <-told
	kept := stored(t, d, "a")
	if gap.From != uint64(len(kept)+1) || gap.Until != 0 || !strings.Contains(gap.Why, "its disk is full") {
		t.Errorf("told %+v; %d events are kept", gap, len(kept))
	}
	limit(1 << 30)
	for _, e := range put[150:] {
		if err := r.Put(e); err != nil {
			t.Fatal(err)
		}
	}
	if over := <-told; over.From != gap.From || over.Until <= 150 {
		t.Errorf("told %+v", over)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	equal(t, "kept", stored(t, d, "a"), put)
}

// What is still not kept when the attempt ends goes into a file, and nothing else
// is harmed.
func TestWhatAFullDiskNeverTookIsInAFile(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	d, limit := fills(t)
	handed := make(chan engine.Event, 500)
	r, put := d.Record(func(e engine.Event) error { handed <- e; return nil }), long(200)
	for _, e := range put {
		if err := r.Put(e); err != nil {
			t.Fatal(err)
		}
		<-handed
	}
	err := r.Close()
	wantFault(t, err, engine.Storage, d.Path(), "its disk is full", "not-kept-", "history resume a")
	all := append(stored(t, d, "a"), notKept(t, os.TempDir())...)
	if len(all) <= len(stored(t, d, "a")) {
		t.Error("the file holds nothing")
	}
	equal(t, "kept and in the file", told(all), told(put))

	limit(1 << 30)
	record(t, d, story("b", 1, 50))
	if err := d.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

// Where the size of a file is limited, it goes into several.
func TestWhatALimitNeverTookIsInFiles(t *testing.T) {
	if !apart(t) {
		return
	}
	t.Setenv("TMPDIR", t.TempDir())
	d, _ := fills(t)
	handed := make(chan engine.Event, 500)
	r, put := d.Record(func(e engine.Event) error { handed <- e; return nil }), long(200)
	for _, e := range put {
		if err := r.Put(e); err != nil {
			t.Fatal(err)
		}
		<-handed
	}
	var was syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &was); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 20_000, Max: was.Max}); err != nil {
		t.Fatal(err)
	}
	err := r.Close()
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &was); err != nil {
		t.Fatal(err)
	}
	wantFault(t, err, engine.Storage, "not-kept-", "more beside it")
	all := append(stored(t, d, "a"), notKept(t, os.TempDir())...)
	slices.SortFunc(all, func(a, b engine.Event) int { return cmp.Compare(a.Seq, b.Seq) }) // names are in no order
	equal(t, "kept and in the files", told(all), told(put))
}

func TestAListenersErrorEndsTheRecording(t *testing.T) {
	d := opened(t)
	broken, told := errors.New("broken pipe"), make(chan struct{})
	n := 0
	r := d.Record(func(engine.Event) error {
		if n++; n == 2 {
			close(told)
		}
		if n >= 2 {
			return broken
		}
		return nil
	})
	events := story("a", 1, 200)
	for _, e := range events[:2] {
		if err := r.Put(e); err != nil {
			t.Fatal(err)
		}
	}
	<-told
	var err error
	for err == nil {
		err = r.Put(events[2])
	}
	if !errors.Is(err, broken) || !errors.Is(r.Close(), broken) || n != 2 {
		t.Errorf("error %v after %d events handed on, want %v after 2", err, n, broken)
	}
}

func TestPutAfterClose(t *testing.T) {
	r := opened(t).Record(nil)
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if err := r.Put(story("a", 1, 0)[0]); err == nil {
		t.Error("an event was taken after Close")
	}
}
