package resilience

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// Options are what a Guard works with. The zero value works.
type Options struct {
	Now     func() time.Time            // if nil, time.Now
	Rand    func() float64              // from 0 up to 1; if nil, math/rand's
	Changed func(engine.BreakerChanged) // told of each change of a breaker, in order; it must not block, nor call the Guard
}

// Guard is an engine.Backend that holds requests to another one back while its
// server fails or has enough to do.
type Guard struct {
	backend engine.Backend
	with    Options

	mu       sync.Mutex
	host     string
	breakers []*breaker // the host's first, then those of models in the order they were asked for
	limiter  limiter
	budget   budget
	queue    queue
	running  int
	pending  []*Tries // that wait

	changes *signal // something is otherwise
	turns   *signal // a breaker is otherwise

	models []string // that may be asked, if it is one of several Hosts, whose lock it is under
	lines  int      // to it, likewise
}

// New returns a guard around a backend.
func New(backend engine.Backend, o Options) *Guard {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Rand == nil {
		o.Rand = rand.Float64
	}
	if o.Changed == nil {
		o.Changed = func(engine.BreakerChanged) {}
	}
	return &Guard{backend: backend, with: o, changes: newSignal(), turns: newSignal()}
}

// Meet says which server the backend speaks to, as a person would write its
// address, and how many replies that gives at once; 0 if it is not known. What was
// learnt of another server is forgotten.
func (g *Guard) Meet(host string, seats int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if host != g.host {
		g.host, g.breakers = host, nil
	}
	g.limiter.sit(seats)
	g.admit()
}

// Join says that someone wishes for so many replies at once, until leave is called.
func (g *Guard) Join(parallel int) (leave func()) {
	g.wish(parallel)
	return sync.OnceFunc(func() { g.wish(-parallel) })
}

func (g *Guard) wish(n int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.limiter.wish(n)
	g.admit()
}

// Stream implements engine.Backend. While the request waits here, it is Queued.
func (g *Guard) Stream(ctx context.Context, ask engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
	return g.stream(ctx, ask, say, nil)
}

// stream is Stream. While the request waits, leave is asked now and then whether it
// goes elsewhere; if nil, it does not. Then the error is errHeld.
func (g *Guard) stream(ctx context.Context, ask engine.Ask, say func(engine.Piece), leave func() bool) (end engine.Ending, err error) {
	p, err := g.enter(ctx, ask, say, leave)
	if err != nil {
		return engine.Ending{}, err
	}
	err = errExcluded // if the backend panics
	defer func() { g.leave(p, outcome(ctx, err)) }()
	return g.backend.Stream(ctx, ask, func(piece engine.Piece) {
		if piece.Phase == "" {
			g.heard(p)
		}
		say(piece)
	})
}

// outcome is what an error of a request counts as.
func outcome(ctx context.Context, err error) error {
	switch {
	case err == nil || errors.Is(context.Cause(ctx), engine.ErrHeard):
		return nil
	case ctx.Err() != nil, errors.Is(err, context.Canceled):
		return errExcluded
	}
	return err
}

// pass is a request at the server.
type pass struct {
	permits [2]permit // of the host and of the model
	halved  int       // see limiter
	window  int       // asked for
	spoke   bool      // it has brought text
}

// heard notes that a request has brought text. It costs next to nothing but once.
func (g *Guard) heard(p *pass) {
	for i := range p.permits {
		p.permits[i].of.speech.by(p)
	}
	if p.spoke {
		return
	}
	p.spoke = true
	g.mu.Lock()
	defer g.mu.Unlock()
	for i := range p.permits {
		p.permits[i].spoke()
	}
	g.admit()
}

// leave counts the outcome of a request and lets others in.
func (g *Guard) leave(p *pass, err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.running--
	r, excluded := ruleOf(err), errors.Is(err, errExcluded)
	for i, whose := range []blame{host, model} {
		counted := err
		if err != nil && (excluded || r.blames != whose) {
			counted = errExcluded
		}
		p.permits[i].end(counted)
	}
	if b := p.permits[1].of; engine.ClassOf(err) == engine.Memory {
		b.tooLarge = p.window
	} else if !excluded {
		b.tooLarge = 0
	}
	switch {
	case excluded:
	case err == nil:
		g.limiter.succeeded()
	case r.crowded:
		g.limiter.crowded(p.halved)
	}
	g.admit()
}

// breaker is that of a model; of the host if it is "".
func (g *Guard) breaker(model string) *breaker {
	for _, b := range g.breakers {
		if b.shown.Model == model {
			return b
		}
	}
	b := newBreaker(engine.Breaker{Host: g.host, Model: model}, g.with.Now, g.with.Rand, g.tellBreaker)
	g.breakers = append(g.breakers, b)
	return b
}

func (g *Guard) tellBreaker(b engine.Breaker) {
	g.with.Changed(engine.BreakerChanged{Host: b.Host, Model: b.Model, State: b.State, Until: b.Until, Why: b.Why})
}

// refit forgets that a model did not fit into memory when it is asked for with a smaller
// window.
func (g *Guard) refit(model string, window int) {
	i := slices.IndexFunc(g.breakers, func(b *breaker) bool { return b.shown.Model == model && window < b.tooLarge })
	if i < 0 || window == 0 {
		return
	}
	was, fresh := g.breakers[i].shown.State, newBreaker(engine.Breaker{Host: g.host, Model: model}, g.with.Now, g.with.Rand, g.tellBreaker)
	if g.breakers[i] = fresh; was != engine.BreakerClosed {
		g.tellBreaker(fresh.shown)
	}
}
