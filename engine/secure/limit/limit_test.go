package limit

import (
	"fmt"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"
)

// model is the buckets by the book: whole tokens at whole seconds, none ever forgotten.
type model map[string]int

const perMinute = 60 // a token a second, so that floats are exact

func (m model) take(cost int, callers ...string) (ok bool, least int) {
	cost, least = min(max(cost, 1), perMinute), perMinute
	for _, c := range callers {
		least = min(least, perMinute-m[c])
	}
	if ok = least >= cost; ok {
		for _, c := range callers {
			m[c] += cost
		}
		least -= cost
	}
	return ok, least
}

func (m model) pass(seconds int) {
	for c := range m {
		m[c] = max(m[c]-seconds, 0)
	}
}

// TestModel: any requests, at any times, are allowed exactly as by the model, and told
// the same figures.
func TestModel(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		l, m := New(Options{PerMinute: perMinute}), model{}
		now := time.Unix(1e9, 0)
		l.now = func() time.Time { return now }
		for range rapid.IntRange(1, 60).Draw(r, "steps") {
			if wait := rapid.IntRange(0, 90).Draw(r, "wait"); wait%3 == 0 {
				now = now.Add(time.Duration(wait) * time.Second)
				m.pass(wait)
			}
			cost := rapid.IntRange(-1, 80).Draw(r, "cost")
			callers := rapid.SampledFrom([][]string{{"a"}, {"b"}, {"a", "x"}, {"b", "x"}, {"c", "x"}}).Draw(r, "callers")
			ok, left := m.take(cost, callers...)
			got := l.Take(cost, callers...)
			if got.OK != ok || got.Remaining != left || got.Limit != perMinute || (got.Retry > 0) == ok ||
				got.Reset.Truncate(time.Second) != time.Duration(perMinute-left)*time.Second {
				r.Fatalf("cost %d of %v: %+v; want %v, %d left", cost, callers, got, ok, left)
			}
			if rapid.Bool().Draw(r, "give") {
				l.Give(cost, callers[0])
				m[callers[0]] = max(m[callers[0]]-min(max(cost, 1), perMinute), 0)
			}
		}
	})
}

// TestBounds: however many callers there are, so many are remembered, and those of which
// nothing need be known are not; nobody gets more than is due while he is remembered.
func TestBounds(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		const maxCallers = 5
		l, m := New(Options{PerMinute: perMinute, MaxCallers: maxCallers}), model{}
		now := time.Unix(1e9, 0)
		l.now = func() time.Time { return now }
		for range rapid.IntRange(1, 80).Draw(r, "steps") {
			wait := rapid.IntRange(0, 20).Draw(r, "wait")
			now = now.Add(time.Duration(wait) * time.Second)
			m.pass(wait)
			caller := fmt.Sprint(rapid.IntRange(0, 12).Draw(r, "caller"))
			cost := rapid.IntRange(1, 30).Draw(r, "cost")
			_, known := l.callers[caller]
			if !known { // forgotten, or new
				delete(m, caller)
			}
			ok, left := m.take(cost, caller)
			if got := l.Take(cost, caller); got.OK != ok || got.Remaining != left {
				r.Fatalf("%+v, want %v, %d left", got, ok, left)
			}
			if len(l.callers) > maxCallers || len(l.callers) != l.latest.Len() {
				r.Fatalf("%d callers in the table and %d in the list, at most %d", len(l.callers), l.latest.Len(), maxCallers)
			}
		}
		now = now.Add(time.Minute)
		if l.Take(1, "last"); len(l.callers) != 1 {
			r.Fatalf("%d callers are remembered though all buckets but one are full", len(l.callers))
		}
	})
}

// TestRetry: who waits as long as he was told is let in, and who does not is not.
func TestRetry(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := New(Options{})
		for i := range DefaultPerMinute {
			if got := l.Take(1, "key"); !got.OK || got.Remaining != DefaultPerMinute-1-i || got.Limit != 100 {
				t.Fatalf("request %d: %+v", i, got)
			}
		}
		for _, cost := range []int{1, 7, 100, 512} {
			refused := l.Take(cost, "key")
			time.Sleep(refused.Retry - time.Microsecond)
			early := l.Take(cost, "key")
			time.Sleep(early.Retry)
			if got := l.Take(cost, "key"); refused.OK || early.OK || !got.OK || early.Retry > 2*time.Microsecond {
				t.Errorf("cost %d: %+v, early %+v, in time %+v", cost, refused, early, got)
			}
		}
		time.Sleep(l.Take(1, "key").Reset)
		if got := l.Take(100, "key"); !got.OK {
			t.Errorf("after a reset: %+v", got)
		}
	})
}

// TestTogether: of many at once exactly as many are let in as there are tokens.
func TestTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := New(Options{PerMinute: 50})
		var in sync.Map
		var all sync.WaitGroup
		for i := range 200 {
			all.Go(func() {
				if l.Take(1, "key", fmt.Sprint("address ", i%2)).OK {
					in.Store(i, true)
				}
			})
		}
		all.Wait()
		n := 0
		in.Range(func(any, any) bool { n++; return true })
		if n != 50 {
			t.Errorf("%d were let in, want 50", n)
		}
	})
}

// TestAddress: who has many addresses of one network is one caller.
func TestAddress(t *testing.T) {
	for from, want := range map[string]string{
		"192.0.2.1": "192.0.2.1", "::ffff:192.0.2.1": "192.0.2.1", "2001:db8:1:2:3::4": "2001:db8:1:2::/64", "2001:db8:1:2::ffff": "2001:db8:1:2::/64", "fe80::1%eth0": "fe80::/64", "::1": "::/64",
	} {
		if got := Address(netip.MustParseAddr(from)); got != "address "+want || strings.Contains(got, "%") {
			t.Errorf("%s: %s, want %s", from, got, want)
		}
	}
}
