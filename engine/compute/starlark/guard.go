package starlark

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"runtime/metrics"

	sl "go.starlark.net/starlark"
)

// guardLimits bounds a cell from within; the process around has limits of its
// own for what no check can catch.
type guardLimits struct {
	memory uint64 // bytes of live values
	depth  int    // calls in calls
	steps  uint64 // instructions
}

const (
	guardKey   = "guard"
	checkEvery = 20_000 // steps between looks at memory and depth
)

// The reasons to end a cell.
var (
	errMemory = errors.New("the cell holds too much memory")
	errDepth  = errors.New("functions call each other too deep")
	errSteps  = errors.New("the cell took too many steps")
)

// guard ends a cell at its limits. Native functions that loop ask it too.
type guard struct {
	ctx    context.Context //nolint:containedctx // it is the cell's life
	cancel context.CancelCauseFunc
	limits guardLimits
	heap   []metrics.Sample
	stop   func() bool
}

func newGuard(ctx context.Context, l guardLimits) *guard {
	g := &guard{limits: l, heap: []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}}
	g.ctx, g.cancel = context.WithCancelCause(ctx)
	return g
}

func (g *guard) end() {
	g.stop()
	g.cancel(nil)
}

// watch ends what the thread runs when the cell's context ends, and looks at
// its limits every so many steps.
func (g *guard) watch(thread *sl.Thread) {
	g.stop = context.AfterFunc(g.ctx, func() { thread.Cancel("cell") })
	thread.SetMaxExecutionSteps(checkEvery)
	thread.OnMaxSteps = func(t *sl.Thread) {
		t.SetMaxExecutionSteps(t.ExecutionSteps() + checkEvery)
		switch {
		case t.CallStackDepth() > g.limits.depth:
			g.fail(t, errDepth)
		case t.ExecutionSteps() > g.limits.steps:
			g.fail(t, errSteps)
		case g.full():
			g.fail(t, errMemory)
		}
	}
}

func (g *guard) fail(t *sl.Thread, why error) {
	g.cancel(why)
	t.Cancel("cell")
}

// full says whether the values that are alive take too much memory. What is
// dead but not collected does not count.
func (g *guard) full() bool {
	if metrics.Read(g.heap); g.heap[0].Value.Uint64() <= g.limits.memory {
		return false
	}
	debug.FreeOSMemory()
	metrics.Read(g.heap)
	return g.heap[0].Value.Uint64() > g.limits.memory
}

// tick is for loops in native functions: step counts their turns.
func (g *guard) tick(step int) error {
	if step&4095 != 4095 {
		return nil
	}
	if g.ctx.Err() == nil && step&(1<<17-1) == 1<<17-1 && g.full() {
		g.cancel(errMemory)
	}
	return context.Cause(g.ctx)
}

// room refuses a value of so many bytes when there is no place for it.
func (g *guard) room(bytes int64) error {
	if uint64(max(bytes, 0)) > g.limits.memory {
		return fmt.Errorf("%w: %d bytes at once", errMemory, bytes)
	}
	return nil
}

func guardOf(thread *sl.Thread) *guard {
	g, ok := thread.Local(guardKey).(*guard)
	if !ok {
		return newGuard(context.Background(), guardLimits{memory: 1 << 28, depth: 1000, steps: 1 << 40})
	}
	return g
}
