package monitor

import (
	"context"
	"sync"
	"time"
)

// Look takes one reading, and waits a few moments for the figures that need
// time. All it started has ended when it returns, as after Run.
func Look(ctx context.Context, o Options) Reading {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	m := New(o)
	var running sync.WaitGroup
	defer running.Wait()
	defer cancel()
	running.Go(func() { m.Run(ctx) })
	r, more := m.Next(ctx)
	for more && r.unsettled() {
		var next Reading
		if next, more = m.Next(ctx); more {
			r = next
		}
	}
	return r
}

func (r Reading) unsettled() bool {
	if r.GPUsPending {
		return true
	}
	for _, missing := range []string{r.NoLoad, r.Disk.Missing, r.Memory.Missing} {
		if missing == Measuring {
			return true
		}
	}
	return false
}

// Room is the memory, in bytes, that language models may use: what is free on
// the GPUs, or without any in main memory, and what the server's models hold
// already. Of main memory a GPU that shares it may have all that is free, and
// counts only where no other does. It is 0 when that is not known, as for a
// server elsewhere, or while GPUs may yet be found.
func (r Reading) Room() uint64 {
	if r.Remote || r.GPUsPending {
		return 0
	}
	var room, shared uint64
	for _, g := range r.GPUs {
		if g.Shared {
			shared += g.Memory.free()
		} else {
			room += g.Memory.free()
		}
	}
	if room == 0 {
		room = max(shared, r.Memory.free())
	}
	for _, l := range r.Loaded {
		room += uint64(max(l.Size, 0))
	}
	return room
}

func (u Usage) free() uint64 {
	if u.Missing != "" {
		return 0
	}
	return u.Total - min(u.Used, u.Total)
}
