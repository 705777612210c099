package store

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// cached says which of keys the cache has, joined.
func cached(t *testing.T, c *Cache, keys ...string) string {
	t.Helper()
	var have []string
	for _, key := range keys {
		v, err := c.Get(t.Context(), key)
		if err != nil {
			t.Fatal(err)
		}
		if v != nil {
			have = append(have, key+"="+string(v))
		}
	}
	return strings.Join(have, " ")
}

func keep(t *testing.T, c *Cache, key, value, of string, ttl time.Duration) {
	t.Helper()
	if err := c.Put(t.Context(), key, []byte(value), of, time.Now().Add(ttl)); err != nil {
		t.Fatal(err)
	}
}

// TestCacheKeeps: values outlive a restart until their time is over, and can be
// replaced and cleared; counts go on.
func TestCacheKeeps(t *testing.T) {
	path := filepath.Join(t.TempDir(), "aimo3.db")
	d, err := Open(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	c := d.Cache()
	keep(t, c, "a", "1", "", time.Hour)
	keep(t, c, "a", "2", "", time.Hour)
	keep(t, c, "over", "3", "", -time.Second)
	equal(t, "kept", cached(t, c, "a", "over", "b"), "a=2")
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	again := openedAt(t, path)
	c = again.Cache()
	equal(t, "kept after a restart", cached(t, c, "a"), "a=2")
	f, err := c.Figures(t.Context())
	if err != nil || f.Hits != 2 || f.Misses != 2 || f.Entries != 2 || f.Bytes < 400 || f.Bytes > 500 || f.MaxBytes != maxCacheBytes {
		t.Errorf("figures %+v, %v", f, err)
	}
	keep(t, c, "b", "4", "", time.Hour) // what is over goes with the next
	if f, _ := c.Figures(t.Context()); f.Entries != 2 {
		t.Errorf("%d entries, want what is over gone", f.Entries)
	}
	if err := c.Clear(t.Context()); err != nil {
		t.Error(err)
	}
	f, err = c.Figures(t.Context())
	if f != (engine.CacheFigures{MaxBytes: maxCacheBytes}) || err != nil {
		t.Errorf("figures %+v, %v after it was cleared", f, err)
	}
}

// TestCacheGoesWithItsAttempt: a value about an attempt is gone once that is deleted,
// also after it is restored, and none is kept about one that is not there.
func TestCacheGoesWithItsAttempt(t *testing.T) {
	d := opened(t)
	attempt(t, d, "a1", "first", "m", "1")
	attempt(t, d, "a2", "second", "m", "2")
	c := d.Cache()
	keep(t, c, "k1", "x", "a1", time.Hour)
	keep(t, c, "k2", "x", "a2", time.Hour)
	keep(t, c, "k3", "x", "a3", time.Hour)
	equal(t, "kept", cached(t, c, "k1", "k2", "k3"), "k1=x k2=x")
	if err := d.Delete(t.Context(), "a1"); err != nil {
		t.Fatal(err)
	}
	equal(t, "kept after a1 was deleted", cached(t, c, "k1", "k2"), "k2=x")
	keep(t, c, "k1", "x", "a1", time.Hour)
	equal(t, "kept of a deleted one", cached(t, c, "k1"), "")
	for id, want := range map[engine.AttemptID]string{"a1": "true true", "a2": "true false", "a3": "false false"} {
		here, deleted, err := d.Stored(t.Context(), id)
		if got := fmt.Sprint(here, deleted); err != nil || got != want {
			t.Errorf("%s is here, deleted: %s, %v; want %s", id, got, err, want)
		}
	}
	if err := d.Restore(t.Context(), "a1"); err != nil {
		t.Fatal(err)
	}
	equal(t, "kept after it was restored", cached(t, c, "k1"), "")
	// One that is purged without having been marked takes its values too.
	if _, err := d.writer.Exec(`UPDATE attempts SET purging = 1; DELETE FROM events; DELETE FROM attempts`); err != nil {
		t.Fatal(err)
	}
	equal(t, "kept of purged ones", cached(t, c, "k2"), "")
	if err := d.Cache().Clear(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// TestCacheBound: what was used longest ago goes first, asked for or put, and a value
// larger than the bound is not kept.
func TestCacheBound(t *testing.T) {
	d := opened(t)
	c := d.Cache()
	c.maxBytes = 10 * (1000 + cacheRowBytes)
	value := strings.Repeat("x", 1000-2)
	for i := range 10 {
		keep(t, c, fmt.Sprintf("%02d", i), value, "", time.Hour)
	}
	cached(t, c, "03", "00")
	for i := 10; i < 13; i++ {
		keep(t, c, fmt.Sprintf("%02d", i), value, "", time.Hour)
	}
	var have []string
	for i := range 13 {
		if cached(t, c, fmt.Sprintf("%02d", i)) != "" {
			have = append(have, fmt.Sprintf("%02d", i))
		}
	}
	equal(t, "kept", strings.Join(have, " "), "00 03 05 06 07 08 09 10 11 12")
	keep(t, c, "huge", strings.Repeat("x", 12_000), "", time.Hour)
	f, err := c.Figures(t.Context())
	if err != nil || f.Entries != 10 || f.Bytes > c.maxBytes || f.Evictions != 3 {
		t.Errorf("%+v, %v", f, err)
	}
}

// TestCacheToRead: a store that is opened to be read has what is cached, and keeps
// nothing; one from before there was a cache has none.
func TestCacheToRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "aimo3.db")
	d := openedAt(t, path)
	keep(t, d.Cache(), "a", "1", "", time.Hour)
	r, err := OpenToRead(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	keep(t, r.Cache(), "b", "2", "", time.Hour)
	equal(t, "read", cached(t, r.Cache(), "a", "b"), "a=1")
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	older := &DB{path: path, version: 2, reader: d.reader}
	older.cache = newCache(older)
	equal(t, "read of an older one", cached(t, older.Cache(), "a"), "")
	if f, err := older.Cache().Figures(t.Context()); f.Entries != 0 || err != nil {
		t.Errorf("figures %+v, %v", f, err)
	}
}

// TestCacheOfTwoPrograms: what one program keeps, another that has the same file open
// finds.
func TestCacheOfTwoPrograms(t *testing.T) {
	path := filepath.Join(t.TempDir(), "aimo3.db")
	one, other := openedAt(t, path), openedAt(t, path)
	keep(t, one.Cache(), "a", "1", "", time.Hour)
	equal(t, "found", cached(t, other.Cache(), "a"), "a=1")
}

// BenchmarkCache has a cache that is full: 3,000 values of 10 KB.
func BenchmarkCache(b *testing.B) {
	d := opened(b)
	c, value := d.Cache(), bytes.Repeat([]byte("x"), 10_000)
	until := time.Now().Add(time.Hour)
	for i := range 3000 {
		if err := c.Put(context.Background(), fmt.Sprint(i), value, "", until); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("get", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			if v, err := c.Get(b.Context(), fmt.Sprint(i%3000)); v == nil || err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("miss", func(b *testing.B) {
		for b.Loop() {
			_, _ = c.Get(b.Context(), "nothing")
		}
	})
	b.Run("put", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			if err := c.Put(b.Context(), fmt.Sprint("new ", i), value, "", until); err != nil {
				b.Fatal(err)
			}
		}
	})
}
