package computetest

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// world is what attacks are after.
type world struct {
	secret  string
	dir     string
	calls   atomic.Int64 // of anybody who reached a listener
	victim  *exec.Cmd
	replace *strings.Replacer
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{secret: "canary-" + rand.Text()}
	t.Setenv("AIMO3_CANARY", w.secret)
	// Whoever loses its parent becomes a child of this process, and is seen.
	const prSetChildSubreaper = 36
	if _, _, e := syscall.RawSyscall(syscall.SYS_PRCTL, prSetChildSubreaper, 1, 0); e != 0 {
		t.Fatal(e)
	}
	home, err := os.UserHomeDir()
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.CreateTemp(home, ".aimo3-canary-")
	if err != nil {
		t.Skipf("nothing can be written to the home directory, so nothing there can be stolen: %v", err)
	}
	t.Cleanup(func() { _ = os.Remove(file.Name()) })
	if _, err := file.WriteString(w.secret); err != nil {
		t.Fatal(err)
	}
	_ = file.Close()
	w.dir = t.TempDir()
	if err := os.Chmod(w.dir, 0o777); err != nil {
		t.Fatal(err)
	}
	unix, abstract := filepath.Join(w.dir, "socket"), "aimo3-"+rand.Text()
	_, port, err := net.SplitHostPort(w.listen(t, "tcp", "127.0.0.1:0").String())
	if err != nil {
		t.Fatal(err)
	}
	w.listen(t, "unix", unix)
	w.listen(t, "unix", "@"+abstract)
	w.victim = exec.CommandContext(t.Context(), "sleep", "600")
	if err := w.victim.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.victim.Process.Kill(); _ = w.victim.Wait() })
	w.replace = strings.NewReplacer("$HOME", home, "$SECRETFILE", file.Name(), "$DIR", w.dir, "$PORT", port,
		"$SOCKET", unix, "$ABSTRACT", abstract, "$PARENT", strconv.Itoa(os.Getpid()), "$VICTIM", strconv.Itoa(w.victim.Process.Pid))
	return w
}

func (w *world) fill(code string) string { return w.replace.Replace(code) }

func (w *world) listen(t *testing.T, network, address string) net.Addr {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), network, address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() { // it ends with the listener
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			w.calls.Add(1)
			_ = c.Close()
		}
	}()
	return l.Addr()
}

// check looks for harm that was done.
func (w *world) check(t *testing.T) {
	t.Helper()
	if n := w.calls.Swap(0); n > 0 {
		t.Errorf("%d calls reached a listener", n)
	}
	files, err := os.ReadDir(w.dir)
	if err != nil || len(files) != 1 {
		t.Errorf("the directory holds %v, %v, want its socket alone", files, err)
	}
	if err := w.victim.Process.Signal(syscall.Signal(0)); err != nil || state(w.victim.Process.Pid) == "Z" {
		t.Errorf("the victim is gone: %v", err)
	}
	if left := Children(w.victim.Process.Pid); len(left) > 0 {
		t.Errorf("survivors: %v", left)
	}
}

func state(pid int) string {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return "gone"
	}
	return string(stat[bytes.LastIndexByte(stat, ')')+2])
}

// Children are the processes below this one, but for those named, each as its
// number and command line. One that is just ending is given the time to.
func Children(but ...int) []string {
	var left []string
	for end := time.Now().Add(2 * time.Minute); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if left = children(but); len(left) == 0 {
			break
		}
	}
	return left
}

func children(but []int) []string {
	known := map[string]bool{}
	for _, pid := range but {
		known[strconv.Itoa(pid)] = true
	}
	var left []string
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, path := range stats {
		stat, err := os.ReadFile(path)
		if err != nil {
			continue
		}
		fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
		pid := filepath.Base(filepath.Dir(path))
		if len(fields) > 1 && fields[1] == strconv.Itoa(os.Getpid()) && !known[pid] {
			if n, err := strconv.Atoi(pid); fields[0] == "Z" && err == nil {
				_, _ = syscall.Wait4(n, nil, syscall.WNOHANG, nil) // an orphan that is dead and only waits for this
				continue
			}
			left = append(left, pid+" "+fields[0])
		}
	}
	return left
}

// resident is the memory that this process holds, in bytes.
func resident(t *testing.T) int64 {
	t.Helper()
	statm, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		t.Fatal(err)
	}
	pages, err := strconv.ParseInt(strings.Fields(string(statm))[1], 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return pages * int64(os.Getpagesize())
}
