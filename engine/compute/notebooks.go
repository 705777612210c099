package compute

import (
	"context"
	"strings"
	"sync"

	"github.com/aimo3/aimo3/engine"
)

// Notebooks gives attempts what runs their code, and keeps one warm spare
// session of each kind that was asked for. Create it with its engines, the
// fullest first; its methods may be called from many goroutines.
type Notebooks struct {
	Engines []Engine
	Limits  Limits // of every session, but for the time of a cell

	mu    sync.Mutex
	pools map[kind]*Pool
	shut  bool
}

// kind is what sessions of one pool have in common.
type kind struct {
	engine string
	limits Limits
}

// For finds the engine for a setting: the fullest that is available, or the one
// named. The error is a Fault that says what is missing.
func (n *Notebooks) For(ctx context.Context, tools engine.Tools) (engine.Notebook, error) {
	e, err := n.Engine(ctx, tools)
	if err != nil {
		return engine.Notebook{}, err
	}
	open := func(ctx context.Context, caps engine.Caps) (engine.Session, error) {
		limits := n.Limits
		limits.Cell = caps.CellTimeout
		pool, err := n.pool(e, limits.OrDefault())
		if err != nil {
			return nil, err
		}
		return pool.Take(ctx)
	}
	found := engine.Notebook{Code: e.Code(ctx), Open: open}
	if c, ok := e.(interface{ Sandbox() string }); ok {
		found.Sandbox = c.Sandbox()
	}
	return found, nil
}

// Engine is the engine for a setting.
func (n *Notebooks) Engine(ctx context.Context, tools engine.Tools) (Engine, error) {
	var fit []Engine
	for _, e := range n.Engines {
		if tools == engine.ToolsAuto || tools == "" || first(e.Name()) == string(tools) {
			fit = append(fit, e)
		}
	}
	if len(fit) == 0 {
		return nil, &engine.Fault{Class: engine.Invalid, What: "this program has no engine " + string(tools), Todo: "use auto, or an engine that `aimo3 doctor` lists"}
	}
	return Auto(ctx, fit...)
}

func first(name string) string {
	word, _, _ := strings.Cut(name, " ")
	return word
}

func (n *Notebooks) pool(e Engine, l Limits) (*Pool, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.shut {
		return nil, ErrClosed
	}
	k := kind{e.Name(), l}
	if n.pools[k] == nil {
		if n.pools == nil {
			n.pools = map[kind]*Pool{}
		}
		n.pools[k] = NewPool(e, l)
	}
	return n.pools[k], nil
}

// Close ends the spares. Sessions that were taken live on.
func (n *Notebooks) Close() error {
	n.mu.Lock()
	pools := n.pools
	n.pools, n.shut = nil, true
	n.mu.Unlock()
	for _, p := range pools {
		_ = p.Close() // it never fails
	}
	return nil
}
