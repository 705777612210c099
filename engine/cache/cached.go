package cache

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"math"
	"time"

	"github.com/maypok86/otter/v2"
	"github.com/maypok86/otter/v2/stats"

	"github.com/aimo3/aimo3/engine"
)

// What zero Options mean, field by field.
const (
	DefaultEntries = 10_000
	DefaultTTL     = time.Hour
	DefaultKept    = 30 * 24 * time.Hour
)

// Options say what is cached and for how long. Name is needed.
type Options[K comparable, V any] struct {
	Name    string                              // of what is cached: keys in tiers begin with it
	Version int                                 // of the form of V as JSON; values of others are not read
	Load    func(context.Context, K) (V, error) // what Get stands in front of; Look and Put need none

	MaxEntries int                   // in memory; if zero, DefaultEntries
	MaxBytes   int64                 // in memory; if zero, or Bytes is nil, no bound
	Bytes      func(V) int           // about how large a value is
	TTL        time.Duration         // how long a value stays in memory; if zero, DefaultTTL
	TTLOf      func(V) time.Duration // likewise, of one value; if nil, TTL

	Tiers []Tier           // behind memory, the nearest first; V must be JSON both ways
	Kept  time.Duration    // how long a value stays in tiers; if zero, DefaultKept
	Text  func(K) string   // a key as tiers know it; needed with Tiers
	Warn  func(string)     // is told, once each, of tiers that fail; if nil, nobody
	Now   func() time.Time // if nil, time.Now; read by several goroutines at once
}

// Cached is a function with its values kept.
type Cached[K comparable, V any] struct {
	with   Options[K, V]
	memory *otter.Cache[K, held[V]]
	tiers  []*guarded
}

// held is a value in memory.
type held[V any] struct {
	value   V
	expires time.Time
}

// New returns a cache that is empty but for what its tiers hold.
func New[K comparable, V any](o Options[K, V]) *Cached[K, V] {
	o.MaxEntries, o.TTL, o.Kept = cmp.Or(o.MaxEntries, DefaultEntries), cmp.Or(o.TTL, DefaultTTL), cmp.Or(o.Kept, DefaultKept)
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Warn == nil {
		o.Warn = func(string) {}
	}
	c := &Cached[K, V]{with: o}
	c.memory = otter.Must(c.bounds())
	for _, t := range o.Tiers {
		c.tiers = append(c.tiers, &guarded{Tier: t, warn: o.Warn, now: o.Now})
	}
	return c
}

// bounds are those of the memory. An entry weighs at least its share of MaxBytes, so
// that the one bound holds the number of entries too.
func (c *Cached[K, V]) bounds() *otter.Options[K, held[V]] {
	o := &otter.Options[K, held[V]]{
		StatsRecorder: stats.NewCounter(), Clock: clock{c.with.Now},
		ExpiryCalculator: otter.ExpiryWritingFunc(func(e otter.Entry[K, held[V]]) time.Duration {
			return max(e.Value.expires.Sub(c.with.Now()), 1)
		}),
	}
	if c.with.Bytes == nil || c.with.MaxBytes <= 0 {
		o.MaximumSize = c.with.MaxEntries
		return o
	}
	o.MaximumWeight = uint64(c.with.MaxBytes)
	share := c.with.MaxBytes / int64(c.with.MaxEntries)
	o.Weigher = func(_ K, h held[V]) uint32 {
		return uint32(min(max(int64(c.with.Bytes(h.value)), share, 1), math.MaxUint32)) //nolint:gosec // within its bounds
	}
	return o
}

// clock is the time for the memory. It has no ticks: what is past its time is not
// shown, and goes when there is something to do.
type clock struct{ now func() time.Time }

func (c clock) NowNano() int64                      { return c.now().UnixNano() }
func (c clock) Tick(time.Duration) <-chan time.Time { return nil }

// Get is the value for key: the one that is kept, or else what the function returns.
func (c *Cached[K, V]) Get(ctx context.Context, key K) (V, error) {
	return c.GetBy(ctx, key, func(ctx context.Context) (V, error) { return c.with.Load(ctx, key) })
}

