package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/cache"
	"github.com/aimo3/aimo3/engine/prompt"
	"github.com/aimo3/aimo3/engine/secure/audit"
	"github.com/aimo3/aimo3/engine/solve"
)

// Caching says where verdicts are kept for whoever asks the same again.
type Caching struct {
	Tiers []cache.Tier // behind memory, the nearest first
	// Stored says whether an attempt is stored here, and whether it is deleted.
	Stored func(context.Context, engine.AttemptID) (here, deleted bool, err error)
	Hosts  []string     // of the servers, as a person wrote them; none for the usual one
	Tools  string       // version of what runs code
	Warn   func(string) // is told, once each, of tiers that fail; if nil, nobody
}

const (
	verdictForm     = 1        // version of how a verdict is kept
	maxVerdictBytes = 64 << 20 // of verdicts in memory
	eventBytes      = 500      // that an event counts for, about
	keepTimeout     = 5 * time.Second
)

// lastSeen is the key of the models that the hosts had installed when they last answered.
// Addresses may hold passwords.
func lastSeen(hosts []string) string {
	if len(hosts) == 0 {
		return "last seen"
	}
	sum := sha256.Sum256([]byte(strings.Join(hosts, " ")))
	return "last seen " + hex.EncodeToString(sum[:])
}

// verdicts are what a desk keeps of attempts that ended well.
type verdicts struct {
	Caching
	cached  *cache.Cached[string, kept]
	models  *cache.Cached[string, []engine.Model] // what servers had installed, at lastSeen
	version func() string                         // of all that is said to models, and of what runs their code
	now     func() time.Time

	mu     sync.Mutex
	latest []engine.Model // that servers were seen to have
	put    time.Time      // when that was kept
}

// kept is a verdict with the attempt that reached it.
type kept struct {
	Attempt engine.Summary `json:"attempt"`
	Ended   time.Time      `json:"ended"`
	Events  []engine.Event `json:"events"` // without what the samples said
}

// whole says that it tells of one attempt, from its beginning to its answer. Who writes into
// a tier that is shared may be of another program.
func (k kept) whole() bool {
	if len(k.Events) < 2 || k.Attempt.Verdict == nil {
		return false
	}
	_, begins := k.Events[0].Fact.(engine.AttemptStarted)
	end, ends := k.Events[len(k.Events)-1].Fact.(engine.AttemptFinished)
	others := func(e engine.Event) bool { return e.Attempt != k.Attempt.ID }
	return begins && ends && end.Verdict.Answer != "" && !slices.ContainsFunc(k.Events, others)
}

func newVerdicts(o Options) *verdicts {
	if o.Cache == nil || o.Record == nil { // a verdict is that of a stored attempt
		return nil
	}
	now := o.Now
	if now == nil {
		now = time.Now
	}
	warn := func(line string) {
		o.Log.Warn("cache", "what", line)
		if o.Cache.Warn != nil {
			o.Cache.Warn(line)
		}
	}
	text := func(key string) string { return key }
	return &verdicts{
		Caching: *o.Cache, now: now, version: sync.OnceValue(func() string {
			return strings.Join([]string{prompt.Version(), solve.Version(), o.Cache.Tools}, " ")
		}),
		cached: cache.New(cache.Options[string, kept]{
			Name: "verdict", Version: verdictForm, Tiers: o.Cache.Tiers, Warn: warn, Now: now,
			MaxBytes: maxVerdictBytes, Bytes: func(k kept) int { return len(k.Attempt.Problem.Statement) + eventBytes*len(k.Events) },
			Text: text,
		}),
		models: cache.New(cache.Options[string, []engine.Model]{
			Name: "models", Version: verdictForm, Tiers: o.Cache.Tiers[:min(len(o.Cache.Tiers), 1)], // others are shared, and others' servers have other models
			Warn: warn, Now: now, MaxEntries: 8, Text: text,
		}),
	}
}

