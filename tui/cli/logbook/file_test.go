package logbook

import (
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
)

func at(t *testing.T, path string, bound int64) *file {
	t.Helper()
	f, err := openFile(path)
	if err != nil {
		t.Fatal(err)
	}
	f.max = bound
	t.Cleanup(func() { _ = f.close() })
	return f
}

func write(t *testing.T, f *file, line string) {
	t.Helper()
	if _, err := f.Write([]byte(line + "\n")); err != nil {
		t.Error(err)
	}
}

// kept is what stands in the logs of a folder, by name.
func kept(t *testing.T, dir string) map[string]string {
	t.Helper()
	texts := map[string]string{}
	all, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		texts[e.Name()] = string(text)
	}
	return texts
}

// TestAFullLogMakesRoom: the newest lines stay, in order, for this user alone.
func TestAFullLogMakesRoom(t *testing.T) {
	dir := t.TempDir()
	f := at(t, filepath.Join(dir, "log"), 10)
	for n := range 11 {
		write(t, f, fmt.Sprintf("line %d", n)) // two fit: the second reaches the bound
	}
	want := map[string]string{"log": "line 10\n", "log.1": "line 8\nline 9\n", "log.2": "line 6\nline 7\n", "log.3": "line 4\nline 5\n"}
	if got := kept(t, dir); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("kept %q, want %q", got, want)
	}
	for name := range want {
		if about, err := os.Stat(filepath.Join(dir, name)); err != nil || about.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", name, about.Mode(), err)
		}
	}
}

// TestTwoWritersLoseNothing, though both make room whenever it is time. A lock is
// of an open file, so two in one program are as two programs.
func TestTwoWritersLoseNothing(t *testing.T) {
	const lines = 400
	dir := t.TempDir()
	path := filepath.Join(dir, "log")
	var wg sync.WaitGroup
	for _, who := range []string{"a", "b"} {
		f := at(t, path, lines*8) // 6,400 bytes in all: two logs
		wg.Go(func() {
			for n := range lines {
				write(t, f, fmt.Sprintf("%s %05d", who, n))
			}
		})
	}
	wg.Wait()
	found := map[string]int{}
	texts := kept(t, dir)
	for _, text := range texts {
		for line := range strings.Lines(text) {
			found[line]++
		}
	}
	for _, who := range []string{"a", "b"} {
		for n := range lines {
			if line := fmt.Sprintf("%s %05d\n", who, n); found[line] != 1 {
				t.Errorf("%q is there %d times", line, found[line])
			}
		}
	}
	if len(found) != 2*lines || len(texts) < 2 {
		t.Errorf("%d lines in %d logs", len(found), len(texts))
	}
}

// TestWhileAnotherMakesRoom a line goes where it went before.
func TestWhileAnotherMakesRoom(t *testing.T) {
	dir := t.TempDir()
	f, other := at(t, filepath.Join(dir, "log"), 1), at(t, filepath.Join(dir, "log"), 1)
	write(t, f, "first")
	lock(t, other.to)
	write(t, f, "second")
	if got := kept(t, dir); len(got) != 1 || got["log"] != "first\nsecond\n" {
		t.Errorf("kept %q", got)
	}
}

// TestRoomIsMadeOnce by two that find the log full at the same time.
func TestRoomIsMadeOnce(t *testing.T) {
	dir := t.TempDir()
	f, other := at(t, filepath.Join(dir, "log"), 1), at(t, filepath.Join(dir, "log"), 1)
	write(t, f, "first")
	f.rotate()
	other.rotate()
	if got := kept(t, dir); len(got) != 2 || got["log"] != "" || got["log.1"] != "first\n" {
		t.Errorf("kept %q", got)
	}
}

// TestAFileThatIsTakenAwayIsMadeAnew, and behind a link it is the file that is
// renamed.
func TestAFileThatIsTakenAwayIsMadeAnew(t *testing.T) {
	dir, far := t.TempDir(), t.TempDir()
	path := filepath.Join(dir, "log")
	f := at(t, path, 100)
	write(t, f, "first")
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	write(t, f, "second")
	if got := kept(t, dir); got["log"] != "second\n" {
		t.Errorf("kept %q", got)
	}
	if err := os.Symlink(path, filepath.Join(far, "link")); err != nil {
		t.Fatal(err)
	}
	linked := at(t, filepath.Join(far, "link"), 1)
	write(t, linked, "third")
	if got := kept(t, dir); got["log"] != "third\n" || got["log.1"] != "second\n" || len(kept(t, far)) != 1 {
		t.Errorf("kept %q", got)
	}
}

// TestAFullDiskLosesLinesOnly: the program goes on.
func TestAFullDiskLosesLinesOnly(t *testing.T) {
	const full = "/dev/full"
	if about, err := os.Stat(full); err != nil || about.Mode()&fs.ModeCharDevice == 0 {
		t.Skip("SKIPPED: no /dev/full")
	}
	b := New()
	if err := b.Open(full, slog.LevelInfo); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		b.Log().Info("lost")
	}
	if err := b.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(full + ".1"); err == nil {
		t.Error("a device was renamed")
	}
}

// TestAfterHalfALineTheNextBeginsOnItsOwn: a pipe takes a part of a long line, and
// then its reader goes.
func TestAfterHalfALineTheNextBeginsOnItsOwn(t *testing.T) {
	dir := t.TempDir()
	f := at(t, filepath.Join(dir, "log"), 100)
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	f.path, f.to = dir, w // a folder cannot be opened in its place
	go func() {
		_, _ = r.Read(make([]byte, 1))
		_ = r.Close()
	}()
	if n, err := f.Write(make([]byte, 1<<20)); err == nil || n == 0 {
		t.Fatalf("wrote %d bytes, %v", n, err)
	}
	_, _ = f.Write([]byte("lost\n"))
	f.path = filepath.Join(dir, "log")
	write(t, f, "whole")
	write(t, f, "again")
	if got := kept(t, dir)["log"]; got != "\nwhole\nagain\n" {
		t.Errorf("kept %q", got)
	}
}

func TestAFolderThatIsNotThere(t *testing.T) {
	if err := New().Open(filepath.Join(t.TempDir(), "no", "log"), slog.LevelInfo); err == nil {
		t.Error("it was opened")
	}
}

func lock(t *testing.T, f *os.File) {
	t.Helper()
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		t.Fatal(err)
	}
}
