package monitor

import (
	"context"
	"fmt"
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
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return context.WithValue(t.Context(), common.EnvKey, common.EnvMap{common.HostProcEnvKey: dir})
}

func TestProcessorsNeedTwoLooks(t *testing.T) {
	h := newHost(fstest.MapFS{})
	yet := Value{Missing: Measuring}
	for _, c := range []struct {
		name, stat string
		all        Value
		each       []Value
	}{
		{"the first look", "cpu 0 0 0 0\ncpu0 100 0 100 800 0 0 0 0 0 0\ncpu1 0 0 0 1000 0 0 0 0 0 0\n", yet, []Value{yet, yet}},
		// Guests' 40 lie within the user's 50, and waiting is not busy.
		{
			"one core at half", "cpu 0 0 0 0\ncpu0 150 0 100 840 10 0 0 0 40 0\ncpu1 0 0 0 1100 0 0 0 0 0 0\n",
			Value{N: 25},
			[]Value{{N: 50}, {N: 0}},
		},
		{
			"counters that step back", "cpu 0 0 0 0\ncpu0 140 0 100 940 10 0 0 0 0 0\ncpu1 200 0 0 1000 0 0 0 0 0 0\n",
			Value{N: 100},
			[]Value{{N: 0}, {N: 100}},
		},
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
		{
			"a container", meminfo, group("4294967296", "3221225472", "anon 5\ninactive_file 1073741824\nactive_file 7"),
			Usage{Of: "this container", Used: 2*gib - 7, Total: 4 * gib},
		},
		{
			"a container over its limit", meminfo, group("1073741824", "3221225472", "inactive_file x"),
			Usage{Of: "this container", Used: gib, Total: gib},
		},
		{"a container that hides its use", meminfo, map[string]string{"fs/cgroup/memory.max": "1073741824"}, whole},
		{"nothing", nil, nil, Usage{Missing: "the memory cannot be read"}},
	} {
		h := newHost(sysWith(c.sys))
		if got := h.memory(procWith(t, c.proc)); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func TestSelf(t *testing.T) {
	const stat = "42 (a (b) c) S 1 1 1 0 -1 0 0 0 0 0 %d %d 0 0 20 0 1 0 100 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n"
	o, began := own{pid: 42}, time.Now()
	for _, c := range []struct {
		name         string
		after        time.Duration
		user, system int // hundredths of a second
		want         Value
	}{
		{"the first look", 0, 100, 50, Value{Missing: Measuring}},
		{"half a core", time.Second, 130, 70, Value{N: 50}},
		{"two cores", 3 * time.Second, 430, 170, Value{N: 200}},
		{"no time gone by", 3 * time.Second, 430, 170, Value{Missing: Measuring}},
		{"idle", 4 * time.Second, 430, 170, Value{N: 0}},
	} {
		ctx := procWith(t, map[string]string{
			"42/stat": fmt.Sprintf(stat, c.user, c.system), "42/statm": "9 3 2 1 0 1 0\n", "stat": "btime 1700000000\n", "uptime": "9 9\n",
		})
		got := o.read(ctx, began.Add(c.after))
		if !alike(got.CPU, c.want) || got.RSS != 3*uint64(os.Getpagesize()) || got.Missing != "" {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
	if got := (&own{pid: os.Getpid()}).read(t.Context(), began); got.Missing != "" || got.RSS < 1<<20 {
		t.Errorf("of this test: %+v", got)
	}
	if got := (&own{pid: 1 << 30}).read(t.Context(), began); got.Missing == "" || got.CPU.Missing == "" || got.RSS != 0 {
		t.Errorf("of a program that is not there: %+v", got)
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
