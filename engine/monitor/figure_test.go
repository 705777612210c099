package monitor

import (
	"context"
	"fmt"
	"math"
	"os"
	"slices"
	"testing"
	"testing/fstest"
	"time"
)

var began = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// cpuAt is a reading so long after began, with so much of the processors busy.
func cpuAt(after time.Duration, busy float64) Reading {
	return Reading{At: began.Add(after), CPU: Value{N: busy}, Memory: Usage{Missing: "gone"}}
}

// Columns are means of what was read in each part, with holes where nothing was.
func TestColumnsOfAnHour(t *testing.T) {
	var h Hour
	cpu := Series{Figure: CPUBusy}
	if got := h.Columns(cpu, began, time.Minute, 2); !math.IsNaN(got[0]) || !math.IsNaN(got[1]) {
		t.Errorf("of an empty hour %v", got)
	}
	for i, busy := range []float64{10, 20, 30, 40, 50, 60} {
		h.Add(cpuAt(time.Duration(i)*time.Second, busy))
	}
	h.Add(cpuAt(20*time.Second, 80))
	missing := cpuAt(21*time.Second, 0)
	missing.CPU.Missing = "gone"
	h.Add(missing)
	for _, row := range []struct {
		name  string
		until time.Duration
		long  time.Duration
		n     int
		want  string
	}{
		{"a column a second", 5 * time.Second, 4 * time.Second, 4, "[30 40 50 60]"},
		{"two readings a column", 5 * time.Second, 8 * time.Second, 4, "[NaN 15 35 55]"},
		{"half a reading a column", 5 * time.Second, 2 * time.Second, 4, "[40 50 50 60]"},
		{"a hole", 20 * time.Second, 16 * time.Second, 4, "[NaN NaN NaN 80]"},
		{"what is not read stands a while", 21 * time.Second, 2 * time.Second, 2, "[80 80]"},
		{"the past", 3 * time.Second, 2 * time.Second, 2, "[30 40]"},
	} {
		if got := fmt.Sprint(h.Columns(cpu, began.Add(row.until), row.long, row.n)); got != row.want {
			t.Errorf("%s: %s, want %s", row.name, got, row.want)
		}
	}
	if h.Has(Series{Figure: MemoryUsed}) || !h.Has(cpu) {
		t.Error("it has what was never read, or has not what was")
	}
}

// A part keeps its mean while time goes on: graphs move, and do not shimmer.
func TestColumnsStand(t *testing.T) {
	var h Hour
	for i := range 600 {
		h.Add(cpuAt(time.Duration(i)*1003*time.Millisecond, float64(i*37%100)))
	}
	cpu, last := Series{Figure: CPUBusy}, began.Add(599*1003*time.Millisecond)
	before := h.Columns(cpu, last.Add(-20*time.Second), 5*time.Minute, 60)
	after := h.Columns(cpu, last, 5*time.Minute, 60)
	if !slices.Equal(before[4:59], after[:55]) {
		t.Errorf("20 seconds later it is not the same, moved by 4 columns:\n%v\n%v", before, after)
	}
}

// An hour is what is kept, and no more, of no more series than are bounded.
func TestAnHourIsBounded(t *testing.T) {
	var h Hour
	for i := range hourReadings + 100 {
		h.Add(cpuAt(time.Duration(i)*time.Second, float64(i)))
	}
	now := began.Add((hourReadings + 99) * time.Second)
	got := h.Columns(Series{Figure: CPUBusy}, now, 2*time.Hour, 7200)
	kept := slices.DeleteFunc(slices.Clone(got), math.IsNaN)
	if len(kept) < hourReadings || len(kept) > hourReadings+3 || kept[len(kept)-1] != hourReadings+99 {
		t.Errorf("%d kept, the last %v", len(kept), kept[len(kept)-1])
	}
	h.Add(Reading{At: now, Cores: make([]Value, 3*maxSeries)})
	if len(h.of) != maxSeries {
		t.Errorf("%d series", len(h.of))
	}
}

// Every number of a reading is handed on, and those of one GPU stand at its place.
func TestEachNumber(t *testing.T) {
	r := Reading{
		CPU: n(1), Cores: []Value{n(2), no("x")}, Memory: Usage{Used: 1, Total: 4}, Disk: Usage{Missing: "y"}, Tokens: n(7),
		GPUs: []GPU{{}, {Util: n(8), Memory: Usage{}, Power: n(9), Temperature: n(10), Clock: n(11)}},
	}
	got := map[Series]Value{}
	r.Each(func(s Series, v Value) { got[s] = v })
	for s, want := range map[Series]Value{
		{CPUBusy, 0}: n(1), {CoreBusy, 0}: n(2), {CoreBusy, 1}: no("x"), {MemoryUsed, 0}: n(25), {DiskUsed, 0}: no("y"),
		{Tokens, 0}: n(7), {GPUBusy, 1}: n(8), {GPUMemory, 1}: no("nothing in all"), {GPUPower, 1}: n(9), {GPUTemperature, 1}: n(10), {GPUClock, 1}: n(11),
	} {
		if got[s] != want {
			t.Errorf("%v: %+v, want %+v", s, got[s], want)
		}
	}
}

