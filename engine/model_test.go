package engine

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestChoose(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 1, n, 0, 0, 0, 0, time.UTC) }
	small := Model{Name: "qwen3:4b", Size: 4, Modified: day(1)}
	large := Model{Name: "someone/qwen3:14b", Size: 14, Modified: day(2)}
	chat := Model{Name: "llama3.1:70b", Size: 70, Modified: day(9)}
	old := Model{Name: "smollm2:latest", Size: 99, Modified: day(3)}
	embed := Model{Name: "nomic-embed-text:latest", Size: 1, Modified: day(20)}
	cannot := Model{Name: "qwen3-embedding:8b", Size: 80, Capabilities: []string{"embedding"}}
	for _, c := range []struct {
		name      string
		installed []Model
		wanted    string
		want      string
	}{
		{"the only one", []Model{old}, "", "smollm2:latest"},
		{"the largest for mathematics", []Model{small, chat, large}, "", "someone/qwen3:14b"},
		{"else the one changed last", []Model{old, chat}, "", "llama3.1:70b"},
		{"never one that only embeds", []Model{embed, old, cannot}, "", "smollm2:latest"},
		{"as named", []Model{small, large}, "qwen3:4b", "qwen3:4b"},
		{"as named, without its tag and in capitals", []Model{small, old}, " SmolLM2 ", "smollm2:latest"},
		{"none", []Model{embed}, "", "!get one with"},
		{"misspelt", []Model{small, large, chat}, "qwem3:4b", "!did you mean qwen3:4b"},
		{"another size", []Model{small, chat}, "qwen3:8b", "!did you mean qwen3:4b"},
		{"unlike any", []Model{small, chat}, "zzzzzz", "!installed: qwen3:4b, llama3.1:70b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, err := Choose(c.installed, c.wanted)
			if part, fails := strings.CutPrefix(c.want, "!"); fails {
				if !errors.Is(err, &Fault{Class: NoModel}) || !strings.Contains(Hint(err), part) {
					t.Fatalf("got %v, %v; want a no_model fault with %q", m.Name, Hint(err), part)
				}
				return
			}
			if err != nil || m.Name != c.want {
				t.Fatalf("got %q, %v; want %q", m.Name, err, c.want)
			}
		})
	}
}

func TestNear(t *testing.T) {
	words := []string{"samples", "parallel", "seed", "stop", "no-save", "num-ctx", "json"}
	for typed, want := range map[string][]string{
		"smples": {"samples"}, "sample": {"samples"}, "jsn": {"json"}, "num": {"num-ctx"}, "numctx": {"num-ctx"},
		"save": {"no-save"}, "zzz": {}, "": {}, strings.Repeat("a", 100): {},
	} {
		if got := Near(typed, words); !slices.Equal(got, want) {
			t.Errorf("Near(%q) = %q, want %q", typed, got, want)
		}
	}
	if got := edits("kitten", "sitting"); got != 3 {
		t.Errorf("edits = %d, want 3", got)
	}
}
