package monitor

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"github.com/shirou/gopsutil/v3/common"
)

// procWith is a context in which /proc holds only these files.
func procWith(t *testing.T, files map[string]string) context.Context {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("there is no /proc here to stand in for")
	}
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return context.WithValue(t.Context(), common.EnvKey, common.EnvMap{common.HostProcEnvKey: dir})
}

func TestProcessorsNeedTwoLooks(t *testing.T) {
	h := newHost(os.Getpid(), fstest.MapFS{})
	yet := Value{Missing: Measuring}
	for _, c := range []struct {
		name, stat string
		all        Value
		each       []Value
	}{
		{"the first look", "cpu 0 0 0 0\ncpu0 100 0 100 800 0 0 0 0 0 0\ncpu1 0 0 0 1000 0 0 0 0 0 0\n", yet, []Value{yet, yet}},
		// Guests' 40 lie within the user's 50, and waiting is not busy.
		{"one core at half", "cpu 0 0 0 0\ncpu0 150 0 100 840 10 0 0 0 40 0\ncpu1 0 0 0 1100 0 0 0 0 0 0\n",
			Value{N: 25}, []Value{{N: 50}, {N: 0}}},
		{"counters that step back", "cpu 0 0 0 0\ncpu0 140 0 100 940 10 0 0 0 0 0\ncpu1 200 0 0 1000 0 0 0 0 0 0\n",
			Value{N: 100}, []Value{{N: 0}, {N: 100}}},
		{"no time gone by", "cpu 0 0 0 0\ncpu0 140 0 100 940 10 0 0 0 0 0\ncpu1 200 0 0 1000 0 0 0 0 0 0\n", yet, []Value{yet, yet}},
		{"a core more", "cpu 0 0 0 0\ncpu0 1 0 0 1 0 0 0 0 0 0\ncpu1 1 0 0 1 0 0 0 0 0 0\ncpu2 1 0 0 1 0 0 0 0 0 0\n", yet, []Value{yet, yet, yet}},
		{"nothing", "", Value{Missing: "the processor times cannot be read"}, nil},
	} {
		all, each := h.processors(procWith(t, map[string]string{"stat": c.stat}))
		if !alike(all, c.all) || !slices.EqualFunc(each, c.each, alike) {
			t.Errorf("%s: %v, %v, want %v, %v", c.name, all, each, c.all, c.each)
		}
	}
}

func alike(a, b Value) bool { return a.Missing == b.Missing && math.Abs(a.N-b.N) < 1e-9 }

func TestMemory(t *testing.T) {
	const gib = 1 << 30
	meminfo := map[string]string{"meminfo": "MemTotal: 8388608 kB\nMemFree: 1048576 kB\nMemAvailable: 6291456 kB\nCached: 4194304 kB\n"}
	whole := Usage{Used: 2 * gib, Total: 8 * gib}
	group := func(limit, current, stat string) map[string]string {
		return map[string]string{"fs/cgroup/memory.max": limit, "fs/cgroup/memory.current": current, "fs/cgroup/memory.stat": stat}
	}
	for _, c := range []struct {
		name string
		proc map[string]string
		sys  map[string]string
		want Usage
	}{
		{"a machine", meminfo, nil, whole},
		{"a container without limit", meminfo, group("max", "1024", ""), whole},
		{"a container of more than all", meminfo, group("17179869184", "1024", ""), whole},
		{"a container", meminfo, group("4294967296", "3221225472", "anon 5\ninactive_file 1073741824\nactive_file 7"),
			Usage{Of: "this container", Used: 2 * gib, Total: 4 * gib}},
		{"a container over its limit", meminfo, group("1073741824", "3221225472", "inactive_file x"),
			Usage{Of: "this container", Used: gib, Total: gib}},
		{"a container that hides its use", meminfo, map[string]string{"fs/cgroup/memory.max": "1073741824"}, whole},
		{"nothing", nil, nil, Usage{Missing: "the memory cannot be read"}},
	} {
		h := newHost(os.Getpid(), sysWith(c.sys))
		if got := h.memory(procWith(t, c.proc)); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func TestSelf(t *testing.T) {
	h := newHost(os.Getpid(), fstest.MapFS{})
	began := time.Now()
	first := h.self(t.Context(), began)
	if first.Missing != "" || first.RSS < 1<<20 || first.CPU != (Value{Missing: Measuring}) {
		t.Errorf("the first look: %+v", first)
	}
	// All the time is spent here, but another program may have the core for some.
	for time.Since(began) < 300*time.Millisecond {
		runtime.KeepAlive(math.Sqrt(float64(time.Now().UnixNano())))
	}
	if got := h.self(t.Context(), time.Now()).CPU; got.Missing != "" || got.N < 5 || got.N > 100*float64(runtime.NumCPU())+20 {
		t.Errorf("after 300 ms of work: %+v percent", got)
	}
	gone := newHost(1<<30, fstest.MapFS{})
	if got := gone.self(t.Context(), time.Now()); got.Missing == "" || got.CPU.Missing == "" || got.RSS != 0 {
		t.Errorf("a program that is not there: %+v", got)
	}
}

func TestDisk(t *testing.T) {
	dir := t.TempDir()
	want, err := diskOf(dir)(t.Context())
	if err != nil || want.Total == 0 || want.Used > want.Total {
		t.Fatalf("%+v, %v", want, err)
	}
	got, err := diskOf(filepath.Join(dir, "not", "yet", "aimo3.db"))(t.Context())
	if err != nil || got.Total != want.Total {
		t.Errorf("of a path to come: %+v, %v, want the total of %+v", got, err, want)
	}
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := diskOf(filepath.Join(file, "below"))(t.Context()); err == nil {
		t.Errorf("below a file: %+v, want an error", got)
	}
}
