package cli

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/cache"
	"github.com/aimo3/aimo3/engine/desk"
	"github.com/aimo3/aimo3/engine/secure"
	"github.com/aimo3/aimo3/engine/secure/audit"
	"github.com/aimo3/aimo3/engine/secure/vault"
	"github.com/aimo3/aimo3/engine/wire"
	"github.com/aimo3/aimo3/tui/cli/form"
	"github.com/aimo3/aimo3/tui/phrase"
)

// caching is what has verdicts cached; nil if they are not to be.
func (s *shell) caching(ctx context.Context, store Store, warn func(string)) *desk.Caching {
	if s.set.NoCache || store == nil {
		return nil
	}
	return &desk.Caching{Tiers: s.tiers(ctx, store), Stored: store.Stored, Hosts: s.set.Hosts, Tools: s.Tools, Warn: warn}
}

// tiers keep what is cached when the program has ended. There may be no store.
func (s *shell) tiers(ctx context.Context, store Store) []cache.Tier {
	var all []cache.Tier
	if store != nil {
		all = append(all, store.Cache())
	}
	if s.redis == nil && s.set.Redis != "" && s.Redis != nil && !s.shut {
		password, err := s.redisPassword(ctx)
		if err != nil {
			s.say("warning: Redis is not used: %s", hint(err))
			s.shut = true
			return all
		}
		s.redis, _ = s.Redis(s.set.Redis, password) // the flag's reader has accepted it
	}
	if s.redis != nil {
		all = append(all, s.redis)
	}
	return all
}

// redisPassword is the one that is kept for Redis, unless its address has one.
func (s *shell) redisPassword(ctx context.Context) (secure.Secret, error) {
	if u, err := url.Parse(s.set.Redis); err == nil {
		if _, has := u.User.Password(); has {
			return secure.Secret{}, nil
		}
	}
	found, err := s.vault().Find(ctx, vault.Redis)
	return found.Secret, err
}

func (s *shell) redisFlag(f *pflag.FlagSet) {
	read := func(address string) (string, error) {
		if address == "" || s.Redis == nil {
			return address, nil
		}
		tier, err := s.Redis(address, secure.Secret{})
		if err != nil {
			return "", err
		}
		return address, tier.Close()
	}
	f.Var(&parsed[string]{"", "ADDRESS", &s.set.Redis, read}, "cache-redis", "Redis server that shares cached verdicts with other machines, as redis://HOST:6379/0 (default: none)")
}

// withoutUser is an address without what gives access in it.
func withoutUser(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	u.User, u.RawQuery = nil, ""
	return u.String()
}

// recall is the attempt that reached a cached verdict, as far as it is known; false
// if what is stored of it no longer says how it ended.
func (r *solving) recall(ctx context.Context, store Store, c engine.Cached) (*engine.Progress, bool) {
	events := c.Events
	if c.Here {
		events = nil
		err := eachEvent(ctx, store, c.Attempt.ID, func(e engine.Event) error {
			events = append(events, e)
			return nil
		})
		if err != nil {
			return nil, false
		}
	}
	var p engine.Progress
	for _, e := range events {
		p.Apply(e)
	}
	if p.Verdict == nil {
		return nil, false
	}
	r.cached = &c
	if c.NoServer == "" {
		r.say("%s · --no-cache solves afresh", phrase.Cached(c))
	} else {
		r.say("%s", phrase.Cached(c))
	}
	for _, e := range events {
		if r.printEvent(e) != nil {
			break
		}
	}
	return &p, true
}

// cachedForm is what JSON says of a cached verdict.
func (r *solving) cachedForm() *wire.Cached {
	if r.cached == nil {
		return nil
	}
	return &wire.Cached{Attempt: r.cached.Attempt.ID, Age: r.cached.Age, Tier: r.cached.From, Here: r.cached.Here, NoServer: r.cached.NoServer}
}

