package cache_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/cache"
)

// shelf is a Tier in memory, which fails while it is told to.
type shelf struct {
	name string
	mu   sync.Mutex
	kept map[string][]byte
	ofs  map[string]string
	down error
	asks int
}

func newShelf(name string) *shelf {
	return &shelf{name: name, kept: map[string][]byte{}, ofs: map[string]string{}}
}

func (s *shelf) Name() string { return s.name }

func (s *shelf) Get(_ context.Context, key string) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asks++
	return s.kept[key], s.down
}

func (s *shelf) Put(_ context.Context, key string, value []byte, of string, _ time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asks++
	if s.down == nil {
		s.kept[key], s.ofs[key] = value, of
	}
	return s.down
}

func (s *shelf) Clear(context.Context) error {
	clear(s.kept)
	return s.down
}

func (s *shelf) Figures(context.Context) (engine.CacheFigures, error) {
	return engine.CacheFigures{Entries: len(s.kept)}, s.down
}

// counting is a function that says how often it was called.
type counting struct {
	calls atomic.Int64
	err   error
}

func (c *counting) load(_ context.Context, key string) (string, error) {
	return fmt.Sprintf("%s%d", key, c.calls.Add(1)), c.err
}

func text(key string) string { return key }

// TestGet: a value is asked for once, until its time is over; an error never stays.
func TestGet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var f counting
		c := cache.New(cache.Options[string, string]{Name: "test", Load: f.load, TTLOf: func(v string) time.Duration {
			if strings.HasPrefix(v, "brief") {
				return time.Minute
			}
			return time.Hour
		}})
		steps := []struct {
			after     time.Duration
			key, want string
		}{
			{0, "a", "a1"},
			{0, "a", "a1"},
			{0, "brief", "brief2"},
			{59 * time.Second, "brief", "brief2"},
			{time.Second, "brief", "brief3"},
			{58 * time.Minute, "a", "a1"},
			{time.Minute, "a", "a4"},
		}
		for i, step := range steps {
			time.Sleep(step.after)
			if got, err := c.Get(t.Context(), step.key); got != step.want || err != nil {
				t.Errorf("step %d: Get(%q) is %q, %v; want %q", i+1, step.key, got, err, step.want)
			}
		}
		f.err = errors.New("broken")
		for want := int64(5); want <= 6; want++ {
			if got, err := c.Get(t.Context(), "b"); !errors.Is(err, f.err) || f.calls.Load() != want {
				t.Errorf("%q, %v after %d calls; want an error after %d", got, err, f.calls.Load(), want)
			}
		}
		f.err = nil
		if got, err := c.Get(t.Context(), "b"); got != "b7" || err != nil {
			t.Errorf("after an error %q, %v", got, err)
		}
	})
}

// TestOneFlight: a hundred who ask at once have the function called once, and an
// end of one's own context is nobody else's.
func TestOneFlight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var calls atomic.Int64
		c := cache.New(cache.Options[string, int64]{Name: "test", Load: func(ctx context.Context, _ string) (int64, error) {
			n := calls.Add(1)
			select {
			case <-ctx.Done():
				return 0, ctx.Err()
			case <-time.After(time.Minute):
				return n, nil
			}
		}})
		ctx, cancel := context.WithCancel(t.Context())
		var first error
		var group sync.WaitGroup
		group.Go(func() { _, first = c.Get(ctx, "k") })
		synctest.Wait()
		for range 100 {
			group.Go(func() {
				if n, err := c.Get(t.Context(), "k"); n != 2 || err != nil {
					t.Errorf("%d, %v; want the second call's value", n, err)
				}
			})
		}
		synctest.Wait()
		cancel()
		group.Wait()
		if !errors.Is(first, context.Canceled) || calls.Load() != 2 {
			t.Errorf("the first got %v, after %d calls; want its end, and 2", first, calls.Load())
		}
	})
}

// TestBounds: neither the number of entries nor their bytes grow past their bound,
// and of keys that are asked for again and again most stay.
func TestBounds(t *testing.T) {
	tests := []struct {
		name     string
		o        cache.Options[string, string]
		bytes    int // of a value
		max      int
		maxBytes int64
	}{
		{"entries", cache.Options[string, string]{MaxEntries: 100}, 1, 100, 0},
		{"bytes", cache.Options[string, string]{MaxBytes: 100_000}, 1000, 100, 100_000},
		{"entries of few bytes", cache.Options[string, string]{MaxEntries: 100, MaxBytes: 100_000}, 1, 100, 100_000},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			loads, often := map[bool]int{}, func(key string) bool { return strings.HasPrefix(key, "often") }
			tt.o.Name, tt.o.Bytes = "test", func(s string) int { return len(s) }
			tt.o.Load = func(_ context.Context, key string) (string, error) {
				loads[often(key)]++
				return strings.Repeat("x", tt.bytes), nil
			}
			c := cache.New(tt.o)
			const asked = 20_000
			for i := range asked {
				_, _ = c.Get(t.Context(), fmt.Sprint(i))
				_, _ = c.Get(t.Context(), fmt.Sprintf("often %d", i%10))
			}
			f := c.Figures(t.Context())[0]
			if f.Entries > tt.max || f.Entries < tt.max/2 || f.Bytes > tt.maxBytes || f.Evictions < uint64(asked-tt.max) {
				t.Errorf("%+v; want at most %d entries of %d bytes", f, tt.max, tt.maxBytes)
			}
			if n := loads[true]; n > asked/4 {
				t.Errorf("the ten keys asked for often were asked for anew %d times of %d", n, asked)
			}
		})
	}
}

