package resilience

import (
	"context"
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/aimo3/aimo3/engine"
)

// ideal is a breaker as its doc says it is, in the plainest way.
type ideal struct {
	state    engine.BreakerState
	until    time.Time
	failures int
	refusals int
	speakers map[int]bool // requests that brought text since the last failure that counted
	trying   int          // the number of the request that tries; 0 if none
	opened   int          // how often, so that what began before is told from what began after
}

// flight is a request at the server.
type flight struct {
	number int
	pass   *pass
	opened [2]int // of the breakers, when it began
	tries  [2]bool
}

// world is a Guard beside the ideal of it.
type world struct {
	*rapid.T
	guard    *Guard
	now      time.Time
	ideals   map[string]*ideal
	flights  []*flight
	number   int
	parallel int
	requests []time.Time
	retries  []time.Time
}

const aModel = "m"

// TestAgainstAModel: whatever requests begin, speak, fail, are cancelled or ended,
// the breakers are in the states that the ideal is in, no more requests run than the
// limit, and no more retries are made than the budget has.
func TestAgainstAModel(t *testing.T) {
	const operations = 1000 // for each of rapid's 100 checks: 100,000 in all
	rapid.Check(t, func(t *rapid.T) {
		w := &world{T: t, now: time.Unix(1e9, 0), ideals: map[string]*ideal{"": {state: engine.BreakerClosed}, aModel: {state: engine.BreakerClosed}}}
		w.guard = New(nil, Options{Now: func() time.Time { return w.now }, Rand: func() float64 { return 0.5 }})
		w.parallel = rapid.IntRange(1, 6).Draw(t, "parallel")
		w.guard.Join(w.parallel)
		for range operations {
			switch rapid.IntRange(0, 9).Draw(t, "operation") {
			case 0, 1, 2:
				w.begin()
			case 3:
				w.speak()
			case 4:
				w.wait()
			case 5:
				w.retry()
			default:
				w.end()
			}
			w.check()
		}
		w.recovers()
	})
}

func (w *world) begin() {
	full := len(w.flights) >= w.guard.limiter.limit
	want := !full
	for _, i := range w.ideals {
		want = want && (i.state == engine.BreakerClosed || i.state == engine.BreakerOpen && !w.now.Before(i.until) || i.state == engine.BreakerHalfOpen && i.trying == 0)
	}
	p := w.guard.tryAdmit(&waiter{model: aModel})
	if (p != nil) != want {
		w.Fatalf("a request got in: %v, want %v; %+v %+v, %d of %d run", p != nil, want, *w.ideals[""], *w.ideals[aModel], len(w.flights), w.guard.limiter.limit)
	}
	for _, i := range w.ideals { // also where it did not get in because of the other
		if !full && i.state == engine.BreakerOpen && !w.now.Before(i.until) && (want || w.ideals[""] == i) {
			i.state, i.trying = engine.BreakerHalfOpen, 0
		}
	}
	if !want {
		return
	}
	w.number++
	f := &flight{number: w.number, pass: p}
	for k, name := range []string{"", aModel} {
		i := w.ideals[name]
		f.opened[k] = i.opened
		if i.state == engine.BreakerHalfOpen {
			i.trying, f.tries[k] = f.number, true
		}
	}
	w.flights = append(w.flights, f)
	w.requests = append(w.requests, w.now)
}

func (w *world) one() *flight {
	if len(w.flights) == 0 {
		return nil
	}
	return w.flights[rapid.IntRange(0, len(w.flights)-1).Draw(w.T, "which")]
}

func (w *world) speak() {
	f := w.one()
	if f == nil {
		return
	}
	w.guard.heard(f.pass)
	for k, name := range []string{"", aModel} {
		i := w.ideals[name]
		if f.tries[k] && i.trying == f.number {
			*i = ideal{state: engine.BreakerClosed, opened: i.opened + 1}
			f.opened[k] = i.opened
		} else if i.speakers == nil {
			i.speakers = map[int]bool{f.number: true}
		} else {
			i.speakers[f.number] = true
		}
	}
}

// outcomes are how a request can end, and which breaker counts it.
var outcomes = []struct {
	err   error
	blame blame
}{
	{nil, nobody},
	{errExcluded, nobody},
	{&engine.Fault{Class: engine.Unreachable}, host},
	{&engine.Fault{Class: engine.Unreachable}, host},
	{&engine.Fault{Class: engine.Truncated}, host},
	{&engine.Fault{Class: engine.Stalled}, host},
	{&engine.Fault{Class: engine.Crashed}, model},
	{&engine.Fault{Class: engine.Crashed}, model},
	{&engine.Fault{Class: engine.Busy}, nobody},
	{&engine.Fault{Class: engine.Invalid}, nobody},
}

