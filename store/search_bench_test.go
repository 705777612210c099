package store_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/store"
	"github.com/aimo3/aimo3/store/storetest"
)

// BenchmarkSearch is searches through what samples said: in 1,000 attempts of 5,000 bytes
// each, or as AIMO3_SEARCHED says, such as 100000x50000.
func BenchmarkSearch(b *testing.B) {
	attempts, text := 1_000, 5_000
	if size := os.Getenv("AIMO3_SEARCHED"); size != "" {
		if _, err := fmt.Sscanf(size, "%dx%d", &attempts, &text); err != nil {
			b.Fatalf("AIMO3_SEARCHED is %q, not as 100000x50000: %v", size, err)
		}
	}
	path := filepath.Join(b.TempDir(), "aimo3.db")
	storetest.Speak(b, path, attempts, text)
	d, err := store.Open(b.Context(), path, nil)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	b.Run("Index", func(b *testing.B) {
		for b.Loop() {
			for left := 1; left > 0; {
				time.Sleep(10 * time.Millisecond)
				if left, err = d.Unindexed(b.Context()); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
	page := min(attempts, 200)
	for _, c := range []struct {
		name, query string
		want        int
	}{
		{"rare", "xylophone", 1},
		{"none", "zebra", 0},
		{"everywhere", "therefore", page},
		{"beginning everywhere", "there", page},
		{"short", "so", page},
		{"letter", "w", page},
		{"two everywhere", "therefore value", page},
		{"everywhere and rare", "therefore xyloph", 1},
		{"everywhere and none", "therefore zebra", 0},
		{"sentence", "so therefore the value of w1", page},
		{"rare and a term", "xylophone model:qwen is:right", 1},
		{"everywhere and a term that none has", "therefore is:wrong", 0},
		{"term that none has", "is:wrong", 0},
		{"term that all have", "is:right", page},
	} {
		b.Run("Find/"+c.name, func(b *testing.B) {
			f, err := engine.ParseFilter(c.query, time.Now())
			if err != nil {
				b.Fatal(err)
			}
			list(b, d, f, c.want)
		})
	}
	found, err := d.Attempts(b.Context(), engine.Filter{Words: "xylophone"})
	if err != nil || len(found) != 1 {
		b.Fatal(len(found), err)
	}
	b.Run("Passage", func(b *testing.B) {
		for b.Loop() {
			if _, ok, err := d.Passage(b.Context(), found[0].ID, "xylophone"); err != nil || !ok {
				b.Fatal(ok, err)
			}
		}
	})
}
