package remote

import (
	"slices"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/enginetest"
	fake "github.com/aimo3/aimo3/engine/ollama/ollamatest"
)

// TestSteered: what a person wishes of an attempt that runs on a server reaches the model,
// and one that has ended is added to.
func TestSteered(t *testing.T) {
	r := start(t, nil, []fake.Step{fake.Think("hm"), fake.Stall()}, replies("42"))
	connected(t, r.Client)
	id, _, err := r.Create(t.Context(), forty2, engine.Plan{Samples: 1, Stop: engine.StopNone, Tools: engine.ToolsOff}, true)
	if err != nil {
		t.Fatal(err)
	}
	for i, wish := range []func() error{ // the hint last: after it the samples may end at once
		func() error { return r.AddSamples(t.Context(), id, 1) },
		func() error { return r.ChangeRule(t.Context(), id, engine.StopUncatchable) },
		func() error { return r.Hint(t.Context(), id, 0, "mind the sign\xff") },
	} {
		if err := wish(); err != nil {
			t.Errorf("wish %d: %v", i, err)
		}
	}
	events, over, err := all(t, r.Client, id)
	if p := enginetest.Fold(events); err != nil || !over || p.Verdict == nil || p.Verdict.Votes != 2 {
		t.Fatalf("%v %v %+v", over, err, p.Verdict)
	}
	if !slices.ContainsFunc(r.model.Asked(), func(a fake.Request) bool {
		return strings.Contains(a.Messages[len(a.Messages)-1].Content, "mind the sign\uFFFD")
	}) {
		t.Error("the model never heard the hint")
	}
	if err := r.Hint(t.Context(), id, -1, "too late"); engine.ClassOf(err) != engine.Invalid {
		t.Errorf("once it has ended: %v", err)
	}
	more, err := r.Extend(t.Context(), id, 2)
	if err != nil {
		t.Fatal(err)
	}
	events, _, err = all(t, r.Client, more)
	if p := enginetest.Fold(events); err != nil || p.Parent != id || p.Verdict == nil || p.Verdict.Carried != 2 || p.Verdict.Votes < 3 {
		t.Errorf("%v %+v", err, p.Verdict)
	}
	if _, err := r.Extend(t.Context(), id, 512); engine.ClassOf(err) != engine.Invalid {
		t.Errorf("too many: %v", err)
	}
}
