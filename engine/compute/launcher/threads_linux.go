package launcher

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// watch ends the child when it has too many threads. The kernel's own bound
// counts all processes of a user, and not for root, so the count is looked at:
// there is no event to wait for. What it can start between two looks a control
// group bounds, where this user may make one.
func watch(k *Child, _ Sandbox) {
	if !k.Contained() {
		return
	}
	k.watches.Go(func() {
		group := newGroup(k.pid)
		tick := time.NewTicker(50 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-k.ended:
				_ = os.Remove(group)
				return
			case <-tick.C:
				k.Crowded()
			}
		}
	})
}

// threads counts those of a process: each is a directory in one whose links are
// counted. It is none if the process has ended.
func threads(pid int) int {
	var st syscall.Stat_t
	if err := syscall.Stat(fmt.Sprintf("/proc/%d/task", pid), &st); err != nil {
		return 0
	}
	return int(st.Nlink) - 2 //nolint:unconvert // it is not of one size everywhere
}

// newGroup puts a process into a control group that can hold four times the
// threads that it may have, and gives its directory; "" where there is none to
// be had.
func newGroup(pid int) string {
	mine, err := os.ReadFile("/proc/self/cgroup")
	if err != nil {
		return ""
	}
	for line := range strings.Lines(string(mine)) {
		part := strings.SplitN(strings.TrimSpace(line), ":", 3) // number, controllers, path
		if len(part) < 3 || part[1] != "" && part[1] != "pids" {
			continue
		}
		dir := filepath.Join("/sys/fs/cgroup", part[1], part[2], fmt.Sprintf("aimo3-%d", pid))
		left, _ := filepath.Glob(filepath.Join(filepath.Dir(dir), "aimo3-*"))
		for _, old := range left {
			_ = os.Remove(old) // of a program that was killed; one with a process in it stays
		}
		if os.Mkdir(dir, 0o700) != nil {
			continue
		}
		if put(dir, "pids.max", 4*maxThreads) && put(dir, "cgroup.procs", pid) {
			return dir
		}
		_ = os.Remove(dir)
	}
	return ""
}

func put(dir, file string, value int) bool {
	f, err := os.OpenFile(filepath.Join(dir, file), os.O_WRONLY, 0)
	if err != nil {
		return false
	}
	_, err = fmt.Fprint(f, value)
	return f.Close() == nil && err == nil
}
