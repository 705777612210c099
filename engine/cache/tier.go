package cache

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// Tier keeps values beyond this process. Its methods may be called from many
// goroutines. What it does not have is nil, which is no error.
type Tier interface {
	// Name is a word for it: "sqlite".
	Name() string
	// Get is what was put under key.
	Get(ctx context.Context, key string) ([]byte, error)
	// Put keeps a value for as long as it can, at most until the time. Of names
	// what it is about, with which it goes; "" is nothing.
	Put(ctx context.Context, key string, value []byte, of string, until time.Time) error
	// Clear removes everything that was put.
	Clear(context.Context) error
	// Figures tell how it does; Tier and Fault may be left open.
	Figures(context.Context) (engine.CacheFigures, error)
}

// FiguresOf are a tier's figures, with why it cannot be used if it cannot.
func FiguresOf(ctx context.Context, t Tier) engine.CacheFigures {
	f, err := t.Figures(ctx)
	f.Tier = t.Name()
	if err != nil {
		f.Fault = engine.Hint(err)
	}
	return f
}

// restTime is how long a tier that failed is left alone.
const restTime = 30 * time.Second

// guarded is a tier whose failures cost little and are told once.
type guarded struct {
	Tier
	warn func(string)
	now  func() time.Time

	mu     sync.Mutex
	until  time.Time // it is left alone until then
	warned bool
}

func (g *guarded) get(ctx context.Context, key string) (value []byte) {
	g.do(ctx, func() (err error) {
		value, err = g.Get(ctx, key)
		return err
	})
	return value
}

func (g *guarded) put(ctx context.Context, key string, value []byte, of string, until time.Time) {
	g.do(ctx, func() error { return g.Put(ctx, key, value, of, until) })
}

// do asks the tier, unless it failed just now.
func (g *guarded) do(ctx context.Context, ask func() error) {
	g.mu.Lock()
	resting := g.now().Before(g.until)
	g.mu.Unlock()
	if resting {
		return
	}
	err := ask()
	if err == nil || ctx.Err() != nil { // who asked has gone: that says nothing of the tier
		return
	}
	g.mu.Lock()
	g.until = g.now().Add(restTime)
	first := !g.warned
	g.warned = true
	g.mu.Unlock()
	if first {
		g.warn(fmt.Sprintf("the cache in %s cannot be used: %s · going on without it", g.Name(), engine.Hint(err)))
	}
}
