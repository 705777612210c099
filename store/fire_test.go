package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// flames is where a test of the store under fault injection runs.
type flames struct {
	old   string // a store of version 1 to begin with; "" for none
	path  string
	shown int // events, over all runs
}

// ablaze skips the test where strace cannot be used.
func ablaze(t *testing.T) {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("faults are injected by strace, which is for Linux alone")
	}
	out, err := exec.CommandContext(t.Context(), "strace", "-f", "-o", os.DevNull, "true").CombinedOutput()
	switch {
	case err != nil && os.Getenv("AIMO3_STRACE") == "required":
		t.Fatalf("strace: %v\n%s", err, out)
	case err != nil:
		t.Skipf("NOT TESTED: no fault was injected, since strace cannot be used: %v\n%s", err, out)
	}
}

// run has the program run under strace with one more rule and returns what it
// printed; err says how it ended. In log stand the calls of burning.
func (f *flames) run(t *testing.T, rule string) (printed []string, stderr string, err error) {
	t.Helper()
	for _, end := range []string{"", "-wal", "-shm", "-journal"} {
		if err := os.Remove(f.path + end); err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
	}
	if f.old != "" {
		write(t, f.path, read(t, f.old))
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	args := []string{"-f", "-o", f.path + ".log", "-e", "trace=" + strings.Join(burning, ",")}
	if rule != "" {
		args = append(args, "-e", rule)
	}
	cmd := exec.CommandContext(t.Context(), "strace", append(args, exe, "burn", f.path, "0")...)
	cmd.Env = append(os.Environ(), "STORE_TEST_CHILD=1", "TMPDIR="+filepath.Dir(f.path))
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	err = cmd.Run()
	whole := out.String()
	whole = whole[:strings.LastIndexByte(whole, '\n')+1]
	return strings.Split(strings.TrimSuffix(whole, "\n"), "\n"), said.String(), err
}

// count has the program run whole and returns how often it makes each call.
func (f *flames) count(t *testing.T) map[string]int {
	t.Helper()
	if _, stderr, err := f.run(t, ""); err != nil {
		t.Fatalf("without a fault: %v\n%s", err, stderr)
	}
	calls := map[string]int{}
	for line := range strings.Lines(read(t, f.path+".log")) {
		for _, name := range burning {
			if strings.Contains(line, " "+name+"(") {
				calls[name]++
			}
		}
	}
	return calls
}

// holds makes sure that what was shown is in the file, and that the next start,
// without a fault, finds it whole and goes on.
func (f *flames) holds(t *testing.T, fault string, printed []string) {
	t.Helper()
	var shown []engine.Event
	gone := map[engine.AttemptID]bool{}
	for _, line := range printed {
		var e engine.Event
		if id, ok := strings.CutPrefix(line, `"`+purging); ok {
			gone[engine.AttemptID(strings.Trim(id, `"`))] = true
		} else if line == "" {
			continue
		} else if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatalf("%s: %q: %v", fault, line, err)
		} else {
			shown = append(shown, e)
		}
	}
	f.shown += len(shown)
	elsewhere := map[string]bool{} // in the file that a full disk leaves
	for _, e := range notKept(t, filepath.Dir(f.path)) {
		elsewhere[told([]engine.Event{e})] = true
	}
	shown = slices.DeleteFunc(shown, func(e engine.Event) bool { return elsewhere[told([]engine.Event{e})] })
	if r, err := OpenToRead(t.Context(), f.path, nil); err == nil {
		found(t, fault+", opened to read", r, shown, gone)
		_ = r.Close()
	} else if len(shown) > 0 || f.old != "" {
		t.Errorf("%s: opened to read: %v", fault, err)
	}
	d, err := Open(t.Context(), f.path, nil)
	if err != nil {
		t.Errorf("%s: the next start: %v", fault, err)
		return
	}
	found(t, fault, d, shown, gone)
	if err := compressHere(d); err != nil { // what was not done then is done now
		t.Errorf("%s: %v", fault, err)
	}
	found(t, fault+", compressed", d, shown, gone)
	record(t, d, story("next", 5, 10))
	if err := errors.Join(d.Check(t.Context()), d.Close()); err != nil {
		t.Errorf("%s: %v", fault, err)
	}
}

