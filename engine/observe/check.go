package observe

import (
	"context"
	"fmt"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// Check looks at one part of the program or of what it stands on, and changes nothing
// that is kept.
type Check struct {
	Component string
	Timeout   time.Duration // if zero, none
	Find      func(ctx context.Context) []engine.Finding
}

// RunChecks makes checks one after the other and returns what they found, in their
// order. One that takes longer than its timeout, or that panics, fails alone. It makes
// no more of them once ctx has ended.
func RunChecks(ctx context.Context, checks []Check) (all []engine.Finding) {
	for _, c := range checks {
		if ctx.Err() != nil {
			return all
		}
		all = append(all, c.run(ctx)...)
	}
	return all
}

// run makes a check. One that overruns is left behind: it ends when it heeds its context.
func (c Check) run(ctx context.Context) []engine.Finding {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var over <-chan time.Time
	if c.Timeout > 0 {
		t := time.NewTimer(c.Timeout)
		defer t.Stop()
		over = t.C
	}
	begun, found := time.Now(), make(chan []engine.Finding, 1)
	go func() {
		defer func() {
			if v := recover(); v != nil {
				found <- []engine.Finding{c.failed(&engine.Fault{Class: engine.Internal, What: fmt.Sprintf("internal error: %v", v), Todo: "please report it"})}
			}
		}()
		found <- c.Find(ctx)
	}()
	var all []engine.Finding
	select {
	case all = <-found:
	case <-over:
		all = []engine.Finding{c.failed(&engine.Fault{Class: engine.Stalled, What: fmt.Sprintf("no answer within %s", c.Timeout), Todo: "see whether the machine is busy, and check again"})}
	}
	for i := range all {
		all[i].Took = time.Since(begun)
	}
	return all
}

func (c Check) failed(f *engine.Fault) engine.Finding {
	return engine.Finding{Component: c.Component, State: engine.Fail, What: f.What, Todo: f.Todo, Err: f}
}

// maxDrift is by how much the clock on the wall may differ from the one that only runs
// forwards.
const maxDrift = time.Second

// CheckClock compares how much time has passed since begun by the clock on the wall,
// which people and programs set, and by the one that only runs forwards, and looks
// whether it stands before the latest attempt that is kept, which is zero if there is
// none. Attempts are listed in the order of their times.
func CheckClock(begun, now, latest time.Time) engine.Finding {
	f := engine.Finding{Component: "clock", State: engine.Pass, What: "in step"}
	drift := now.Round(0).Sub(begun.Round(0)) - now.Sub(begun)
	switch {
	case drift.Abs() > maxDrift:
		f.State, f.What = engine.Warn, fmt.Sprintf("it was moved by %s while the program ran", drift.Round(time.Second))
	case latest.After(now.Add(time.Minute)):
		f.State, f.What = engine.Warn, fmt.Sprintf("it stands %s before the latest attempt", latest.Sub(now).Round(time.Second))
	default:
		return f
	}
	f.Todo = "set the clock, best by a time server: attempts are listed by their times"
	return f
}
