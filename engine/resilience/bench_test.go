package resilience_test

import (
	"context"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/resilience"
)

// BenchmarkFrame is what a Guard adds to a piece of a healthy stream, and to one
// that tries whether the server works again.
func BenchmarkFrame(b *testing.B) {
	for _, probe := range []bool{false, true} {
		name := map[bool]string{false: "healthy", true: "probe"}[probe]
		b.Run(name, func(b *testing.B) {
			s := &server{}
			s.play = func(context.Context, int, func(engine.Piece)) error { return refused }
			g := resilience.New(s, resilience.Options{Rand: func() float64 { return 0 }})
			if probe {
				for range 3 {
					_, _ = g.Stream(b.Context(), engine.Ask{Model: "m"}, quiet)
				}
			}
			s.play = func(_ context.Context, _ int, say func(engine.Piece)) error {
				b.ReportAllocs()
				for b.Loop() {
					say(engine.Piece{Channel: engine.Thinking, Text: "so", Frames: 1})
				}
				return nil
			}
			heard := 0
			if _, err := g.Stream(b.Context(), engine.Ask{Model: "m"}, func(p engine.Piece) { heard += p.Frames }); err != nil {
				b.Fatal(err)
			}
		})
	}
}

// BenchmarkRequest is what a Guard adds to a request.
func BenchmarkRequest(b *testing.B) {
	g := resilience.New(&server{play: func(context.Context, int, func(engine.Piece)) error { return nil }}, resilience.Options{})
	g.Join(8)
	b.ReportAllocs()
	for b.Loop() {
		_, _ = g.Stream(b.Context(), engine.Ask{Model: "m"}, quiet)
	}
}
