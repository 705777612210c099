package audit_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/secure/audit"
	"github.com/aimo3/aimo3/store"
)

var begun = time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)

// kept is a real database with a log of which everything stands beside it.
type kept struct {
	path  string
	db    *store.DB
	log   *audit.Log
	now   time.Time
	warns []string
}

func opened(t testing.TB, path string) *kept {
	t.Helper()
	db, err := store.Open(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	k := &kept{path: path, db: db, now: begun}
	k.log = audit.New(audit.Options{
		Rows: db.Audit(), KeyFile: path + audit.KeyEnd, Second: audit.AppendTo(path+audit.CheckpointsEnd, db.Audit()), Who: "ann", FrontEnd: "cli",
		Now: func() time.Time { return k.now }, Warn: func(line string) { k.warns = append(k.warns, line) },
	})
	t.Cleanup(func() { _ = db.Close() })
	return k
}

func fresh(t testing.TB) *kept {
	t.Helper()
	return opened(t, filepath.Join(t.TempDir(), "aimo3.db"))
}

// verify verifies the log as it lies on the disk, with the checkpoints beside it.
func (k *kept) verify(t testing.TB) (audit.Verified, error) {
	t.Helper()
	public, err := audit.PublicKey(k.path + audit.KeyEnd)
	if err != nil {
		t.Fatal(err)
	}
	second, err := audit.ReadFrom(k.path + audit.CheckpointsEnd)
	if err != nil {
		t.Fatal(err)
	}
	return audit.Verify(t.Context(), k.db.Audit(), public, second)
}

func (k *kept) records(t testing.TB) []audit.Record {
	t.Helper()
	var all []audit.Record
	err := k.db.Audit().Each(t.Context(), 0, func(_ int64, text, _ []byte) error {
		r, err := audit.Parse(text)
		all = append(all, r)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestRecords: what is recorded is there in order, after the key, and is verified; what
// may give access, or is too long, is not in it.
func TestRecords(t *testing.T) {
	k := fresh(t)
	lost := errors.New("lost")
	k.log.Add(t.Context(), audit.Solve, "a1", audit.Begun)
	if err := k.log.Did(t.Context(), audit.Delete, "a1", nil); err != nil {
		t.Error(err)
	}
	if err := k.log.Did(t.Context(), audit.PullModel, "https://ann:secret@example.com/m "+strings.Repeat("é", 400), lost); !errors.Is(err, lost) {
		t.Errorf("the error became %v", err)
	}
	_ = k.log.Did(t.Context(), audit.Backup, "\xff\n", &engine.Fault{Class: engine.Storage, What: "it says 42"})
	k.log.Close()
	got := k.records(t)
	if len(got) != 5 || got[0].Action != audit.MadeKey || got[2] != (audit.Record{Time: begun, Who: "ann", FrontEnd: "cli", Action: audit.Delete, Object: "a1", Outcome: audit.Done}) {
		t.Fatalf("got %+v", got)
	}
	if r := got[3]; strings.Contains(r.Object, "secret") || len(r.Object) > 512 || !strings.HasSuffix(r.Object, "é") || r.Outcome != "failed: unknown" {
		t.Errorf("got %+v", r)
	}
	if r := got[4]; r.Object != "\uFFFD\n" || r.Outcome != "failed: storage" {
		t.Errorf("got %+v", r)
	}
	v, err := k.verify(t)
	if err != nil || v.Size != 5 || v.Signed != 5 || len(v.Keys) != 1 || v.Keys[0] != got[0].Object || len(v.Places) != 2 || len(k.warns) > 0 {
		t.Errorf("%+v, %v, %q", v, err, k.warns)
	}
	for _, end := range []string{audit.KeyEnd, audit.CheckpointsEnd} {
		if about, err := os.Stat(k.path + end); err != nil || about.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", end, about, err)
		}
	}
	var none *audit.Log
	if err := none.Did(t.Context(), audit.Delete, "x", lost); !errors.Is(err, lost) {
		t.Errorf("no log made of an error %v", err)
	}
	none.Close()
}

// TestCheckpoints: the first record is signed at once, then every 1000th, every one that
// comes a minute after the latest checkpoint, and the last.
func TestCheckpoints(t *testing.T) {
	k := fresh(t)
	sizes := func() string {
		all, err := audit.ReadFrom(k.path + audit.CheckpointsEnd)
		if err != nil {
			t.Fatal(err)
		}
		var sizes []int64
		for _, c := range all {
			sizes = append(sizes, c.Size)
		}
		return fmt.Sprint(sizes)
	}
	for range 1500 {
		k.log.Add(t.Context(), audit.Export, "a", audit.Done)
	}
	if got := sizes(); got != "[2 1002]" {
		t.Errorf("signed %s", got)
	}
	k.now = k.now.Add(time.Minute)
	k.log.Add(t.Context(), audit.Export, "b", audit.Done)
	k.log.Add(t.Context(), audit.Export, "c", audit.Done)
	if got := sizes(); got != "[2 1002 1502]" {
		t.Errorf("signed %s", got)
	}
	k.log.Close()
	k.log.Close()
	if got := sizes(); got != "[2 1002 1502 1503]" {
		t.Errorf("signed %s", got)
	}
	if v, err := k.verify(t); err != nil || v.Signed != 1503 {
		t.Errorf("%+v, %v", v, err)
	}
}

// inMemory keeps rows without a disk, so that time can be told.
type inMemory struct {
	mu              sync.Mutex
	records, hashes [][]byte
	notes           []string
}

func (m *inMemory) Append(_ context.Context, add func(audit.Writing) error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	return add(m)
}

// counts are how many records there are, and how many checkpoints.
func (m *inMemory) counts() [2]int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return [2]int{len(m.records), len(m.notes)}
}

func (m *inMemory) Each(_ context.Context, from int64, do func(int64, []byte, []byte) error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for n := from; n < int64(len(m.records)); n++ {
		if err := do(n, m.records[n], m.hashes[n]); err != nil {
			return err
		}
	}
	return nil
}
func (m *inMemory) Checkpoints(context.Context) ([]string, error) { return m.notes, nil }
func (m *inMemory) Size() (int64, error)                          { return int64(len(m.records)), nil }
func (m *inMemory) Hashes(n int64) ([]byte, error)                { return m.hashes[n], nil }
func (m *inMemory) Checkpoint() (string, error) {
	if len(m.notes) == 0 {
		return "", nil
	}
	return m.notes[len(m.notes)-1], nil
}

func (m *inMemory) Put(_ int64, record, hashes []byte) error {
	m.records, m.hashes = append(m.records, record), append(m.hashes, hashes)
	return nil
}

func (m *inMemory) PutCheckpoint(_ int64, note string) error {
	m.notes = append(m.notes, note)
	return nil
}

// TestSignedWithinAMinute: a program that goes on, and records nothing more, signs its
// last record a minute later.
func TestSignedWithinAMinute(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		m := &inMemory{}
		log := audit.New(audit.Options{Rows: m, KeyFile: filepath.Join(dir, "key")})
		log.Add(t.Context(), audit.Solve, "a", audit.Begun)
		time.Sleep(30 * time.Second)
		log.Add(t.Context(), audit.Solve, "a", audit.Done)
		if got := m.counts(); got != [2]int{3, 1} {
			t.Errorf("%d records and checkpoints", got)
		}
		time.Sleep(time.Minute + time.Second)
		synctest.Wait()
		if v, err := audit.Verify(t.Context(), m, "", nil); m.counts() != [2]int{3, 2} || err != nil || v.Signed != 3 {
			t.Errorf("%d records and checkpoints: %+v, %v", m.counts(), v, err)
		}
		log.Close()
		if got := m.counts(); got != [2]int{3, 2} {
			t.Errorf("%d records and checkpoints after it was closed", got)
		}
	})
}

