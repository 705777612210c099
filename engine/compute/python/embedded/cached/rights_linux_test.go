package cached_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
)

// asAnybody runs f with the rights of a user who owns nothing.
func asAnybody(f func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		runtime.LockOSThread() // and never unlocked: the thread ends with its rights
		const nobody = 65534
		_, _, _ = syscall.RawSyscall(syscall.SYS_SETFSGID, nobody, 0, 0)
		_, _, _ = syscall.RawSyscall(syscall.SYS_SETFSUID, nobody, 0, 0)
		f()
	}()
	<-done
}

// TestReadOnly: a directory that is whole is used where nothing can be written;
// one that is to be made cannot be, and that is said.
func TestReadOnly(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root can become somebody else")
	}
	dir, err := os.MkdirTemp("/tmp", "aimo3-cached-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	path, n := filepath.Join(dir, "x"), 0
	d := counted(path, &n)
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	asAnybody(func() { err = d.Ensure(t.Context()) })
	if !errors.Is(err, fs.ErrPermission) || n != 0 {
		t.Errorf("it cannot be made: %v, made %d times", err, n)
	}
	if err := d.Ensure(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, p := range []string{path, path + "/sub", path + "/.whole"} {
		if err := os.Chmod(p, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	asAnybody(func() { err = d.Ensure(t.Context()) })
	if err != nil || n != 1 {
		t.Errorf("it is there: %v, made %d times", err, n)
	}
}
