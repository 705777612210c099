package desk_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/desk"
	"github.com/aimo3/aimo3/engine/enginetest"
)

// archive keeps whole attempts.
type archive struct {
	events map[engine.AttemptID][]engine.Event
	fails  error
}

func (a *archive) put(_ context.Context, events []engine.Event) (bool, error) {
	if _, here := a.events[events[0].Attempt]; here || a.fails != nil {
		return false, a.fails
	}
	a.events[events[0].Attempt] = events
	return true, nil
}

func (a *archive) kept(_ context.Context, id engine.AttemptID) (*engine.Progress, error) {
	return enginetest.Fold(a.events[id]), nil
}

// TestManyProblems: a plan is settled once, by what is here; samples taken by it become an
// attempt that is kept whole, told once, and the same whoever assembles it again.
func TestManyProblems(t *testing.T) {
	a, told := &archive{events: map[engine.AttemptID][]engine.Event{}}, 0
	d := desk.New(desk.Options{Servers: []desk.Server{&server{}}, Import: a.put, Kept: a.kept, Listen: func() engine.Sink {
		return func(engine.Event) error { told++; return nil }
	}})
	plan, notes, err := d.Settle(t.Context(), engine.Plan{Model: "qwen3:4b", Fallback: []string{"qwen3:8b"}, Samples: 2})
	if err != nil || plan.Model != "qwen3:4b" || plan.Fallback != nil || plan.Stop != engine.DefaultStop || !strings.Contains(strings.Join(notes, "\n"), "do not fall back") {
		t.Fatalf("%+v, %q, %v", plan, notes, err)
	}
	leave, err := d.Join(t.Context(), plan, 2)
	if err != nil {
		t.Fatal(err)
	}
	defer leave()
	var said []engine.Event
	for i := range 2 {
		d.Sample(t.Context(), problem, plan, i, func(f engine.Fact) { said = append(said, engine.Event{At: time.Unix(int64(len(said)), 0), Fact: f}) })
	}
	if err := d.Decided(problem, plan, said[len(said)-1:]); err != nil {
		t.Errorf("one vote decides: %v", err)
	}
	v, err := d.Assemble(t.Context(), "a1", problem, plan, said)
	if err != nil || v.Answer != "4" || v.Votes != 2 || told != len(a.events["a1"]) || told < 6 {
		t.Errorf("%+v, %v; %d events told, %d kept", v, err, told, len(a.events["a1"]))
	}
	again, err := d.Assemble(t.Context(), "a1", problem, plan, said[:0])
	if err != nil || again.Answer != "4" || told != len(a.events["a1"]) {
		t.Errorf("assembled again: %+v, %v", again, err)
	}
	a.fails = &engine.Fault{Class: engine.Storage, What: "its disk is full"}
	if _, err := d.Assemble(t.Context(), "a2", problem, plan, said); !errors.Is(err, a.fails) {
		t.Errorf("it could not be kept: %v", err)
	}
}

// TestJoinHoldsTheModel: samples are not taken by another model than the plan was settled for.
func TestJoinHoldsTheModel(t *testing.T) {
	d := desk.New(desk.Options{Servers: []desk.Server{&server{}}})
	for want, plan := range map[string]engine.Plan{
		`no model "qwen9:1b" is installed`:                       {Model: "qwen9:1b"},
		"the run was begun with another model than the qwen3:8b": {Model: "qwen3:8b", Digests: map[string]string{engine.FullName("qwen3:8b"): "d0"}},
	} {
		if _, err := d.Join(t.Context(), plan, 1); engine.ClassOf(err) != engine.NoModel || !strings.Contains(err.Error(), want) || strings.Contains(engine.Hint(err), "attempt") {
			t.Errorf("%v; want %q", err, want)
		}
	}
}
