// Package costtest measures what calculations take: memory, which is the same on
// every machine and stands for steps where tests bound them, and time, for
// benchmarks, on machines that do other work as well.
package costtest

import (
	"runtime"
	"time"
)

// Took is how long f took: by the clock on the wall, or by the processor time of
// the thread if that is less, which it is where other programs had a part in it.
// Work that f gives to other goroutines does not count.
func Took(f func()) time.Duration {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	began, worked := time.Now(), threadTime()
	f()
	wall := time.Since(began)
	if cpu := threadTime() - worked; wall > coarse && cpu > 0 {
		return min(wall, cpu)
	}
	return wall
}

// Best is the least that f took of so many times.
func Best(times int, f func()) time.Duration {
	best := Took(f)
	for range times - 1 {
		best = min(best, Took(f))
	}
	return best
}

// coarse is what processor time cannot tell apart.
const coarse = 100 * time.Microsecond
