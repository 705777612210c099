package cli

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/monitor"
	"github.com/aimo3/aimo3/engine/observe"
	"github.com/aimo3/aimo3/engine/secure/vault"
)

// looked is what a program has open that checks look at. What is nil is opened for the
// check.
type looked struct {
	servers []Server
	store   Store
	machine func(monitor.Reading) // is told of the reading of the machine; nil: nobody
}

// checks are all that there are, in the order in which they are told. Those of live
// tell within moments whether the program can work: they read no whole database, run
// no code, and look at nothing that only people need.
func (s *shell) checks(live bool, at looked) []observe.Check {
	one := func(find func(context.Context) finding) func(context.Context) []finding {
		return func(ctx context.Context) []finding { return []finding{find(ctx)} }
	}
	all := []observe.Check{
		{Component: "server", Timeout: 2 * time.Minute, Find: func(ctx context.Context) []finding { return s.checkServer(ctx, at.servers) }},
		{Component: "database", Find: one(func(ctx context.Context) finding { return s.checkStore(ctx, live, at.store) })},
		{Component: "cache", Timeout: time.Minute, Find: one(s.checkCache)},
		{Component: "log", Find: one(func(context.Context) finding { return s.checkLog() })},
		{Component: "machine", Timeout: time.Minute, Find: func(ctx context.Context) []finding {
			r := s.Look(ctx, monitor.Options{DiskOf: cmp.Or(s.set.DB, ".")})
			if at.machine != nil {
				at.machine(r)
			}
			return checkMachine(r)
		}},
		{Component: "clock", Timeout: time.Minute, Find: one(s.checkClock)},
		{Component: "secrets", Timeout: time.Minute, Find: one(s.checkSecrets)},
		{Component: "code", Timeout: 5 * time.Minute, Find: one(s.checkCode)},
		{Component: "terminal", Find: one(func(context.Context) finding { return s.checkTerminal() })},
	}
	if live {
		slow := []string{"cache", "log", "secrets", "code", "terminal"}
		all = slices.DeleteFunc(all, func(c observe.Check) bool { return slices.Contains(slow, c.Component) })
	}
	return all
}

// checkWith returns what makes the checks of an app that keeps attempts there.
func (s *shell) checkWith(store Store) func(context.Context, []Server, bool) []engine.Finding {
	return func(ctx context.Context, servers []Server, whole bool) []engine.Finding {
		return s.checking(looked{servers: servers, store: store})(ctx, !whole)
	}
}

// checking returns what makes the checks of a program that has these open.
func (s *shell) checking(at looked) func(ctx context.Context, live bool) []engine.Finding {
	return func(ctx context.Context, live bool) []engine.Finding {
		return observe.RunChecks(ctx, slices.DeleteFunc(s.checks(live, at), func(c observe.Check) bool { return c.Component == "terminal" }))
	}
}

// measuredChecks is checking, with the metrics told of what is found.
func (s *shell) measuredChecks(at looked) func(ctx context.Context, live bool) []engine.Finding {
	at.machine = s.Metrics.Machine
	check := s.checking(at)
	return func(ctx context.Context, live bool) []engine.Finding {
		found := check(ctx, live)
		if ctx.Err() == nil { // else not all was looked at
			s.Metrics.Checked(found)
		}
		return found
	}
}

// checkSecrets looks for the secrets of other programs, without a passphrase.
func (s *shell) checkSecrets(ctx context.Context) finding {
	v := s.vault()
	v.Tell = nil
	f := finding{Component: "secrets", State: pass, What: "none are set"}
	var set []string
	for _, c := range vault.Kept() {
		switch found, err := v.Locate(ctx, c); {
		case err != nil:
			f.State, f.What, f.Todo = warn, string(c)+" cannot be had: "+failureOf(err).What, failureOf(err).Todo
			return f
		case found.Place != "":
			set = append(set, string(c)+" from the "+string(found.Place))
		}
	}
	if len(set) > 0 {
		f.What = strings.Join(set, ", ")
	}
	return f
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