func (w *world) end() {
	f := w.one()
	if f == nil {
		return
	}
	o := outcomes[rapid.IntRange(0, len(outcomes)-1).Draw(w.T, "outcome")]
	w.guard.leave(f.pass, o.err)
	for at := range w.flights {
		if w.flights[at] == f {
			w.flights = append(w.flights[:at], w.flights[at+1:]...)
			break
		}
	}
	for k, whose := range []blame{host, model} {
		w.learn(w.ideals[[]string{"", aModel}[k]], f, k, o.err, o.blame == whose)
	}
}

func (w *world) learn(i *ideal, f *flight, k int, err error, blamed bool) {
	if i.opened != f.opened[k] { // it began in another state
		return
	}
	switch trying := i.trying == f.number; {
	case trying && err == nil:
		*i = ideal{state: engine.BreakerClosed, opened: i.opened + 1}
	case trying && blamed:
		i.open()
	case trying:
		i.trying = 0
	case i.state != engine.BreakerClosed:
	case err == nil:
		i.failures, i.refusals = 0, 0
	case blamed:
		if delete(i.speakers, f.number); len(i.speakers) > 0 {
			i.failures, i.refusals = 0, 0
		}
		i.speakers = nil
		i.failures++
		if i.refusals++; engine.ClassOf(err) != engine.Unreachable {
			i.refusals = 0
		}
		if i.failures == 5 || i.refusals == 3 {
			i.open()
		}
	}
}

func (i *ideal) open() { *i = ideal{state: engine.BreakerOpen, opened: i.opened + 1} }

func (w *world) wait() {
	w.now = w.now.Add(time.Duration(rapid.IntRange(1, 8000).Draw(w.T, "milliseconds")) * time.Millisecond)
}

// retry makes one if the budget has one.
func (w *world) retry() {
	count := func(all []time.Time) (n int) {
		for _, at := range all {
			if w.now.Sub(at) < time.Minute {
				n++
			}
		}
		return n
	}
	may := count(w.retries) < count(w.requests)/2+max(3, w.parallel)
	if at := w.guard.budget.take(w.now, w.guard.limiter.max()); at.After(w.now) == may {
		w.Fatalf("a retry is free %s from now, with %d of %d requests retries", at.Sub(w.now), count(w.retries), count(w.requests))
	}
	if may {
		w.retries = append(w.retries, w.now)
	}
}

func (w *world) check() {
	if n := w.guard.running; n != len(w.flights) || n > w.guard.limiter.wished {
		w.Fatalf("%d run, %d were let in, the limit is %d", n, len(w.flights), w.guard.limiter.limit)
	}
	for name, i := range w.ideals {
		b := w.guard.breaker(name)
		if i.state == engine.BreakerOpen && i.until.IsZero() { // for how long it opens, it says itself
			if i.until = b.shown.Until; i.until.Before(w.now.Add(4*time.Second)) || i.until.After(w.now.Add(72*time.Second)) {
				w.Fatalf("it opens for %s", i.until.Sub(w.now))
			}
		}
		if b.shown.State != i.state {
			w.Fatalf("the breaker of %q is %s, want %s: %+v", name, b.shown.State, i.state, b.shown)
		}
	}
}

// recovers: once all requests have ended and time has passed, one that tries gets
// in, and if it speaks all breakers are closed.
func (w *world) recovers() {
	for _, f := range w.flights {
		w.guard.leave(f.pass, errExcluded)
	}
	w.now = w.now.Add(2 * time.Minute)
	p := w.guard.tryAdmit(&waiter{model: aModel})
	if p == nil {
		w.Fatalf("it is stuck: %+v", w.guard.Health())
	}
	w.guard.heard(p)
	w.guard.leave(p, outcome(context.Background(), nil))
	for _, b := range w.guard.Health().Breakers {
		if b.State != engine.BreakerClosed || b.Openings != 0 {
			w.Fatalf("after a success: %+v", b)
		}
	}
}

// TestEveryClassHasARule: a class without one would be taken for one that may not
// be tried at all.
func TestEveryClassHasARule(t *testing.T) {
	for _, c := range []engine.Class{
		engine.Invalid, engine.Unreachable, engine.NoModel, engine.Busy, engine.Memory, engine.Crashed, engine.Stalled, engine.Truncated,
		engine.Garbled, engine.TooLong, engine.Looped, engine.Oversize, engine.Storage, engine.Internal, engine.Unknown,
	} {
		if r, ok := rules[c]; !ok || r.tries == 0 && !r.waits {
			t.Errorf("%s: %+v", c, r)
		}
	}
	if r := ruleOf(errors.New("x")); r != rules[engine.Unknown] {
		t.Errorf("of what is no fault: %+v", r)
	}
}