// TestTiers: another cache finds what one put, the nearest tier first, and clearing
// clears all.
func TestTiers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		near, far := newShelf("near"), newShelf("far")
		o := cache.Options[string, []int]{Name: "test", Text: text, Tiers: []cache.Tier{near, far}}
		cache.New(o).Put(t.Context(), "k", []int{4}, "attempt")
		look := func(want string) *cache.Cached[string, []int] {
			t.Helper()
			c := cache.New(o)
			if v, tier, ok := c.Look(t.Context(), "k"); tier != want || ok != (want != "") || ok && fmt.Sprint(v) != "[4]" {
				t.Errorf("%v from %q; want it from %q", v, tier, want)
			}
			return c
		}
		c := look("near")
		if _, tier, _ := c.Look(t.Context(), "k"); tier != cache.Memory || near.ofs["test/0/k"] != "attempt" {
			t.Errorf("the second time from %q; about %q", tier, near.ofs)
		}
		clear(near.kept)
		look("far")
		o.Version = 1
		look("")
		o.Version = 0
		time.Sleep(cache.DefaultKept - time.Second)
		late := look("far")
		time.Sleep(time.Second)
		look("")
		if _, tier, ok := late.Look(t.Context(), "k"); ok {
			t.Errorf("memory keeps it for longer than %s", tier)
		}
		late.Put(t.Context(), "k", []int{4}, "")
		if err := late.Clear(t.Context()); err != nil {
			t.Error(err)
		}
		look("")
	})
}

// TestCorrupt: no byte of what a tier keeps can change, and nothing can be cut off
// it or be under another key, without the value being a miss that the next replaces.
func TestCorrupt(t *testing.T) {
	s := newShelf("shelf")
	o := cache.Options[string, string]{Name: "test", Text: text, Tiers: []cache.Tier{s}}
	cache.New(o).Put(t.Context(), "k", "a value", "")
	whole := s.kept["test/0/k"]
	miss := func(what string, kept []byte) {
		t.Helper()
		s.kept["test/0/k"] = kept
		if v, _, ok := cache.New(o).Look(t.Context(), "k"); ok {
			t.Errorf("%s: %q is taken for the value", what, v)
		}
	}
	for i := range whole {
		for bit := range 8 {
			bent := append([]byte{}, whole...)
			bent[i] ^= 1 << bit
			miss(fmt.Sprintf("bit %d of byte %d", bit, i), bent)
		}
		miss(fmt.Sprintf("cut at %d", i), whole[:i])
	}
	miss("longer", append(append([]byte{}, whole...), ' '))
	s.kept["test/0/other"] = whole
	if _, _, ok := cache.New(o).Look(t.Context(), "other"); ok {
		t.Error("the value of another key is taken")
	}
	cache.New(o).Put(t.Context(), "k", "anew", "")
	if v, _, _ := cache.New(o).Look(t.Context(), "k"); v != "anew" {
		t.Errorf("%q after it was put anew", v)
	}
}

// TestDown: a tier that fails is told of once, is asked again after half a minute,
// and never keeps the others from answering.
func TestDown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		broken, sound := newShelf("broken"), newShelf("sound")
		broken.down = errors.New("refused")
		var told []string
		c := cache.New(cache.Options[string, int]{Name: "test", Text: text, Tiers: []cache.Tier{broken, sound}, TTL: 1, Warn: func(line string) {
			told = append(told, line)
		}})
		for i := range 100 {
			c.Put(t.Context(), fmt.Sprint(i), i, "")
			time.Sleep(time.Millisecond) // memory forgets
			if v, tier, _ := c.Look(t.Context(), fmt.Sprint(i)); v != i || tier != "sound" {
				t.Fatalf("%d from %q, want %d from the sound one", v, tier, i)
			}
		}
		const line = "the cache in broken cannot be used: refused · going on without it"
		if broken.asks != 1 || len(told) != 1 || told[0] != line {
			t.Errorf("asked %d times, told %q; want once each, %q", broken.asks, told, line)
		}
		if f := c.Figures(t.Context()); f[1].Fault != "refused" || f[2].Fault != "" {
			t.Errorf("%+v", f)
		}
		time.Sleep(time.Minute)
		broken.down = nil
		c.Put(t.Context(), "back", 1, "")
		if len(broken.kept) != 1 || len(told) != 1 {
			t.Errorf("%d kept once it is back, told %q", len(broken.kept), told)
		}
	})
}