func TestFlows(t *testing.T) {
	f := flow{}
	for i, row := range []struct {
		in, out uint64
		err     error
		want    Flow
	}{
		{100, 200, nil, Flow{no(Measuring), no(Measuring)}},
		{300, 200, nil, Flow{n(100), n(0)}},
		{200, 900, nil, Flow{no(Measuring), no(Measuring)}}, // it began anew
		{200, 902, nil, Flow{n(0), n(1)}},
		{0, 0, errNoTraffic, Flow{no(errNoTraffic.Error()), no(errNoTraffic.Error())}},
		{9, 9, nil, Flow{no(Measuring), no(Measuring)}},
	} {
		if got := f.since(began.Add(time.Duration(i)*2*time.Second), row.in, row.out, row.err); got != row.want {
			t.Errorf("row %d: %+v, want %+v", i, got, row.want)
		}
	}
}

// Whole disks count, and what lies above or beside them does not count again.
func TestDiskCounts(t *testing.T) {
	proc := fstest.MapFS{"diskstats": {Data: []byte(`   7       0 loop0 9 0 9000 0 9 0 9000 0 0 0 0
 259       0 nvme0n1 10 0 100 5 20 0 200 7 0 0 0 0 0 0 0 0 0
 259       1 nvme0n1p1 10 0 100 5 20 0 200 7 0 0 0
   8       0 sda 1 0 1 5 2 0 3 7 0 0 0
 253       0 dm-0 10 0 100 5 20 0 200 7 0 0 0
`)}}
	sys := fstest.MapFS{"block/nvme0n1/device/model": {}, "block/sda/device/model": {}, "block/dm-0/size": {}}
	if in, out, err := linuxDiskCounts(proc, sys); in != 101*512 || out != 203*512 || err != nil {
		t.Errorf("%d, %d, %v", in, out, err)
	}
	for _, files := range []fstest.MapFS{{}, {"diskstats": {Data: []byte("1 1 loop0 1 1 1 1 1 1 1")}}} {
		if _, _, err := linuxDiskCounts(files, sys); err == nil {
			t.Error("nothing is told of no disk")
		}
	}
}

// Processes that matter are found by what they are called and who started them.
func TestRolesOfProcesses(t *testing.T) {
	at := func(pid, parent int, name string, spent float64) listed {
		return listed{identity: identity{pid, 1}, parent: parent, name: name, spent: spent, rss: uint64(pid)}
	}
	all := []listed{
		at(1, 0, "init", 900), at(10, 1, "aimo3", 5), at(20, 10, "python3", 1), at(21, 20, "python3", 2), at(22, 10, "nvidia-smi", 3),
		at(30, 1, "ollama", 4), at(31, 30, "ollama", 90), at(32, 31, "sh\x1b", 0), at(40, 41, "a", 1), at(41, 40, "b", 1),
	}
	p := &Processes{own: 10, sandbox: func() []int { return []int{20, 99} }, list: func(context.Context) ([]listed, error) { return all, nil }}
	look := func() string {
		found, err := p.Read(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		text := ""
		for _, f := range found {
			text += fmt.Sprintf("%d %s %q %d\n", f.PID, f.Role, f.Name, f.RSS)
			if (f.CPU.Missing == "") != (len(p.spent) == 8) {
				t.Errorf("the share of %d is %+v", f.PID, f.CPU)
			}
		}
		return text
	}
	const want = "10 aimo3 \"aimo3\" 10\n30 server \"ollama\" 30\n31 runner \"ollama\" 31\n32 runner \"sh\" 32\n20 sandbox \"python3\" 20\n21 sandbox \"python3\" 21\n"
	if got := look(); got != want {
		t.Errorf("found\n%swant\n%s", got, want)
	}
	p.at = p.at.Add(-time.Hour)
	all[6].spent += 3600 * 2
	found, err := p.Read(t.Context())
	if err != nil || found[2].PID != 31 || found[2].CPU.N < 199 || found[2].CPU.N > 200 {
		t.Errorf("the runner used two cores: %+v, %v", found, err)
	}
}

// The test is a process of this machine, and finds itself.
func TestThisProcessIsFound(t *testing.T) {
	found, err := NewProcesses(nil).Read(t.Context())
	i := slices.IndexFunc(found, func(p Process) bool { return p.Role == RoleOwn })
	if err != nil || i < 0 || found[i].PID != os.Getpid() || found[i].RSS == 0 || found[i].Name == "" {
		t.Errorf("%+v, %v", found, err)
	}
}

func BenchmarkAddToHour(b *testing.B) {
	var h Hour
	r := Reading{Cores: make([]Value, 64), GPUs: make([]GPU, 8)}
	for i := 0; b.Loop(); i++ {
		r.At = began.Add(time.Duration(i) * time.Second)
		h.Add(r)
	}
}

func BenchmarkColumns(b *testing.B) {
	var h Hour
	for i := range hourReadings {
		h.Add(cpuAt(time.Duration(i)*time.Second, 50))
	}
	for b.Loop() {
		h.Columns(Series{Figure: CPUBusy}, began.Add(time.Hour), time.Hour, 150)
	}
}

func BenchmarkProcesses(b *testing.B) {
	p := NewProcesses(nil)
	for b.Loop() {
		if _, err := p.Read(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
