package monitor

import (
	"context"
	"time"

	"github.com/shirou/gopsutil/v3/process"
)

// own reads what this program uses, with its children. Shares of time are taken from
// one reading to the next, so it belongs to one goroutine.
type own struct {
	pid      int
	children func() []int    // may be nil
	spent    map[int]float64 // seconds that each process had used at the last reading
	asked    time.Time       // of the last reading
}

// read adds up this program and its children. A child that cannot be read has ended, and
// counts no more; what it used since the last reading is not known.
func (o *own) read(ctx context.Context, now time.Time) Self {
	held, spent, err := usedBy(ctx, o.pid)
	if err != nil {
		why := "this program's use cannot be read: " + err.Error()
		return Self{CPU: Value{Missing: why}, Missing: why}
	}
	all := map[int]float64{o.pid: spent}
	if o.children != nil {
		for _, pid := range o.children() {
			if more, spent, err := usedBy(ctx, pid); err == nil {
				held += more
				all[pid] = spent
			}
		}
	}
	share, since := Value{Missing: Measuring}, now.Sub(o.asked).Seconds()
	if !o.asked.IsZero() && since > 0 {
		used := 0.0
		for pid, spent := range all { // a child that is new has used all of it since
			used += max(0, spent-o.spent[pid])
		}
		share = Value{N: used / since * 100}
	}
	o.spent, o.asked = all, now
	return Self{CPU: share, RSS: held}
}

// usedBy is the resident memory of a process in bytes, and the seconds it had of the
// processors.
func usedBy(ctx context.Context, pid int) (held uint64, spent float64, err error) {
	p, err := process.NewProcessWithContext(ctx, int32(pid))
	if err != nil {
		return 0, 0, err
	}
	m, err := p.MemoryInfoWithContext(ctx)
	if err != nil {
		return 0, 0, err
	}
	t, err := p.TimesWithContext(ctx)
	if err != nil {
		return 0, 0, err
	}
	return m.RSS, t.User + t.System, nil
}
