package audit

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
)

const (
	countedFor  = time.Minute // requests of one record
	maxRefused  = 16          // records of a minute; the last is of all others
	restAddress = "other addresses"
)

// Refusals records requests that a server refused. Whoever can reach it may make a million
// of them, and the log only grows: so it counts them, and keeps one record for who asked, the
// address and the minute, at most 16 in a minute. Its methods may be called from many
// goroutines; a nil one takes everything and keeps nothing.
type Refusals struct {
	log *Log

	mu     sync.Mutex
	counts map[refused]map[int]int // by status; nil once it is closed
	timer  *time.Timer             // writes them; nil if there are none
}

// refused is who was refused, and from where.
type refused struct{ who, from string }

// NewRefusals records into a log, and must be closed before that is.
func NewRefusals(l *Log) *Refusals {
	return &Refusals{log: l, counts: map[refused]map[int]int{}}
}

// Add counts a request that was answered by a status. Who is as Record.Who, and from is the
// address.
func (r *Refusals) Add(who, from string, status int) {
	if r == nil || r.log == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.counts == nil {
		return
	}
	by := refused{who, from}
	if r.counts[by] == nil {
		if len(r.counts) >= maxRefused-1 {
			by = refused{"", restAddress}
		}
		if r.counts[by] == nil {
			r.counts[by] = map[int]int{}
		}
	}
	r.counts[by][status]++
	if r.timer == nil {
		r.timer = time.AfterFunc(countedFor, r.inTime)
	}
}

// inTime records what was counted in a minute.
func (r *Refusals) inTime() {
	r.mu.Lock()
	counts := r.counts
	if r.timer = nil; counts != nil {
		r.counts = map[refused]map[int]int{}
	}
	r.mu.Unlock()
	r.record(counts)
}

// Close records what was counted.
func (r *Refusals) Close() {
	if r == nil {
		return
	}
	r.mu.Lock()
	counts := r.counts
	if r.counts = nil; r.timer != nil {
		r.timer.Stop()
	}
	r.mu.Unlock()
	r.record(counts)
}

func (r *Refusals) record(counts map[refused]map[int]int) {
	order := func(a, b refused) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.who, b.who)) }
	for _, by := range slices.SortedFunc(maps.Keys(counts), order) {
		var said []string
		for _, status := range slices.Sorted(maps.Keys(counts[by])) {
			said = append(said, fmt.Sprintf("%d with %d", counts[by][status], status))
		}
		r.log.Add(As(context.Background(), by.who), Refuse, by.from, "refused: "+strings.Join(said, ", "))
	}
}