// notKept are the events in the files that full disks left in dir, which go.
func notKept(t *testing.T, dir string) (all []engine.Event) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "aimo3-not-kept-*.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range files {
		for line := range strings.Lines(read(t, path)) {
			var e engine.Event
			if err := json.Unmarshal([]byte(line), &e); err != nil {
				t.Fatal(err)
			}
			all = append(all, e)
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

func found(t *testing.T, fault string, d *DB, shown []engine.Event, gone map[engine.AttemptID]bool) {
	t.Helper()
	lost := 0
	for _, want := range shown {
		got, err := d.Events(t.Context(), want.Attempt, want.Seq-1, 1)
		if err != nil {
			t.Fatalf("%s: %v", fault, err)
		}
		if !gone[want.Attempt] && (len(got) != 1 || told(got) != told([]engine.Event{want})) {
			lost++
		}
	}
	if lost > 0 {
		t.Errorf("%s: %d of %d events that were shown are lost", fault, lost, len(shown))
	}
	for id := range gone { // all of it is there, or nothing
		_, err := d.Attempt(t.Context(), string(id))
		if events := stored(t, d, id); err == nil && len(events) == 0 {
			t.Errorf("%s: attempt %s is half gone", fault, id)
		}
	}
}

// scenes are the stores to begin with: none, and one to be migrated.
func scenes(t *testing.T) map[string]*flames {
	t.Helper()
	dir := t.TempDir()
	old := filepath.Join(dir, "old.db")
	all, err := migrations()
	if err != nil {
		t.Fatal(err)
	}
	execute(t, old, all[0]+read(t, "testdata/version-1.sql")+fmt.Sprintf("; PRAGMA application_id = %d; PRAGMA user_version = 1; PRAGMA journal_mode = WAL", applicationID))
	return map[string]*flames{"a new store": {path: filepath.Join(dir, "new.db")}, "an old one": {old: old, path: filepath.Join(dir, "aimo3.db")}}
}

// points are those of 1 to n at which a fault is injected: all of them by
// STORE_FIRE=all, else so many.
func points(n, some int) (at []int) {
	if os.Getenv("STORE_FIRE") == "all" {
		some = n
	}
	for i := range min(some, n) {
		at = append(at, 1+i*n/min(some, n))
	}
	return at
}

// TestKilledAtEveryWrite: a program that is killed as it makes any of its calls that
// change the disk has lost nothing that it had shown.
func TestKilledAtEveryWrite(t *testing.T) {
	ablaze(t)
	for name, f := range scenes(t) {
		t.Run(name, func(t *testing.T) {
			kills := 0
			calls := f.count(t)
			for _, call := range burning {
				for _, n := range points(calls[call], 6) {
					fault := fmt.Sprintf("killed at %s %d of %d", call, n, calls[call])
					printed, _, err := f.run(t, fmt.Sprintf("inject=%s:signal=KILL:when=%d", call, n))
					if err == nil {
						t.Errorf("%s: it was not", fault)
						continue
					}
					kills++
					f.holds(t, fault, printed)
				}
			}
			t.Logf("calls %v; %d kills, %d events shown", calls, kills, f.shown)
			if kills == 0 || f.shown == 0 {
				t.Error("nothing was tested")
			}
		})
	}
}

// TestFaultsOfTheDisk: a disk that is full, broken or made read-only, from some call
// on or for one alone, ends what goes on by a Fault of class Storage, or changes
// nothing; and nothing that was shown is lost.
func TestFaultsOfTheDisk(t *testing.T) {
	ablaze(t)
	for name, f := range scenes(t) {
		t.Run(name, func(t *testing.T) {
			runs, failed := 0, 0
			calls := f.count(t)
			for _, fault := range []string{"ENOSPC", "EIO", "EROFS"} {
				for _, call := range burning[:3] {
					for _, n := range pointsOfFault(calls[call]) {
						for _, end := range []string{"", "+"} { // once, and from then on
							rule := fmt.Sprintf("inject=%s:error=%s:when=%d%s", call, fault, n, end)
							printed, stderr, err := f.run(t, rule)
							if runs++; err != nil {
								failed++
								if code := exitCodeOf(err); code != 1 || !containsAll(stderr, "cannot ", f.path, causeOf[fault]) {
									t.Errorf("%s: exit code %d, %q", rule, code, stderr)
								}
							}
							f.holds(t, rule, printed)
						}
					}
				}
			}
			t.Logf("%d faults, of which %d ended the program; %d events shown", runs, failed, f.shown)
			if failed == 0 || f.shown == 0 {
				t.Error("nothing was tested")
			}
		})
	}
}

// causeOf is what a person is told of a fault.
var causeOf = map[string]string{"ENOSPC": "its disk is full", "EIO": "its disk reports an error", "EROFS": "its disk can only be read"}

// pointsOfFault are 20 points, spread over the calls, or two.
func pointsOfFault(n int) []int {
	some := 2
	if os.Getenv("STORE_FIRE") == "all" {
		some = 20
	}
	var at []int
	for i := range min(some, n) {
		at = append(at, 1+(2*i+1)*n/(2*min(some, n))%n)
	}
	return at
}

func exitCodeOf(err error) int {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode()
	}
	return -1
}

// TestClocksThatJump: the time of an event may be anything; the order is that of
// the numbers, and nothing lasted less than no time.
func TestClocksThatJump(t *testing.T) {
	d := opened(t)
	put := story("a", 5, 60)
	for i := range put {
		put[i].At = put[i].At.Add([]time.Duration{0, time.Hour, -time.Hour, 8760 * time.Hour, -8760 * time.Hour}[i%5])
	}
	record(t, d, put)
	equal(t, "fold", told(stored(t, d, "a")), told(put))
	if s := listed(t, d)[0]; s.Took < 0 {
		t.Errorf("it took %v", s.Took)
	}
	if err := d.Check(t.Context()); err != nil {
		t.Error(err)
	}
}
