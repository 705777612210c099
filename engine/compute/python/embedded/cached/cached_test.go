package cached_test

import (
	"bufio"
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine/compute/python/embedded/cached"
)

// want is what fill makes.
var want = map[string]string{"a": "one", "sub/b": "two, longer", "sub/c": ""}

func fill(_ context.Context, dir string) error {
	for name, content := range want {
		path := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(content), 0o600)); err != nil {
			return err
		}
	}
	return nil
}

// counted counts how often the directory is made.
func counted(path string, n *int) cached.Dir {
	return cached.Dir{Path: path, Make: func(ctx context.Context, dir string) error {
		*n++
		return fill(ctx, dir)
	}}
}

// check holds the cache to one whole directory and nothing unfinished beside it.
func check(t *testing.T, path string) {
	t.Helper()
	for name, content := range want {
		if got, err := os.ReadFile(filepath.Join(path, name)); err != nil || string(got) != content {
			t.Errorf("%s is %q, %v, want %q", name, got, err, content)
		}
	}
	checkLeft(t, path)
}

func checkLeft(t *testing.T, path string) {
	t.Helper()
	all, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range all {
		if strings.Contains(entry.Name(), "new") {
			t.Errorf("%s is left", entry.Name())
		}
	}
}

func TestMadeOnce(t *testing.T) {
	path, n := filepath.Join(t.TempDir(), "deep", "down", "x"), 0
	for range 3 {
		if err := counted(path, &n).Ensure(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	check(t, path)
	if n != 1 {
		t.Errorf("made %d times, want once", n)
	}
}

func TestDamageIsMadeAnew(t *testing.T) {
	for _, c := range []struct {
		name string
		harm func(path string) error
	}{
		{"a file is gone", func(p string) error { return os.Remove(p + "/sub/c") }},
		{"a file is cut", func(p string) error { return os.Truncate(p+"/sub/b", 1) }},
		{"a file is more", func(p string) error { return os.WriteFile(p+"/more", nil, 0o600) }},
		{"a file has another name", func(p string) error { return os.Rename(p+"/a", p+"/b") }},
		{"the seal is gone", func(p string) error { return os.Remove(p + "/.whole") }},
		{"the seal is cut", func(p string) error { return os.Truncate(p+"/.whole", 5) }},
		{"the seal is another's", func(p string) error { return os.WriteFile(p+"/.whole", []byte(strings.Repeat("0", 64)), 0o600) }},
		{"all is gone", os.RemoveAll},
		{"a file is in its place", func(p string) error { return errors.Join(os.RemoveAll(p), os.WriteFile(p, nil, 0o600)) }},
		{"an empty directory is in its place", func(p string) error { return errors.Join(os.RemoveAll(p), os.Mkdir(p, 0o700)) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			path, n := filepath.Join(t.TempDir(), "x"), 0
			d := counted(path, &n)
			if err := errors.Join(d.Ensure(t.Context()), c.harm(path), d.Ensure(t.Context()), d.Ensure(t.Context())); err != nil {
				t.Fatal(err)
			}
			check(t, path)
			if n != 2 {
				t.Errorf("made %d times, want twice", n)
			}
		})
	}
}

func TestFailureLeavesNothing(t *testing.T) {
	path, n := filepath.Join(t.TempDir(), "x"), 0
	broken := errors.New("the disk is full")
	half := cached.Dir{Path: path, Make: func(ctx context.Context, dir string) error { return errors.Join(fill(ctx, dir), broken) }}
	if err := half.Ensure(t.Context()); !errors.Is(err, broken) {
		t.Errorf("err = %v", err)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("half of it is there: %v", err)
	}
	checkLeft(t, path)
	if err := counted(path, &n).Ensure(t.Context()); err != nil {
		t.Error(err)
	}
	check(t, path)
}

func TestCancelled(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	enough := errors.New("nobody wants it")
	ctx, cancel := context.WithCancelCause(t.Context())
	inside := make(chan struct{})
	slow := cached.Dir{Path: path, Make: func(ctx context.Context, dir string) error {
		close(inside)
		<-ctx.Done()
		return fill(ctx, dir)
	}}
	var wg sync.WaitGroup
	wg.Go(func() {
		if err := slow.Ensure(ctx); !errors.Is(err, enough) {
			t.Errorf("cancelled at work: %v", err)
		}
	})
	<-inside
	n := 0
	waiting, stop := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer stop()
	if err := counted(path, &n).Ensure(waiting); !errors.Is(err, context.DeadlineExceeded) || n != 0 {
		t.Errorf("cancelled while another is at work: %v, made %d times", err, n)
	}
	cancel(enough)
	wg.Wait()
	checkLeft(t, path)
}

// TestManyPrograms: of programs that start at once one makes it, and all have it.
func TestManyPrograms(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			if out, err := program(t, path, "make").CombinedOutput(); err != nil {
				t.Errorf("%v: %s", err, out)
			}
		})
	}
	wg.Wait()
	check(t, path)
	if log, err := os.ReadFile(path + ".log"); string(log) != "made\n" {
		t.Errorf("the log says %q, %v, want one line", log, err)
	}
}

// TestKilled: a program that is killed at work leaves nothing that matters.
func TestKilled(t *testing.T) {
	path, n := filepath.Join(t.TempDir(), "x"), 0
	cmd := program(t, path, "hang")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(out); lines.Scan() && lines.Text() != "half"; {
	}
	if left, _ := filepath.Glob(path + ".new-*"); len(left) != 1 {
		t.Errorf("it was at work on %v", left)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if err := counted(path, &n).Ensure(t.Context()); err != nil || n != 1 {
		t.Errorf("afterwards: %v, made %d times", err, n)
	}
	check(t, path)
}

// program is this test as another program, which makes the directory.
func program(t *testing.T, path, how string) *exec.Cmd {
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^TestProgram$")
	cmd.Env = append(os.Environ(), "CACHED_PATH="+path, "CACHED_HOW="+how)
	return cmd
}

func TestProgram(t *testing.T) {
	path := os.Getenv("CACHED_PATH")
	if path == "" {
		t.Skip("this is what other tests start")
	}
	err := cached.Dir{Path: path, Make: func(ctx context.Context, dir string) error {
		if os.Getenv("CACHED_HOW") == "hang" {
			_ = fill(ctx, dir)
			_, _ = os.Stdout.WriteString("half\n")
			<-ctx.Done()
		}
		f, err := os.OpenFile(path+".log", os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		_, err = f.WriteString("made\n")
		return errors.Join(err, f.Close(), fill(ctx, dir))
	}}.Ensure(t.Context())
	if err != nil {
		t.Fatal(err)
	}
}