// TestSeveralPrograms: programs append to one log at once, and it is one log.
func TestSeveralPrograms(t *testing.T) {
	path := filepath.Join(t.TempDir(), "aimo3.db")
	const programs, each = 4, 50
	var wg sync.WaitGroup
	var all []*kept
	for range programs {
		all = append(all, opened(t, path))
	}
	for i, k := range all {
		wg.Go(func() {
			for j := range each {
				k.log.Add(t.Context(), audit.Solve, fmt.Sprintf("%d-%d", i, j), audit.Done)
			}
			k.log.Close()
		})
	}
	wg.Wait()
	next := make([]int, programs)
	for _, r := range all[0].records(t)[1:] {
		var i, j int
		if _, err := fmt.Sscanf(r.Object, "%d-%d", &i, &j); err != nil || next[i] != j {
			t.Errorf("%s stands where %d-%d is wanted", r.Object, i, next[i])
		}
		next[i]++
	}
	v, err := all[1].verify(t)
	if err != nil || v.Size != programs*each+1 || v.Signed != v.Size || len(v.Keys) != 1 {
		t.Errorf("%+v, %v", v, err)
	}
	for _, k := range all {
		if len(k.warns) > 0 {
			t.Errorf("warned %q", k.warns)
		}
	}
}

// TestWithout: an action goes on though it cannot be recorded or signed, and that is told.
func TestWithout(t *testing.T) {
	k := fresh(t)
	if err := os.WriteFile(k.path+audit.KeyEnd, []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	k.log.Add(t.Context(), audit.Solve, "a", audit.Done)
	if len(k.warns) != 1 || !strings.Contains(k.warns[0], "not signed") || !strings.Contains(k.warns[0], "chmod 600") {
		t.Errorf("warned %q", k.warns)
	}
	if got := k.records(t); len(got) != 1 || got[0].Object != "a" {
		t.Errorf("recorded %+v", got)
	}
	if err := k.db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := k.log.Did(t.Context(), audit.Delete, "b", nil); err != nil || len(k.warns) != 2 || !strings.Contains(k.warns[1], "not recorded") {
		t.Errorf("%v, warned %q", err, k.warns)
	}
	k.log.Close()
}

// TestAnotherKey: a key that was lost is replaced, which the log says; one that the log
// does not name is found.
func TestAnotherKey(t *testing.T) {
	k := fresh(t)
	k.log.Add(t.Context(), audit.Solve, "a", audit.Done)
	k.log.Close()
	if err := os.Remove(k.path + audit.KeyEnd); err != nil {
		t.Fatal(err)
	}
	again := opened(t, k.path)
	again.log.Add(t.Context(), audit.Solve, "b", audit.Done)
	again.log.Close()
	v, err := again.verify(t)
	if err != nil || len(v.Keys) != 2 || v.Signed != 4 {
		t.Errorf("%+v, %v", v, err)
	}
	if _, err := audit.Verify(t.Context(), k.db.Audit(), v.Keys[0], nil); !errors.As(err, new(*audit.Tampered)) {
		t.Errorf("the older key signs now: %v", err)
	}
}
