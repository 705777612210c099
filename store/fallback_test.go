package store

import (
	"testing"

	"github.com/aimo3/aimo3/engine"
)

// TestTheListShowsTheModelThatVoted: after a step to another model that one is listed and
// found, and what is checked is still whole.
func TestTheListShowsTheModelThatVoted(t *testing.T) {
	d := opened(t)
	events := story("01fallback", 1, 1)
	last := events[len(events)-1]
	events[len(events)-1].Fact = engine.FallbackUsed{Sample: -1, Rung: engine.RungModel, From: "qwen3:8b", To: "tiny:1b", NumCtx: 4096, Class: engine.Memory, Why: "out of memory"}
	last.Seq++
	r := d.Record(nil)
	for _, e := range append(events, last) {
		if err := r.Put(e); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	for words, want := range map[string]int{"": 1, "tiny": 1, "qwen3": 0} {
		all, err := d.Attempts(t.Context(), engine.Filter{Words: words})
		if err != nil || len(all) != want || want == 1 && all[0].Model != "tiny:1b" {
			t.Errorf("%q finds %+v, %v", words, all, err)
		}
	}
	if err := d.Check(t.Context()); err != nil {
		t.Error(err)
	}
}
