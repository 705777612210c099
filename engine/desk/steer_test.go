package desk_test

import (
	"context"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/desk"
	"github.com/aimo3/aimo3/engine/enginetest"
)

// TestExtendIsOfOneModel: samples are added to an attempt by its own model and no other, and
// what comes of it is recorded and not taken for the answer to the plain question.
func TestExtendIsOfOneModel(t *testing.T) {
	s, kept := newKnown(), library{}
	o := caching(s, kept, shelf{})
	var first, second []engine.Event
	into := func(all *[]engine.Event) engine.Sink {
		return func(e engine.Event) error { *all = append(*all, e); return nil }
	}
	o.Kept = func(_ context.Context, id engine.AttemptID) (*engine.Progress, error) {
		return enginetest.Fold(map[engine.AttemptID][]engine.Event{"a1": first, "a2": second}[id]), nil
	}
	d := desk.New(o)
	if _, err := d.Attempt(t.Context(), "a1", asked, wished, into(&first)); err != nil {
		t.Fatal(err)
	}
	kept["a1"] = false
	v, err := d.Extend(t.Context(), "a2", "a1", 2, into(&second))
	if err != nil || v.Of != 4 || enginetest.Fold(second).Parent != "a1" {
		t.Fatalf("%v, %+v", err, v)
	}
	if was, ok := d.Cached(t.Context(), asked, wished); !ok || was.Attempt.ID != "a1" {
		t.Errorf("the plain question has %+v, %v", was, ok)
	}
	s.digests["qwen3:8b"] = "d9"
	n := len(s.asked)
	if _, err := d.Extend(t.Context(), "a3", "a2", 1, into(new([]engine.Event))); engine.ClassOf(err) != engine.NoModel || len(s.asked) != n {
		t.Errorf("by another model: %v", err)
	}
	for _, no := range []struct {
		parent engine.AttemptID
		n      int
		class  engine.Class
	}{{"a1", 0, engine.Invalid}, {"a1", 511, engine.Invalid}, {"none", 1, engine.Storage}} {
		if _, err := d.Parent(t.Context(), no.parent, no.n); engine.ClassOf(err) != no.class {
			t.Errorf("%d more for %s: %v", no.n, no.parent, err)
		}
	}
	o.Kept = nil
	if _, err := desk.New(o).Parent(t.Context(), "a1", 1); engine.ClassOf(err) != engine.Invalid {
		t.Errorf("where nothing is kept: %v", err)
	}
}
