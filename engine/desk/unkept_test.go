package desk_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/cache"
	"github.com/aimo3/aimo3/engine/desk"
	"github.com/aimo3/aimo3/engine/enginetest"
)

// TestWithoutCodeIsNotKept: where code was to run and could not, the next one who asks may
// get more.
func TestWithoutCodeIsNotKept(t *testing.T) {
	for tools, want := range map[engine.Tools]int{engine.ToolsAuto: 0, engine.ToolsOff: 1} {
		s, kept, tier := newKnown(), library{}, shelf{}
		o := caching(s, kept, tier)
		o.Notebook = func(context.Context, engine.Tools) (engine.Notebook, error) {
			return engine.Notebook{}, errors.New("no Python")
		}
		plan := wished
		plan.Tools = tools
		_, err := desk.New(o).Attempt(t.Context(), "a1", asked, plan, func(engine.Event) error { return nil })
		if got := tier.verdicts(); err != nil || got != want {
			t.Errorf("tools %s: %v, %d kept, want %d", tools, err, got, want)
		}
	}
}

// TestModelsLastSeen are those of the hosts that are asked for, as they are now, and not as
// they were when a verdict was kept.
func TestModelsLastSeen(t *testing.T) {
	s, kept, tier := newKnown(), library{}, shelf{}
	o := caching(s, kept, tier)
	solved(t, o, kept)
	s.digests["qwen3:8b"] = "d9"
	desk.New(o).Cached(t.Context(), asked, wished)
	s.fault = &engine.Fault{Class: engine.Unreachable, What: "nobody answers"}
	if got, ok := desk.New(o).Cached(t.Context(), asked, wished); ok {
		t.Errorf("of a model that was replaced: %+v", got)
	}
	s.fault, s.digests["qwen3:8b"] = nil, "d8"
	desk.New(o).Cached(t.Context(), asked, wished)
	s.fault = &engine.Fault{Class: engine.Unreachable, What: "nobody answers"}
	if _, ok := desk.New(o).Cached(t.Context(), asked, wished); !ok {
		t.Error("of the model that was there last: none")
	}
	clock := new(enginetest.Clock)
	o.Now = clock.Now
	s.fault = nil
	long := desk.New(o) // a program that runs on while another one sees something else
	long.Cached(t.Context(), asked, wished)
	s.digests["qwen3:8b"] = "d9"
	desk.New(o).Cached(t.Context(), asked, wished)
	s.digests["qwen3:8b"] = "d8"
	clock.Pass(2 * time.Minute)
	long.Cached(t.Context(), asked, wished)
	s.fault = &engine.Fault{Class: engine.Unreachable, What: "nobody answers"}
	if _, ok := desk.New(o).Cached(t.Context(), asked, wished); !ok {
		t.Error("of the model that the program which runs on saw last: none")
	}
	o.Cache.Hosts = []string{"elsewhere"}
	if got, ok := desk.New(o).Cached(t.Context(), asked, wished); ok {
		t.Errorf("of a host that was never seen: %+v", got)
	}
}

// cardless is a server that does not tell what its models can do.
type cardless struct{ *known }

func (cardless) Show(context.Context, string) (engine.Model, error) {
	return engine.Model{}, &engine.Fault{Class: engine.Unreachable, What: "it does not answer in time"}
}

// TestHalfAVerdictIsNone: what a tier has counts only if it tells of one attempt from its
// beginning to its answer.
func TestHalfAVerdictIsNone(t *testing.T) {
	s, stored, tier := newKnown(), library{}, shelf{}
	solved(t, caching(s, stored, tier), stored)
	key := ""
	for name := range tier {
		if after, is := strings.CutPrefix(name, "verdict/1/"); is {
			key = after
		}
	}
	as := func(t cache.Tier) *cache.Cached[string, map[string]any] {
		return cache.New(cache.Options[string, map[string]any]{Name: "verdict", Version: 1, Tiers: []cache.Tier{t}, Text: func(key string) string { return key }})
	}
	type object = map[string]any
	for _, tt := range []struct {
		name string
		bend func(all object, attempt object, events []any)
		want bool
	}{
		{"as it was", func(object, object, []any) {}, true},
		{"without a verdict", func(_, attempt object, _ []any) { attempt["verdict"] = nil }, false},
		{"without events", func(all, _ object, _ []any) { all["events"] = nil }, false},
		{"without its beginning", func(all, _ object, events []any) { all["events"] = events[1:] }, false},
		{"without its end", func(all, _ object, events []any) { all["events"] = events[:len(events)-1] }, false},
		{"of two attempts", func(_, _ object, events []any) { events[1].(object)["attempt"] = "a9" }, false},
	} {
		v, _, _ := as(tier).Look(t.Context(), key)
		tt.bend(v, v["attempt"].(object), v["events"].([]any))
		bent := shelf{}
		as(bent).Put(t.Context(), key, v, "")
		if got, ok := desk.New(caching(s, stored, bent)).Cached(t.Context(), asked, wished); ok != tt.want {
			t.Errorf("%s: %+v, %v", tt.name, got, ok)
		}
	}
}

// TestWithoutACardIsNotKept: a model whose card cannot be read is asked without its tools,
// which is told, and the next one who asks may get more.
func TestWithoutACardIsNotKept(t *testing.T) {
	kept, tier := library{}, shelf{}
	var events []engine.Event
	_, err := desk.New(caching(cardless{newKnown()}, kept, tier)).Attempt(t.Context(), "a1", asked, wished, func(e engine.Event) error { events = append(events, e); return nil })
	told := strings.Join(enginetest.Fold(events).Warnings, "\n")
	if err != nil || tier.verdicts() > 0 || !strings.Contains(told, "what qwen3:8b can do is not known: it does not answer in time") {
		t.Errorf("%v; %d kept; told %q", err, tier.verdicts(), told)
	}
}