// GetBy is Get, with a function of this caller's own. Of those who ask for one key at
// once, one's is called.
func (c *Cached[K, V]) GetBy(ctx context.Context, key K, load func(context.Context) (V, error)) (V, error) {
	h, err := c.memory.Get(ctx, key, otter.LoaderFunc[K, held[V]](func(ctx context.Context, key K) (held[V], error) {
		return c.load(ctx, key, load)
	}))
	return h.value, err
}

// load is what Get does on a miss in memory.
func (c *Cached[K, V]) load(ctx context.Context, key K, load func(context.Context) (V, error)) (held[V], error) {
	if h, _, ok := c.find(ctx, key); ok {
		return h, nil
	}
	v, err := load(ctx)
	if err != nil {
		return held[V]{}, err
	}
	c.keep(ctx, key, v, "")
	return c.hold(v, c.with.Now().Add(c.with.Kept)), nil
}

// Look is the value kept for key, and the tier that had it.
func (c *Cached[K, V]) Look(ctx context.Context, key K) (value V, tier string, ok bool) {
	if h, ok := c.memory.GetIfPresent(key); ok {
		return h.value, Memory, true
	}
	h, tier, ok := c.find(ctx, key)
	if ok {
		c.memory.Set(key, h)
	}
	return h.value, tier, ok
}

// Put keeps a value in memory and in every tier. Of names what the value is about,
// with which it goes where a tier knows of that; "" is nothing.
func (c *Cached[K, V]) Put(ctx context.Context, key K, v V, of string) {
	c.memory.Set(key, c.hold(v, c.with.Now().Add(c.with.Kept)))
	c.keep(ctx, key, v, of)
}

// Drop forgets the value for key in memory.
func (c *Cached[K, V]) Drop(key K) { c.memory.Invalidate(key) }

// Clear forgets everything, in memory and in every tier.
func (c *Cached[K, V]) Clear(ctx context.Context) error {
	c.memory.InvalidateAll()
	var err error
	for _, t := range c.tiers {
		err = errors.Join(err, t.Clear(ctx))
	}
	return err
}

// Memory is the name of the first tier.
const Memory = "memory"

// Figures tell how the memory and every tier does.
func (c *Cached[K, V]) Figures(ctx context.Context) []engine.CacheFigures {
	c.memory.CleanUp()
	s := c.memory.Stats()
	all := []engine.CacheFigures{{
		Tier: Memory, Entries: c.memory.EstimatedSize(), MaxCount: c.with.MaxEntries,
		Hits: s.Hits, Misses: s.Misses, Evictions: s.Evictions,
	}}
	if c.memory.IsWeighted() {
		all[0].Bytes, all[0].MaxBytes = int64(c.memory.WeightedSize()), c.with.MaxBytes //nolint:gosec // at most MaxBytes
	}
	for _, t := range c.tiers {
		all = append(all, FiguresOf(ctx, t.Tier))
	}
	return all
}

func (c *Cached[K, V]) hold(v V, until time.Time) held[V] {
	ttl := c.with.TTL
	if c.with.TTLOf != nil {
		ttl = c.with.TTLOf(v)
	}
	if soon := c.with.Now().Add(ttl); soon.Before(until) {
		until = soon
	}
	return held[V]{v, until}
}

// find looks through the tiers, the nearest first.
func (c *Cached[K, V]) find(ctx context.Context, key K) (h held[V], tier string, ok bool) {
	if len(c.tiers) == 0 {
		return h, "", false
	}
	name := c.name(key)
	for _, t := range c.tiers {
		text, until, ok := unseal(name, t.get(ctx, name), c.with.Now())
		if !ok {
			continue
		}
		var v V
		if json.Unmarshal(text, &v) == nil {
			return c.hold(v, until), t.Name(), true
		}
	}
	return h, "", false
}

// keep puts a value into every tier.
func (c *Cached[K, V]) keep(ctx context.Context, key K, v V, of string) {
	if len(c.tiers) == 0 {
		return
	}
	text, err := json.Marshal(v)
	if err != nil {
		c.with.Warn("cannot cache a " + c.with.Name + ": " + err.Error())
		return
	}
	name, until := c.name(key), c.with.Now().Add(c.with.Kept)
	sealed := seal(name, text, until)
	for _, t := range c.tiers {
		t.put(ctx, name, sealed, of, until)
	}
}
