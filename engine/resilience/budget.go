package resilience

import (
	"slices"
	"time"
)

const (
	budgetWindow = time.Minute
	budgetShare  = 2 // of so many requests one may be a retry
	budgetExtra  = 3 // retries beyond that, at least
)

// budget bounds retries by the requests of the last minute, retries included, and by how
// many replies are wished for at once: where all of these are cut off after minutes, each
// may be asked for again.
type budget struct {
	requests, retries []time.Time // of the last minute, in order
}

// began counts a request.
func (b *budget) began(now time.Time) { b.requests = append(recent(b.requests, now), now) }

// free is when a retry may be made: now or later.
func (b *budget) free(now time.Time, atOnce int) time.Time {
	b.requests, b.retries = recent(b.requests, now), recent(b.retries, now)
	if len(b.retries) < len(b.requests)/budgetShare+max(budgetExtra, atOnce) {
		return now
	}
	return b.retries[0].Add(budgetWindow)
}

// take makes a retry if that is free now, and says when one is.
func (b *budget) take(now time.Time, atOnce int) time.Time {
	at := b.free(now, atOnce)
	if !at.After(now) {
		b.retries = append(b.retries, now)
	}
	return at
}

// recent are the times of the last minute.
func recent(times []time.Time, now time.Time) []time.Time {
	i, _ := slices.BinarySearchFunc(times, now.Add(-budgetWindow), func(at, from time.Time) int {
		if at.After(from) {
			return 1
		}
		return -1
	})
	return times[i:]
}
