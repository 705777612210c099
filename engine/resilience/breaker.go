package resilience

import (
	"errors"
	"time"

	"github.com/sony/gobreaker/v2"

	"github.com/aimo3/aimo3/engine"
)

const (
	maxFailures = 5 // in a row, before a breaker opens
	maxRefusals = 3 // likewise, of connections that could not be made
	openJitter  = 0.2
)

// openFor are how long a breaker stays open: the first time, the second, and so on.
var openFor = []time.Duration{5 * time.Second, 10 * time.Second, 20 * time.Second, time.Minute}

// errExcluded is the outcome of a request that counts neither way.
var errExcluded = errors.New("this counts neither way")

// breaker is gobreaker's, which counts and holds the states, with a time for which
// it is open that grows and that can be read. Its owner's lock guards all of it.
type breaker struct {
	shown    engine.Breaker
	gate     *gobreaker.TwoStepCircuitBreaker[struct{}]
	refusals int   // in a row
	changes  int   // of the state, so far
	latest   error // that counted against it
	tooLarge int   // window, in tokens, with which the model did not fit into memory; 0 if it did not fail for that
	speech   speech

	now     func() time.Time
	rand    func() float64
	changed func(engine.Breaker)
}

func newBreaker(shown engine.Breaker, now func() time.Time, rand func() float64, changed func(engine.Breaker)) *breaker {
	b := &breaker{shown: shown, now: now, rand: rand, changed: changed}
	b.shown.State = engine.BreakerClosed
	b.gate = gobreaker.NewTwoStepCircuitBreaker[struct{}](gobreaker.Settings{
		MaxRequests: 1,
		Timeout:     time.Nanosecond, // the gate is left alone until the time that enter sets is over
		ReadyToTrip: func(c gobreaker.Counts) bool {
			return c.ConsecutiveFailures >= maxFailures || b.refusals >= maxRefusals
		},
		IsExcluded:    func(err error) bool { return errors.Is(err, errExcluded) },
		OnStateChange: func(_ string, _, to gobreaker.State) { b.enter(to) },
	})
	return b
}

// enter is the change to a state.
func (b *breaker) enter(to gobreaker.State) {
	s := &b.shown
	b.changes++
	b.speech.forget()
	s.Until = time.Time{}
	switch to {
	case gobreaker.StateClosed:
		s.State, s.Failures, b.refusals = engine.BreakerClosed, 0, 0
	case gobreaker.StateHalfOpen:
		s.State = engine.BreakerHalfOpen
	case gobreaker.StateOpen:
		wait := float64(openFor[min(s.Openings, len(openFor)-1)])
		s.State, s.Openings = engine.BreakerOpen, s.Openings+1
		s.Until = b.now().Add(time.Duration(wait * (1 - openJitter + 2*openJitter*b.rand())))
	}
	b.changed(*s)
}

// permit lets one request through a breaker.
type permit struct {
	of      *breaker
	by      *pass
	done    func(error) // tells the outcome; nil once it was told
	probe   bool        // the breaker is half open, and this is what tries
	changes int         // of the breaker's state, when it let the request through
}

// allow lets a request through, unless the breaker is open or another one tries.
func (b *breaker) allow(by *pass) (permit, bool) {
	if b.shown.StateAt(b.now()) == engine.BreakerOpen {
		return permit{}, false
	}
	done, err := b.gate.Allow()
	if err != nil {
		return permit{}, false
	}
	return permit{b, by, done, b.shown.State == engine.BreakerHalfOpen, b.changes}, true
}

// spoke says that the first text came. If the request was to try the server, then
// the server works; whether the reply ends well counts once more.
func (p *permit) spoke() {
	if p.probe && p.done != nil {
		p.done(nil)
		p.done, p.changes = nil, p.of.changes
	}
}

// end tells the outcome of the request: nil, errExcluded or the failure. It counts
// for nothing if the breaker has opened or closed since.
func (p *permit) end(err error) {
	if p.changes != p.of.changes {
		return
	}
	if p.done == nil { // see spoke
		p.done, _ = p.of.gate.Allow() // it is closed
	}
	if err != nil && !errors.Is(err, errExcluded) && p.of.speech.besides(p.by) {
		p.of.works()
	}
	p.of.learn(err)
	p.done(err)
}

// works counts a success: since the last failure others have brought text.
func (b *breaker) works() {
	if done, err := b.gate.Allow(); err == nil { // else it is half open, and a failure opens it
		b.refusals, b.shown.Failures = 0, 0
		done(nil)
	}
}

// learn takes in an outcome before it is counted.
func (b *breaker) learn(err error) {
	switch {
	case err == nil:
		b.refusals, b.shown.Failures, b.shown.Openings = 0, 0, 0
	case errors.Is(err, errExcluded):
	default:
		b.speech.forget()
		b.shown.Failures++
		b.latest = err
		b.shown.Why = engine.HideSecrets(err.Error())
		if b.refusals++; engine.ClassOf(err) != engine.Unreachable {
			b.refusals = 0
		}
	}
}
