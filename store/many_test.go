package store_test

import (
	"path/filepath"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/store"
	"github.com/aimo3/aimo3/store/storetest"
)

const manyAttempts = 100_000

// BenchmarkMany is what is done with a store of 100,000 attempts.
func BenchmarkMany(b *testing.B) {
	path := filepath.Join(b.TempDir(), "aimo3.db")
	storetest.Fill(b, path, manyAttempts)
	d, err := store.Open(b.Context(), path, nil)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	all, err := d.Attempts(b.Context(), engine.Filter{Limit: manyAttempts})
	if err != nil || len(all) != manyAttempts {
		b.Fatal(len(all), err)
	}
	b.Run("List/newest", func(b *testing.B) { list(b, d, engine.Filter{}, 200) })
	b.Run("List/middle", func(b *testing.B) { list(b, d, engine.Filter{Before: all[manyAttempts/2].ID}, 200) })
	for _, c := range []struct {
		name, words string
		want        int
	}{
		{"rare", "xylophone", 1},
		{"none", "zebra", 0},
		{"everywhere", "value", 200},
		{"letter", "w", 200},
		{"two letters", "wa", 200},
		{"three letters", "wa1", 200},
		{"five letters", "qwen3", 200},
		{"two everywhere", "find qwen", 200},
		{"everywhere and a letter", "find w", 200},
		{"everywhere and rare", "find xyloph", 1},
		{"everywhere and none", "find zebra", 0},
		{"phrase", "qwen3:8b", 200},
		{"sentence", "find the value of", 200},
	} {
		b.Run("Filter/"+c.name, func(b *testing.B) { list(b, d, engine.Filter{Words: c.words}, c.want) })
	}
	b.Run("Splits", func(b *testing.B) {
		for b.Loop() {
			if _, err := d.Splits(b.Context()); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("Open", func(b *testing.B) { reopen(b, path) })
}

func list(b *testing.B, d *store.DB, f engine.Filter, want int) {
	for b.Loop() {
		found, err := d.Attempts(b.Context(), f)
		if err != nil || len(found) != want {
			b.Fatal(len(found), err)
		}
	}
}

func reopen(b *testing.B, path string) {
	for b.Loop() {
		d, err := store.Open(b.Context(), path, nil)
		if err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		if err := d.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}
