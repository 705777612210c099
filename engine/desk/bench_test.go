package desk_test

import (
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/desk"
)

// BenchmarkCached asks for a verdict that memory has, and for one that only a tier
// has, and how long it takes to find that none is kept. The first question of a desk
// also makes the version of all that is said to models.
func BenchmarkCached(b *testing.B) {
	s, kept, tier := newKnown(), library{}, shelf{}
	o := caching(s, kept, tier)
	if _, err := desk.New(o).Attempt(b.Context(), "a1", asked, wished, func(engine.Event) error { return nil }); err != nil {
		b.Fatal(err)
	}
	kept["a1"] = false
	b.Run("memory", func(b *testing.B) {
		d := desk.New(o)
		for b.Loop() {
			if _, ok := d.Cached(b.Context(), asked, wished); !ok {
				b.Fatal("a miss")
			}
		}
	})
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			d := desk.New(o)
			if _, ok := d.Cached(b.Context(), asked, wished); !ok {
				b.Fatal("a miss")
			}
		}
	})
	b.Run("miss", func(b *testing.B) {
		d := desk.New(o)
		for b.Loop() {
			_, _ = d.Cached(b.Context(), engine.Problem{Statement: "else"}, wished)
		}
	})
}
