//go:build embedpy

package embedded

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// TestDiskFull unpacks onto a disk of 60 MB, which this test mounts where nobody
// else sees it: it starts itself in namespaces of its own.
func TestDiskFull(t *testing.T) {
	if os.Getenv("AIMO3_SMALL_DISK") != "" {
		onSmallDisk(t)
		return
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^TestDiskFull$", "-test.v")
	cmd.Env = append(os.Environ(), "AIMO3_SMALL_DISK="+t.TempDir())
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}},
	}
	out, err := cmd.CombinedOutput()
	if strings.Contains(string(out), "NO SMALL DISK") || err != nil && len(out) == 0 {
		t.Skipf("NO SMALL DISK TO TRY: %v, %s", err, out)
	}
	if err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

func onSmallDisk(t *testing.T) {
	dir := os.Getenv("AIMO3_SMALL_DISK")
	if err := syscall.Mount("none", dir, "tmpfs", 0, "size=60m"); err != nil {
		t.Skipf("NO SMALL DISK: %v", err)
	}
	t.Setenv("XDG_CACHE_HOME", dir)
	err := Engine("", nil).Available(t.Context())
	if got := engine.Hint(err); !strings.Contains(got, "the disk is full") || !strings.Contains(got, "free 300 MB") {
		t.Errorf("it says %q", got)
	}
	left, _ := os.ReadDir(dir + "/aimo3")
	for _, entry := range left {
		if !strings.HasSuffix(entry.Name(), ".lock") {
			t.Errorf("%s is left on a full disk", entry.Name())
		}
	}
}

// TestKilled: of a program that is killed while it compiles nothing runs on.
func TestKilled(t *testing.T) {
	if os.Getenv("AIMO3_TO_KILL") != "" {
		_ = Engine("", nil).Available(t.Context())
		return
	}
	cache := t.TempDir()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^TestKilled$")
	cmd.Env = append(os.Environ(), "AIMO3_TO_KILL=1", "XDG_CACHE_HOME="+cache)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	within(t, hang, "it compiles", func() bool { return runningIn(t, cache) > 0 })
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	within(t, hang, "what it started has ended", func() bool { return runningIn(t, cache) == 0 })
}

// hang is longer than any machine takes for what a test waits for: when it is
// over, that will not come.
const hang = 5 * time.Minute

// within waits until a claim holds.
func within(t *testing.T, maxWait time.Duration, claim string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(maxWait); !holds(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("after %s it is not so that %s", maxWait, claim)
		}
	}
}

// runningIn counts the processes whose program lies below dir.
func runningIn(t *testing.T, dir string) int {
	t.Helper()
	all, err := filepath.Glob("/proc/[0-9]*/exe")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, link := range all {
		if program, err := os.Readlink(link); err == nil && strings.HasPrefix(program, dir) {
			n++
		}
	}
	return n
}