func (s *shell) cacheCommand() *cobra.Command {
	stats := &cobra.Command{
		Use:   "stats",
		Short: "Show what is cached, and its hit rate",
		Long:  "Show what is cached, how large it is, and how often it was there when it was\nasked for, since the cache was last cleared. Memory is each program's own.",
		Args:  exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			err := s.reading(cmd, func(ctx context.Context, store Store) error { return s.printFigures(ctx, s.tiers(ctx, store)) })
			if errors.Is(err, errNothingKept) {
				return s.printFigures(cmd.Context(), s.tiers(cmd.Context(), nil))
			}
			return err
		},
	}
	stats.Flags().BoolVar(&s.json, "json", false, "print one JSON object")
	clearing := &cobra.Command{
		Use:   "clear",
		Short: "Clear the cache; attempts are kept",
		Args:  exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			err := s.withKept(cmd, func(ctx context.Context, store Store) error {
				return s.audit.Did(ctx, audit.ClearCache, "", s.clearCache(ctx, s.tiers(ctx, store)))
			})
			if errors.Is(err, errNothingKept) {
				return s.clearCache(cmd.Context(), s.tiers(cmd.Context(), nil))
			}
			return err
		},
	}
	s.checkpointsFlag(clearing.Flags())
	for _, c := range []*cobra.Command{stats, clearing} {
		s.dbFlag(c.Flags())
		s.redisFlag(c.Flags())
	}
	return group("cache", "Show or clear the cached verdicts", stats, clearing)
}

func figuresOf(ctx context.Context, tiers []cache.Tier) []engine.CacheFigures {
	all := []engine.CacheFigures{}
	for _, t := range tiers {
		all = append(all, cache.FiguresOf(ctx, t))
	}
	return all
}

func (s *shell) printFigures(ctx context.Context, tiers []cache.Tier) error {
	all := figuresOf(ctx, tiers)
	if s.json {
		return s.printJSON(struct {
			Version int                   `json:"version"`
			Tiers   []engine.CacheFigures `json:"tiers"`
		}{wire.Version, all})
	}
	if len(all) == 0 {
		s.say("nothing is cached yet")
		return nil
	}
	rows := [][]string{{"CACHE", "ENTRIES", "SIZE", "HITS", "MISSES", "HIT RATE", "EVICTED"}}
	for _, f := range all {
		w := phrase.Figured(f)
		row := []string{w.Tier, w.Entries, w.Size, w.Hits, w.Misses, w.Rate, w.Evicted}
		if f.Fault != "" {
			row = append(row, f.Fault)
		}
		rows = append(rows, row)
	}
	return form.WriteTable(s.out, "", rows)
}

func (s *shell) clearCache(ctx context.Context, tiers []cache.Tier) error {
	var err error
	for _, t := range tiers {
		err = errors.Join(err, t.Clear(ctx))
	}
	if err == nil {
		s.say("the cache is empty · attempts are kept")
	}
	return err
}

// checkCache says how the cache does. It makes no database.
func (s *shell) checkCache(ctx context.Context) finding {
	f := finding{Component: "cache", State: pass, What: "empty"}
	tiers := s.tiers(ctx, nil)
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	if s.kept() == nil {
		if store, err := s.OpenToRead(ctx, s.set.DB, func(string) {}); err == nil { // else the database is found to fail
			defer func() { _ = store.Close() }()
			tiers = s.tiers(ctx, store)
		}
	}
	for i, t := range figuresOf(ctx, tiers) {
		w := phrase.Figured(t)
		what := fmt.Sprintf("%s has %s, %s, %s hits, %s evicted", t.Tier, entries(t.Entries), w.Size, w.Rate, w.Evicted)
		if t.Fault != "" {
			f.State, what, f.Todo = warn, t.Tier+" cannot be used", t.Fault
		}
		if i > 0 {
			what = f.What + "; " + what
		}
		f.What = what
	}
	return f
}

func entries(n int) string {
	if n == 1 {
		return "1 entry"
	}
	return form.Thousands(n) + " entries"
}
