package store

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// BenchmarkRecord stores a stream of 8 samples as fast as it can be put.
func BenchmarkRecord(b *testing.B) {
	d := opened(b)
	begun := story("a", 1, 0)[0]
	begun.Fact = engine.AttemptStarted{Plan: engine.Plan{Samples: 8}}
	r := d.Record(nil)
	if err := r.Put(begun); err != nil {
		b.Fatal(err)
	}
	at := start
	for n := uint64(1); b.Loop(); n++ {
		at = at.Add(time.Millisecond)
		err := r.Put(engine.Event{Attempt: "a", Seq: n + 1, At: at, Fact: engine.Delta{Sample: int(n % 8), Channel: engine.Reply, Text: " token", Frames: 1}})
		if err != nil {
			b.Fatal(err)
		}
	}
	if err := r.Close(); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "events/s")
}

// BenchmarkCommit stores batches as eight streaming samples make them: one row
// each in a tenth of a second.
func BenchmarkCommit(b *testing.B) {
	d := opened(b)
	if err := d.commit([]engine.Event{{Attempt: "a", Seq: 1, At: start, Fact: engine.AttemptStarted{}}}); err != nil {
		b.Fatal(err)
	}
	seq := uint64(1)
	for b.Loop() {
		var events []engine.Event
		for i := range 8 {
			seq++
			events = append(events, engine.Event{Attempt: "a", Seq: seq, At: start, Fact: engine.Delta{Sample: i, Text: strings.Repeat(" token", 25), Frames: 25}})
		}
		if err := d.commit(events); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkEvents reads an attempt of some thousand events back, as rows and in blocks.
func BenchmarkEvents(b *testing.B) {
	d := quiet(b, filepath.Join(b.TempDir(), "aimo3.db"))
	if err := d.commit(documents(b, "a", 30)); err != nil {
		b.Fatal(err)
	}
	for _, way := range []string{"rows", "blocks"} {
		if way == "blocks" {
			compressed(b, d)
		}
		b.Run(way, func(b *testing.B) {
			for b.Loop() {
				if n := len(all(b, d, "a")); n < 1_000 {
					b.Fatal(n)
				}
			}
		})
		b.Run(way+" first page", func(b *testing.B) {
			for b.Loop() {
				if _, err := d.Events(b.Context(), "a", 0, 0); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// crowd stores n attempts in one transaction: each statement has some of 3,000
// words, of which the first are common and the last rare. The index is built
