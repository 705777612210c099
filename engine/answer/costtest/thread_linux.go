package costtest

import (
	"syscall"
	"time"
)

// threadTime is the processor time that this thread has had: unlike a clock on
// the wall, what else the machine does has no part in it.
func threadTime() time.Duration {
	const thread = 1 // RUSAGE_THREAD
	var u syscall.Rusage
	if syscall.Getrusage(thread, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
