package ask

import (
	"testing"

	"github.com/aimo3/aimo3/engine"
)

// TestChangedSettingsKeepWhatWasChosenHere: only what changed in them is taken over.
func TestChangedSettingsKeepWhatWasChosenHere(t *testing.T) {
	before := engine.Plan{Model: "a", Samples: 8}
	for name, c := range map[string]struct {
		now             engine.Plan
		model           string
		samples, atOnce int
		seed            int64
	}{
		"nothing":     {before, "b", 10, 10, 0},
		"the seed":    {engine.Plan{Model: "a", Samples: 8, Seed: 7}, "b", 10, 10, 7},
		"the samples": {engine.Plan{Model: "a", Samples: 4}, "b", 4, 4, 0},
		"the model":   {engine.Plan{Model: "c", Samples: 8}, "c", 10, 10, 0},
		"at once":     {engine.Plan{Model: "a", Samples: 8, Parallel: 2}, "b", 10, 2, 0},
	} {
		u := newSetup(before, "", true)
		u.adjust(2)
		u.choose("b")
		u.rebase(before, c.now)
		if p := u.chosen; p.Model != c.model || p.Samples != c.samples || p.Parallel != c.atOnce || p.Seed != c.seed {
			t.Errorf("%s: %s, %d samples, %d at once, seed %d; want %+v", name, p.Model, p.Samples, p.Parallel, p.Seed, c)
		}
	}
}

// TestTheModelUsedLastIsAsked while it is installed and no other is chosen.
func TestTheModelUsedLastIsAsked(t *testing.T) {
	server := engine.Server{Version: "1", Models: []engine.Model{{Name: "qwen3:8b", Size: 9}, {Name: "small:1b", Size: 1}, {Name: "bert", Family: "bert"}}}
	for _, c := range []struct{ last, chosen, asked, used string }{
		{"", "", "qwen3:8b", ""},
		{"small:1b", "", "small:1b", "small:1b"},
		{"gone:7b", "", "qwen3:8b", ""},
		{"bert", "", "qwen3:8b", ""},
		{"small:1b", "qwen3:8b", "qwen3:8b", "qwen3:8b"},
	} {
		u := newSetup(engine.Plan{Model: c.chosen}, c.last, true)
		u.see(server)
		if u.fault != nil || u.plan().Model != c.asked || u.used().Model != c.used {
			t.Errorf("%+v: %s is asked, %q was picked, %v", c, u.plan().Model, u.used().Model, u.fault)
		}
	}
}
