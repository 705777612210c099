package monitor

import (
	"cmp"
	"context"
	"io/fs"
	"os"
	"runtime"

	"github.com/shirou/gopsutil/v3/common"
	"github.com/shirou/gopsutil/v3/cpu"
	"github.com/shirou/gopsutil/v3/mem"
)

// host reads processors and memory. Shares of time are taken from
// one reading to the next, so it belongs to one goroutine.
type host struct {
	sys   fs.FS
	cores []cpuTime // at the last reading
}

// cpuTime is the time of one core since it started, in seconds.
type cpuTime struct{ busy, total float64 }

func newHost(sys fs.FS) *host { return &host{sys: sys} }

// processors reads the busy share of all cores together and of each.
func (h *host) processors(ctx context.Context) (all Value, each []Value) {
	times, err := cpu.TimesWithContext(ctx, true)
	if err != nil || len(times) == 0 {
		h.cores = nil
		return Value{Missing: "the processor times cannot be read"}, nil
	}
	before, after := h.cores, make([]cpuTime, len(times))
	h.cores = after
	each = make([]Value, len(times))
	var was, is cpuTime
	for i, t := range times {
		after[i] = cpuTimeOf(t)
		each[i] = Value{Missing: Measuring}
		is.add(after[i])
		if len(before) == len(after) {
			each[i] = after[i].since(before[i])
			was.add(before[i])
		}
	}
	if len(before) != len(after) {
		return Value{Missing: Measuring}, each
	}
	return is.since(was), each
}

// memory reads what new programs cannot have, out of all, or out of the limit
// where a container sets a lower one.
func (h *host) memory(ctx context.Context) Usage {
	v, err := mem.VirtualMemoryWithContext(ctx)
	if err != nil || v.Total == 0 {
		return Usage{Missing: "the memory cannot be read"}
	}
	if limited, ok := containerMemory(procOf(ctx), h.sys, v.Total); ok {
		return limited
	}
	return Usage{Used: v.Total - min(v.Available, v.Total), Total: v.Total}
}

// procOf is /proc, or what gopsutil reads in its place.
func procOf(ctx context.Context) fs.FS {
	env, _ := ctx.Value(common.EnvKey).(common.EnvMap)
	return os.DirFS(cmp.Or(env[common.HostProcEnvKey], os.Getenv(string(common.HostProcEnvKey)), "/proc"))
}

func cpuTimeOf(t cpu.TimesStat) cpuTime {
	busy := t.User + t.System + t.Nice + t.Irq + t.Softirq + t.Steal
	if runtime.GOOS != "linux" { // where user time holds the guests' already
		busy += t.Guest + t.GuestNice
	}
	return cpuTime{busy: busy, total: busy + t.Idle + t.Iowait}
}

func (t *cpuTime) add(o cpuTime) {
	t.busy += o.busy
	t.total += o.total
}

func (t cpuTime) since(before cpuTime) Value {
	total := t.total - before.total
	if total <= 0 {
		return Value{Missing: Measuring}
	}
	// The kernel's counters may step back a little, above all that of waiting.
	return Value{N: min(100, max(0, (t.busy-before.busy)/total*100))}
}
