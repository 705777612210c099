// Package limit bounds how much a caller may ask of a server in a time.
//
// Each caller has a bucket of tokens, which fills at a steady rate; a request takes as
// many as it costs. One that asks for eight samples costs eight:
//
//	l := limit.New(limit.Options{PerMinute: 100})
//	got := l.Take(8, "key "+key.ID, limit.Address(from))
//	if !got.OK { … 429, Retry-After: got.Retry … }
//
// A request by several callers, a key and the address that it comes from, takes from all
// of them or from none. Memory is bounded: a bucket that is full says nothing and is
// forgotten, and where there are more callers than Options allow, the one that has not
// asked for the longest time is forgotten though its bucket is not full. So many
// addresses at once can only win back what they have taken, never keep others out.
//
// A Limiter may be used from many goroutines.
package limit

import (
	"container/list"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// The defaults of Options.
const (
	DefaultPerMinute  = 100
	DefaultMaxCallers = 10_000
)

// Options say how much is allowed; 0 is the default.
type Options struct {
	PerMinute  int // tokens that a bucket gets in a minute, and holds
	MaxCallers int // buckets that are remembered
}

// Limiter holds the buckets.
type Limiter struct {
	perMinute, maxCallers int
	now                   func() time.Time

	mu      sync.Mutex
	callers map[string]*list.Element // of a *bucket
	latest  list.List                // buckets, that of the latest request first
}

type bucket struct {
	caller string
	tokens *rate.Limiter
}

// State is what a caller is told; of several callers, of the one that has least left.
type State struct {
	OK        bool          // the request was allowed, and its cost taken
	Limit     int           // tokens that a full bucket holds
	Remaining int           // whole tokens that are left now
	Reset     time.Duration // until the bucket is full again, if nothing is taken
	Retry     time.Duration // until the same request would be allowed; 0 if it was
}

// New returns a limiter whose buckets are all full.
func New(o Options) *Limiter {
	if o.PerMinute <= 0 {
		o.PerMinute = DefaultPerMinute
	}
	if o.MaxCallers <= 0 {
		o.MaxCallers = DefaultMaxCallers
	}
	return &Limiter{perMinute: o.PerMinute, maxCallers: o.MaxCallers, now: time.Now, callers: map[string]*list.Element{}}
}

// Take takes what a request costs from the bucket of each of its callers, if all have so
// much. A request that costs more than a bucket holds needs a full one, since it could
// never be made otherwise; one that costs less than a token takes one.
func (l *Limiter) Take(cost int, callers ...string) State {
	cost = min(max(cost, 1), l.perMinute)
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	buckets := make([]*bucket, 0, len(callers))
	least := float64(l.perMinute)
	for _, caller := range callers {
		b := l.bucket(caller)
		buckets = append(buckets, b)
		least = min(least, b.tokens.TokensAt(now))
	}
	s := State{OK: least >= float64(cost), Limit: l.perMinute}
	if s.OK {
		for _, b := range buckets {
			b.tokens.AllowN(now, cost)
		}
		least -= float64(cost)
	} else {
		s.Retry = l.until(float64(cost) - least)
	}
	s.Remaining, s.Reset = max(int(least), 0), l.until(float64(l.perMinute)-least)
	l.forget(now)
	return s
}

// Give gives back to a caller what a request took that is to cost it nothing after all.
func (l *Limiter) Give(cost int, caller string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if e, ok := l.callers[caller]; ok { // else its bucket is full
		bucketOf(e).tokens.AllowN(l.now(), -min(max(cost, 1), l.perMinute))
	}
}

// until is how long a bucket takes to get so many tokens, up to the next nanosecond.
func (l *Limiter) until(tokens float64) time.Duration {
	if tokens <= 0 {
		return 0
	}
	return time.Duration(tokens/float64(l.perMinute)*float64(time.Minute)) + 1
}

// bucket is the bucket of a caller, now the latest.
func (l *Limiter) bucket(caller string) *bucket {
	if e, ok := l.callers[caller]; ok {
		l.latest.MoveToFront(e)
		return bucketOf(e)
	}
	b := &bucket{caller, rate.NewLimiter(rate.Limit(float64(l.perMinute)/60), l.perMinute)}
	l.callers[caller] = l.latest.PushFront(b)
	return b
}

func bucketOf(e *list.Element) *bucket {
	b, _ := e.Value.(*bucket) // nothing else is ever put in
	return b
}

// forget drops buckets from the end: those that are full again, and those for which
// there is no room.
func (l *Limiter) forget(now time.Time) {
	for e := l.latest.Back(); e != nil; e = l.latest.Back() {
		b := bucketOf(e)
		if len(l.callers) <= l.maxCallers && b.tokens.TokensAt(now) < float64(l.perMinute) {
			return
		}
		l.latest.Remove(e)
		delete(l.callers, b.caller)
	}
}

// Address is an address as a caller: of IPv6 the network of 64 bits, since who has one
// address there has all of it.
func Address(from netip.Addr) string {
	from = from.Unmap().WithZone("")
	if from.Is6() {
		if net, err := from.Prefix(64); err == nil {
			return "address " + net.String()
		}
	}
	return "address " + from.String()
}
