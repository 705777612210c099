package observe

import (
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"

	"github.com/aimo3/aimo3/engine/monitor"
)

// reading has a machine and so many GPUs, of which the second tells nothing.
func reading(gpus int) monitor.Reading {
	v := func(n float64) monitor.Value { return monitor.Value{N: n} }
	r := monitor.Reading{At: time.Now(), CPU: v(25), Cores: []monitor.Value{v(50), v(0)}, Memory: monitor.Usage{Used: 3, Total: 4}, Disk: monitor.Usage{Missing: "x"}}
	for range gpus {
		r.GPUs = append(r.GPUs, monitor.GPU{Util: v(90), Memory: monitor.Usage{Used: 1, Total: 2}, Power: v(300), Temperature: v(70), Clock: v(1980)})
	}
	if gpus > 1 {
		no := monitor.Value{Missing: "gpu is lost"}
		r.GPUs[1] = monitor.GPU{Util: no, Memory: monitor.Usage{Missing: "gpu is lost"}, Power: no, Temperature: no}
	}
	return r
}

// Of readings all are kept, and the latest is shown; what is missing is not 0.
func TestTheMachineIsMeasured(t *testing.T) {
	m := New(Options{})
	r := reading(2)
	m.Machine(r)
	r.CPU.N = 75
	m.Machine(r)
	got := page(t, m)
	for _, want := range []string{"aimo3_machine_cpu_ratio 0.75\n", "aimo3_machine_memory_ratio 0.75\n", `aimo3_gpu_busy_ratio{gpu="0"} 0.9`, `aimo3_gpu_power_watts{gpu="0"} 300`} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	for _, bad := range []string{"_disk", `gpu="1"`, "1980"} {
		if strings.Contains(got, bad) {
			t.Errorf("%q in\n%s", bad, got)
		}
	}
	rows, _ := m.taken(time.Now(), false)
	for _, row := range rows {
		if row.Series == "aimo3_machine_cpu_ratio" && (row.Count != 2 || row.Mean() != 0.5) {
			t.Errorf("of two readings %+v", row)
		}
	}
	if rows, _ := m.taken(time.Now(), false); len(rows) > 0 {
		t.Errorf("after no reading %d rows", len(rows))
	}
	if problems, err := promlint.New(strings.NewReader(got)).Lint(); err != nil || len(problems) > 0 {
		t.Error(err, problems)
	}
}

// However many GPUs there are, their labels are bounded; and each series is found by the
// name under which it was measured.
func TestSeriesOfTheMachine(t *testing.T) {
	m := New(Options{})
	m.Machine(reading(100))
	got := page(t, m)
	if !strings.Contains(got, `{gpu="15"}`) || strings.Contains(got, `{gpu="16"}`) {
		t.Error(got)
	}
	for name, want := range map[string]monitor.Series{
		"aimo3_machine_cpu_ratio":                 {Figure: monitor.CPUBusy},
		`aimo3_gpu_memory_ratio{gpu="3"}`:         {Figure: monitor.GPUMemory, Of: 3},
		`aimo3_gpu_temperature_celsius{gpu="15"}`: {Figure: monitor.GPUTemperature, Of: 15},
	} {
		s, scale, is := MachineSeries(name)
		if v := map[bool]float64{true: 1, false: 100}[s.Figure == monitor.GPUTemperature]; s != want || scale != v || !is {
			t.Errorf("%s is %+v, times %g: %v", name, s, scale, is)
		}
	}
	for _, name := range []string{"aimo3_memory_bytes", "", "aimo3_gpu"} {
		if s, _, is := MachineSeries(name); is {
			t.Errorf("%q is %+v", name, s)
		}
	}
}

func BenchmarkMachine(b *testing.B) {
	m, r := New(Options{}), reading(8)
	for b.Loop() {
		m.Machine(r)
	}
}
