package costtest

import (
	"fmt"
	"runtime"
)

// A Cost is the memory that a calculation asked for, given back or not.
type Cost struct{ Objects, Bytes uint64 }

// String is for people.
func (c Cost) String() string { return fmt.Sprintf("%d objects, %d kB", c.Objects, c.Bytes>>10) }

// Memory is what f asked for. What other goroutines ask for meanwhile counts as
// well, so that tests that measure run by themselves.
func Memory(f func()) Cost {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return Cost{after.Mallocs - before.Mallocs, after.TotalAlloc - before.TotalAlloc}
}
