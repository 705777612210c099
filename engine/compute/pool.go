package compute

import (
	"context"
	"errors"
	"sync"

	"github.com/aimo3/aimo3/engine"
)

// ErrClosed is what a session or a pool gives after it was closed.
var ErrClosed = errors.New("the session is closed")

// Pool opens sessions of one engine and keeps one spare that is already warm.
// Create one with [NewPool].
type Pool struct {
	engine Engine
	limits Limits
	ctx    context.Context //nolint:containedctx // it is the pool's life
	cancel context.CancelFunc

	mu    sync.Mutex
	spare chan opened // holds the spare, or will; nil if there is none
	work  sync.WaitGroup
}

type opened struct {
	session engine.Session
	err     error
}

// NewPool begins to open the spare.
func NewPool(e Engine, l Limits) *Pool {
	p := &Pool{engine: e, limits: l}
	p.ctx, p.cancel = context.WithCancel(context.Background())
	p.refill()
	return p
}

// Take gives a session, the caller's to close: the spare if there is one. The
// next spare is then opened.
func (p *Pool) Take(ctx context.Context) (engine.Session, error) {
	p.mu.Lock()
	spare := p.spare
	p.spare = nil
	p.mu.Unlock()
	defer p.refill()
	if spare == nil {
		if p.ctx.Err() != nil {
			return nil, ErrClosed
		}
		return p.engine.Open(ctx, p.limits)
	}
	select {
	case o := <-spare:
		return o.session, o.err
	case <-ctx.Done():
		p.work.Go(func() { discard(<-spare) })
		return nil, context.Cause(ctx)
	}
}

// Close closes the spare. Sessions that were taken live on.
func (p *Pool) Close() error {
	p.cancel()
	p.mu.Lock()
	spare := p.spare
	p.spare = nil
	p.mu.Unlock()
	if spare != nil {
		discard(<-spare)
	}
	p.work.Wait()
	return nil
}

func (p *Pool) refill() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.spare != nil || p.ctx.Err() != nil {
		return
	}
	spare := make(chan opened, 1)
	p.spare = spare
	p.work.Go(func() {
		s, err := p.engine.Open(p.ctx, p.limits)
		spare <- opened{s, err}
	})
}

func discard(o opened) {
	if o.err == nil {
		_ = o.session.Close()
	}
}
