//go:build linux || darwin

package launcher

import (
	"fmt"
	"syscall"
)

// bound puts on the limits that a process can set itself, but for the one on
// memory.
func bound(c Sandbox) error {
	type limit struct {
		what int
		max  uint64
	}
	limits := []limit{
		{syscall.RLIMIT_CORE, 0},
		{syscall.RLIMIT_FSIZE, 0},
		{syscall.RLIMIT_NOFILE, 64},
		{syscall.RLIMIT_STACK, 64 << 20},
	}
	if c.CPU > 0 {
		limits = append(limits, limit{syscall.RLIMIT_CPU, uint64(c.CPU.Seconds() + 1)})
	}
	for _, l := range limits {
		var now syscall.Rlimit
		if err := syscall.Getrlimit(l.what, &now); err != nil {
			return fmt.Errorf("read limit %d: %w", l.what, err)
		}
		lowered := min(l.max, uint64(now.Max)) // a limit can be lowered only
		if err := syscall.Setrlimit(l.what, &syscall.Rlimit{Cur: lowered, Max: lowered}); err != nil && !soft(l.what) {
			return fmt.Errorf("set limit %d: %w", l.what, err)
		}
	}
	return nil
}
