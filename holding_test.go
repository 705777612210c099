package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// holding is what a process holds at one moment.
type holding struct {
	memory, peak int // MB that are resident, and the most that ever were
	descriptors  int
}

func (u holding) String() string {
	return fmt.Sprintf("%d MB, %d descriptors", u.memory, u.descriptors)
}

// heldBy reads what a running process holds, by Linux's own account.
func heldBy(t *testing.T, pid int) (u holding) {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("SKIPPED: what another process holds is read from /proc")
	}
	dir := filepath.Join("/proc", strconv.Itoa(pid))
	text, err := os.ReadFile(filepath.Join(dir, "status"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		name, rest, _ := strings.Cut(line, ":")
		if fields := strings.Fields(rest); len(fields) > 0 {
			kb, _ := strconv.Atoi(fields[0])
			switch name {
			case "VmRSS":
				u.memory = kb >> 10
			case "VmHWM":
				u.peak = kb >> 10
			}
		}
	}
	open, err := os.ReadDir(filepath.Join(dir, "fd"))
	if err != nil {
		t.Fatal(err)
	}
	u.descriptors = len(open)
	return u
}

// quantile is the value below which so many of all lie; zero if there are none.
func quantile[T ~int | ~int64](all []T, q float64) (value T) {
	if len(all) == 0 {
		return value
	}
	sorted := slices.Sorted(slices.Values(all))
	return sorted[min(int(q*float64(len(sorted))), len(sorted)-1)]
}
