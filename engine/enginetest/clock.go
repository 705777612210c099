package enginetest

import (
	"sync/atomic"
	"time"
)

// Clock is a time that a test moves while others, such as what tidies a cache after a write,
// read it. It begins at 2026-11-28 12:00 UTC.
type Clock struct{ past atomic.Int64 }

// Now is the time.
func (c *Clock) Now() time.Time {
	return time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC).Add(time.Duration(c.past.Load()))
}

// Pass lets time go by.
func (c *Clock) Pass(d time.Duration) { c.past.Add(int64(d)) }
