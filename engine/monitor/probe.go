package monitor

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// probe reads what may be slow, or may never answer, away from the ticks. At most
// one read is under way; meanwhile, and after a failure, the last good one stands
// in until it is older than maxAge.
type probe[T any] struct {
	read     func(context.Context) (T, error)
	interval time.Duration      // from one start to the next, at least
	timeout  time.Duration      // of one read; if zero, none
	say      func(error) string // for a person; if nil, the error's own text

	mu    sync.Mutex
	busy  bool
	began time.Time // of the newest read; zero before the first
	last  T         // the newest good one
	at    time.Time // when last was read; zero if there is none
	err   error     // of the newest finished read
}

// value starts a read by spawn if one is due, waits for nothing, and gives the
// newest figures, or else why they are missing.
func (p *probe[T]) value(ctx context.Context, now time.Time, spawn func(func())) (v T, missing string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.busy && now.Sub(p.began) >= p.interval {
		p.busy, p.began = true, now
		spawn(func() { p.once(ctx) })
	}
	switch {
	case !p.at.IsZero() && now.Sub(p.at) <= maxAge:
		return p.last, ""
	case p.busy && now.Sub(p.began) > maxAge:
		return v, "no answer"
	case p.err != nil:
		return v, p.why()
	}
	return v, Measuring
}

func (p *probe[T]) once(ctx context.Context) {
	if p.timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, p.timeout)
		defer cancel()
	}
	v, err := p.read(ctx)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.busy, p.err = false, err
	if err == nil {
		p.last, p.at = v, time.Now()
	}
}

func (p *probe[T]) why() string {
	switch {
	case errors.Is(p.err, context.DeadlineExceeded):
		return fmt.Sprintf("no answer within %v", p.timeout)
	case p.say != nil:
		return p.say(p.err)
	}
	return p.err.Error()
}