// Cached is the verdict that was reached when the same was asked before, if one is
// kept. The same is: the statement but for its white space, the key, the model and
// the judge by their digests, all that the plan says but its seed, and what this
// program would say to models and run their code with. No attempt is written.
//
// While no server answers, the models are those that the same servers had when they last
// were asked for a verdict, and NoServer says so.
//
// A verdict is kept of attempts that ended by a rule or with all samples, found an
// answer, and had no sample that failed or was stopped by hand; and for as long as
// their attempt is not deleted.
func (d *Desk) Cached(ctx context.Context, problem engine.Problem, plan engine.Plan) (engine.Cached, bool) {
	v := d.verdicts
	if v == nil {
		return engine.Cached{}, false
	}
	seen := d.Server(ctx)
	unseen := ""
	switch f := seen.Fault; {
	case f == nil:
		v.saw(ctx, seen.Models)
	case f.Class == engine.Unreachable && seen.Busy == "":
		seen.Models, _, _ = v.models.Look(ctx, lastSeen(v.Hosts))
		unseen = f.Error()
	}
	key, ok := v.key(seen, problem, plan)
	if !ok {
		return engine.Cached{}, false
	}
	was, tier, ok := v.cached.Look(ctx, key)
	if ok && !was.whole() {
		v.cached.Drop(key)
		tier, ok = "", false
	}
	if d.with.Looked != nil {
		d.with.Looked(tier)
	}
	if !ok {
		d.with.Log.Debug("cache miss", "key", key)
		return engine.Cached{}, false
	}
	here, deleted, err := v.Stored(ctx, was.Attempt.ID)
	if err != nil || deleted {
		v.cached.Drop(key)
		return engine.Cached{}, false
	}
	age := max(v.now().Sub(was.Ended), 0)
	d.with.Log.Info("cache hit", "attempt", was.Attempt.ID, "tier", tier, "here", here, "age_ns", age)
	d.with.Audit.Add(ctx, audit.Solve, string(was.Attempt.ID), audit.Cached)
	return engine.Cached{Attempt: was.Attempt, Ended: was.Ended, Here: here, Events: was.Events, From: tier, Age: age, NoServer: unseen}, true
}

// CacheFigures tell how each tier of the cached verdicts does, memory first; nil if none
// are cached. It asks every tier, which may take a while.
func (d *Desk) CacheFigures(ctx context.Context) []engine.CacheFigures {
	if d.verdicts == nil {
		return nil
	}
	return d.verdicts.cached.Figures(ctx)
}

// key names what is asked; false if the server does not tell what its models are.
func (v *verdicts) key(seen engine.Server, problem engine.Problem, plan engine.Plan) (string, bool) {
	model, err := engine.Choose(seen.Models, plan.Model)
	judge := model
	if err == nil && plan.Judge != "" {
		judge, err = engine.Choose(seen.Models, plan.Judge)
	}
	if err != nil || model.Digest == "" || judge.Digest == "" {
		return "", false
	}
	wished := plan.Options
	plan = plan.WithDefaults()
	plan.Model, plan.Judge, plan.Digests, plan.Seed = model.Digest, judge.Digest, nil, 0
	plan.Options.NumCtx, plan.Options.NumPredict = wished.NumCtx, wished.NumPredict // what is left open stays so: memory varies
	if plan.Tools.Retired() {
		plan.Tools = engine.ToolsAuto
	}
	problem = engine.Problem{Statement: strings.Join(strings.Fields(problem.Statement), " "), Key: problem.Key}
	// A name may say how a model is spoken to.
	said := prompt.For(engine.Brief{Problem: problem, Plan: plan, Model: engine.Model{Name: model.Name}})
	h := sha256.New()
	if err := json.NewEncoder(h).Encode([]any{v.version(), problem, plan, said}); err != nil {
		return "", false
	}
	return hex.EncodeToString(h.Sum(nil)), true
}

// keep keeps the verdict of an attempt that is stored, if it is one to be kept.
func (v *verdicts) keep(ctx context.Context, key string, o *outline) {
	was, ok := o.kept()
	if !ok {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), keepTimeout)
	defer cancel()
	v.cached.Put(ctx, key, was, string(was.Attempt.ID))
}

// seenAgain is how long what servers have is not kept again: other programs may have seen
// something else meanwhile.
const seenAgain = time.Minute

// saw keeps what servers have installed, if this program has not just seen the same.
func (v *verdicts) saw(ctx context.Context, models []engine.Model) {
	if v == nil {
		return
	}
	same := func(a, b engine.Model) bool { return a.Name == b.Name && a.Digest == b.Digest }
	v.mu.Lock()
	now := v.now()
	news := now.Sub(v.put) > seenAgain || !slices.EqualFunc(v.latest, models, same)
	if news {
		v.latest, v.put = models, now
	}
	v.mu.Unlock()
	if news {
		v.models.Put(ctx, lastSeen(v.Hosts), models, "")
	}
}
