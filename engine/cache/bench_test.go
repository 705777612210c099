package cache_test

import (
	"context"
	"math/rand/v2"
	"strconv"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine/cache"
)

// BenchmarkCached asks a function that takes 100 µs for 10,000 keys, of which few are
// asked for often, with a cache of 1,000 in front of it and without.
func BenchmarkCached(b *testing.B) {
	slow := func(_ context.Context, key string) (string, error) {
		for begun := time.Now(); time.Since(begun) < 100*time.Microsecond; { //nolint:revive // as if it worked
		}
		return key, nil
	}
	r := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same keys each time
	zipf := rand.NewZipf(r, 1.1, 1, 9_999)
	keys := make([]string, 1<<16)
	for i := range keys {
		keys[i] = strconv.FormatUint(zipf.Uint64(), 10)
	}
	b.Run("without", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			_, _ = slow(b.Context(), keys[i%len(keys)])
		}
		b.ReportMetric(0, "hits/op")
	})
	b.Run("with", func(b *testing.B) {
		c := cache.New(cache.Options[string, string]{Name: "bench", Load: slow, MaxEntries: 1000})
		for i := 0; b.Loop(); i++ {
			_, _ = c.Get(b.Context(), keys[i%len(keys)])
		}
		b.ReportMetric(c.Figures(b.Context())[0].HitRate(), "hits/op")
	})
}
