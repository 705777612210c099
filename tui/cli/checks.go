package cli

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/monitor"
	"github.com/aimo3/aimo3/engine/observe"
)

// checks are all that there are, in the order in which they are told. Those of live
// tell within moments whether the program can work: they read no whole database, run
// no code, and look at nothing that only people need.
func (s *shell) checks(live bool) []observe.Check {
	one := func(find func(context.Context) finding) func(context.Context) []finding {
		return func(ctx context.Context) []finding { return []finding{find(ctx)} }
	}
	all := []observe.Check{
		{Component: "server", Timeout: 2 * time.Minute, Find: s.checkServer},
		{Component: "database", Find: one(func(ctx context.Context) finding { return s.checkStore(ctx, live) })},
		{Component: "cache", Timeout: time.Minute, Find: one(s.checkCache)},
		{Component: "log", Find: one(func(context.Context) finding { return s.checkLog() })},
		{Component: "machine", Timeout: time.Minute, Find: func(ctx context.Context) []finding {
			return checkMachine(s.Look(ctx, monitor.Options{DiskOf: cmp.Or(s.set.DB, ".")}))
		}},
		{Component: "clock", Timeout: time.Minute, Find: one(s.checkClock)},
		{Component: "code", Timeout: 5 * time.Minute, Find: one(s.checkCode)},
		{Component: "terminal", Find: one(func(context.Context) finding { return s.checkTerminal() })},
	}
	if live {
		slow := []string{"cache", "log", "code", "terminal"}
		all = slices.DeleteFunc(all, func(c observe.Check) bool { return slices.Contains(slow, c.Component) })
	}
	return all
}

// checkClock looks at the clock, also by the attempts that are kept.
func (s *shell) checkClock(ctx context.Context) finding {
	var latest time.Time
	if s.kept() == nil {
		if store, err := s.OpenToRead(ctx, s.set.DB, func(string) {}); err == nil { // else the database is found to fail
			defer func() { _ = store.Close() }()
			if all, err := store.Attempts(ctx, engine.Filter{Limit: 1}); err == nil && len(all) > 0 {
				latest = all[0].Begun
			}
		}
	}
	return observe.CheckClock(s.begun, s.Now(), latest)
}
