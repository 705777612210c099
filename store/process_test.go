package store

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// TestMain lets the test binary be another program that uses the store: its
// arguments are then what it does, the path, and a seed.
func TestMain(m *testing.M) {
	if os.Getenv("STORE_TEST_CHILD") == "" {
		os.Exit(m.Run())
	}
	if err := child(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func child(does, path, seed string) error {
	n, err := strconv.ParseUint(seed, 10, 64)
	if err != nil {
		return err
	}
	if does == "open as nobody" || does == "list as nobody" {
		if err := syscall.Setuid(65534); err != nil {
			return err
		}
	}
	if does == "list as nobody" {
		d, err := OpenToRead(context.Background(), path, nil)
		if err != nil {
			return err
		}
		all, err := d.Attempts(context.Background(), engine.Filter{})
		fmt.Printf("%+v\n", all)
		return errors.Join(err, d.Close())
	}
	if does == "burn" {
		return burn(path)
	}
	d, err := Open(context.Background(), path, nil)
	if err != nil {
		return err
	}
	if does == "begin" {
		return begin(d)
	}
	r := d.record(func(e engine.Event) error {
		line, err := json.Marshal(e)
		fmt.Println(string(line))
		return err
	}, time.Millisecond)
	for i := uint64(0); i < 10 || does == "write until killed"; i++ {
		id := engine.AttemptID(fmt.Sprintf("child-%d-%d", n, i))
		for _, e := range story(id, n+i, 400) {
			if err := r.Put(e); err != nil {
				return err
			}
		}
	}
	return errors.Join(r.Close(), d.Close())
}

// another starts the test binary as another program.
func another(t testing.TB, does, path string, seed int) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), exe, does, path, strconv.Itoa(seed))
	cmd.Env = append(os.Environ(), "STORE_TEST_CHILD=1")
	cmd.Stderr = os.Stderr
	return cmd
}

// A program is killed at random moments; whatever it had shown is there.
// STORE_KILLS sets how often.
func TestNothingShownIsLostToAKill(t *testing.T) {
	kills, err := strconv.Atoi(os.Getenv("STORE_KILLS"))
	if err != nil {
		kills = 20
	}
	path := filepath.Join(t.TempDir(), "aimo3.db")
	shown := 0
	for i := range kills {
		cmd := another(t, "write until killed", path, i)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		events := readUntilKilled(t, cmd, out, rand.IntN(300))
		shown += len(events)
		d, err := Open(t.Context(), path, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range events {
			got, err := d.Events(t.Context(), want.Attempt, want.Seq-1, 1)
			if err != nil {
				t.Fatal(err)
			}
			equal(t, "stored of what was shown", got, []engine.Event{want})
		}
		if err := d.Check(t.Context()); err != nil {
			t.Error(err)
		}
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	}
	if shown == 0 {
		t.Error("nothing was shown before any kill")
	}
	t.Logf("%d kills, %d events shown before them", kills, shown)
}

// readUntilKilled kills the program after it printed some lines, and a moment,
// and returns every whole line that it got out.
func readUntilKilled(t *testing.T, cmd *exec.Cmd, out io.Reader, after int) []engine.Event {
	t.Helper()
	var events []engine.Event
	var once sync.Once
	lines := bufio.NewReader(out)
	for {
		if len(events) >= after {
			once.Do(func() {
				moment := time.Duration(rand.IntN(3000)) * time.Microsecond
				time.AfterFunc(moment, func() { _ = cmd.Process.Kill() })
			})
		}
		line, err := lines.ReadBytes('\n')
		if err != nil { // what is left is half a line
			_ = cmd.Wait() // it was killed
			return events
		}
		var e engine.Event
		if err := json.Unmarshal(line, &e); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		events = append(events, e)
	}
}

func TestManyProgramsWriteOneStore(t *testing.T) {
	path := filepath.Join(t.TempDir(), "aimo3.db")
	const programs = 3
	var all sync.WaitGroup
	for i := range programs { // they make the file together, too
		all.Go(func() {
			if err := another(t, "write", path, i*100).Run(); err != nil {
				t.Errorf("program %d: %v", i, err)
			}
		})
	}
	mine := openedAt(t, path)
	put := story("mine", 1, 3000)
	record(t, mine, put)
	all.Wait()
	equal(t, "fold", told(stored(t, mine, "mine")), told(put))
	for i := range programs {
		for k := range 10 {
			id := engine.AttemptID(fmt.Sprintf("child-%d-%d", i*100, k))
			equal(t, "fold", told(stored(t, mine, id)), told(story(id, uint64(i*100+k), 400)))
		}
	}
	if err := mine.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

// Whoever may not write a store, or its directory, is told so and leaves nothing.
func TestOpenWithoutTheRightToWrite(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root can become nobody")
	}
	for _, c := range []struct {
		name      string
		file, dir os.FileMode
	}{{"file", 0o644, 0o777}, {"directory", 0o666, 0o755}, {"unreadable", 0o600, 0o777}} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "aimo3.db")
			ours(t, path)
			before := sum(t, path)
			for p, mode := range map[string]os.FileMode{filepath.Dir(dir): 0o755, dir: c.dir, path: c.file} {
				if err := os.Chmod(p, mode); err != nil {
					t.Fatal(err)
				}
			}
			cmd := another(t, "open as nobody", path, 0)
			cmd.Stderr = nil
			_, err := cmd.Output()
			var exit *exec.ExitError
			if !errors.As(err, &exit) || !containsAll(string(exit.Stderr), path, "cannot be written") {
				t.Errorf("error %v", err)
			}
			equal(t, "content", sum(t, path), before)
			equal(t, "files", beside(t, path), []string{"aimo3.db"})
		})
	}
}
