package compute_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/compute"
)

func TestLimits(t *testing.T) {
	want := compute.Limits{Cell: 6 * time.Second, Memory: 1 << 30, Output: 1 << 20, Code: 64 << 10, First: 1}
	if got := (compute.Limits{}).OrDefault(); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := want.OrDefault(); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// counting is an engine that counts its sessions.
type counting struct {
	opened, closed atomic.Int64
	fail           error
	slow           chan struct{} // if not nil, Open waits for it
}

func (*counting) Name() string                      { return "counting" }
func (c *counting) Available(context.Context) error { return c.fail }

func (*counting) Code(context.Context) engine.Code {
	return engine.Code{Engine: "counting"}
}

func (c *counting) Open(ctx context.Context, _ compute.Limits) (engine.Session, error) {
	if c.slow != nil {
		select {
		case <-c.slow:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	if c.fail != nil {
		return nil, c.fail
	}
	c.opened.Add(1)
	return &counted{c}, nil
}

type counted struct{ of *counting }

func (*counted) Run(context.Context, string) (engine.Cell, error) { return engine.Cell{}, nil }

func (s *counted) Close() error {
	s.of.closed.Add(1)
	return nil
}

func TestPool(t *testing.T) {
	e := &counting{}
	p := compute.NewPool(e, compute.Limits{})
	for range 5 {
		s, err := p.Take(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = s.Close() }()
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	if o, c := e.opened.Load(), e.closed.Load(); o < 5 || o > 6 || c != o-5 {
		t.Errorf("%d opened, %d closed, want five taken and the rest closed", o, c)
	}
	if _, err := p.Take(t.Context()); !errors.Is(err, compute.ErrClosed) {
		t.Errorf("a closed pool gives %v", err)
	}
	if err := p.Close(); err != nil {
		t.Errorf("closed once more: %v", err)
	}
}

func TestPoolWaitsNoLongerThanItsCaller(t *testing.T) {
	e := &counting{slow: make(chan struct{})}
	p := compute.NewPool(e, compute.Limits{})
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := p.Take(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("err = %v", err)
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	if o, c := e.opened.Load(), e.closed.Load(); o != c {
		t.Errorf("%d opened, %d closed", o, c)
	}
}

func TestPoolGivesTheError(t *testing.T) {
	e := &counting{fail: errors.New("no python")}
	p := compute.NewPool(e, compute.Limits{})
	defer func() { _ = p.Close() }()
	if _, err := p.Take(t.Context()); !errors.Is(err, e.fail) {
		t.Errorf("err = %v", err)
	}
}

func TestAuto(t *testing.T) {
	no, yes := &counting{fail: errors.New("no python here")}, &counting{}
	if e, err := compute.Auto(t.Context(), no, yes, &counting{}); err != nil || e != yes {
		t.Errorf("%v, %v", e, err)
	}
	if _, err := compute.Auto(t.Context(), no, no); err == nil || !strings.Contains(err.Error(), "no python here") {
		t.Errorf("err = %v", err)
	}
}
