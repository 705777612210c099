package python_test

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine/compute"
	"github.com/aimo3/aimo3/engine/compute/computetest"
)

// many is how many sessions are opened by the tests of what they leave.
func many() int {
	if n, err := strconv.Atoi(os.Getenv("AIMO3_SESSIONS")); err == nil {
		return n
	}
	return 100
}

// adopt makes this process the parent of whoever loses its own, so that nobody
// who is left over goes unseen.
func adopt(t *testing.T) {
	t.Helper()
	const prSetChildSubreaper = 36
	if _, _, e := syscall.RawSyscall(syscall.SYS_PRCTL, prSetChildSubreaper, 1, 0); e != 0 {
		t.Fatal(e)
	}
}

// TestNothingIsLeft opens sessions and ends them in every way.
func TestNothingIsLeft(t *testing.T) {
	adopt(t)
	t.Setenv("TMPDIR", t.TempDir()) // others work in the usual one
	e := quick("")
	if err := e.Available(t.Context()); err != nil {
		t.Skipf("NO PYTHON TO TRY: %v", err)
	}
	before, temp := descriptors(t), len(entries(t, os.TempDir()))
	for i := range many() {
		s, err := e.Open(t.Context(), compute.Limits{Cell: 50 * time.Millisecond})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		switch i % 5 {
		case 0: // closed before it is ready
		case 1:
			_, err = s.Run(ctx, "1")
		case 2:
			_, err = s.Run(ctx, "import os\nos._exit(1)")
		case 3:
			_, err = s.Run(ctx, "import os\nos.kill(os.getpid(), 9)")
		case 4:
			cancel()
			_, _ = s.Run(ctx, "while True: pass")
		}
		cancel()
		if err != nil {
			t.Errorf("session %d: %v", i, err)
		}
		if err := s.Close(); err != nil {
			t.Errorf("close %d: %v", i, err)
		}
	}
	if left := computetest.Children(); len(left) > 0 {
		t.Errorf("processes are left: %v", left)
	}
	if now := descriptors(t); now > before {
		t.Errorf("%d descriptors are open, %d were", now, before)
	}
	if now := len(entries(t, os.TempDir())); now > temp {
		t.Errorf("%d files in %s, %d were", now, os.TempDir(), temp)
	}
}

func descriptors(t *testing.T) int {
	t.Helper()
	return len(entries(t, "/proc/self/fd"))
}

func entries(t *testing.T, dir string) []os.DirEntry {
	t.Helper()
	all, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestAbandoned: sessions of a program that is killed end with it.
func TestAbandoned(t *testing.T) {
	if os.Getenv("AIMO3_ABANDON") != "" {
		abandon(t)
		return
	}
	adopt(t)
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^TestAbandoned$", "-test.v")
	cmd.Env = append(os.Environ(), "AIMO3_ABANDON=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ready := false
	for lines := bufio.NewScanner(out); !ready && lines.Scan(); {
		ready = lines.Text() == "ready"
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if !ready {
		t.Skip("NO PYTHON TO ABANDON")
	}
	if left := computetest.Children(); len(left) > 0 {
		t.Errorf("processes are left: %v", left)
	}
}

func abandon(t *testing.T) {
	e := quick("")
	for range 5 {
		s, err := e.Open(t.Context(), compute.Limits{Cell: time.Hour})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Run(t.Context(), "1"); err != nil {
			t.Fatal(err)
		}
		go func() { _, _ = s.Run(t.Context(), "while True: pass") }()
	}
	_, _ = os.Stdout.WriteString("ready\n")
	select {}
}
