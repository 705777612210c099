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
	old := Model{Name: "smollm2:latest", Size: 99, Modified: day(3), Digest: "0123456789abcdef"}
	face := Model{Name: "hf.co/Qwen/Qwen3-GGUF:Q4_K_M"}
	other := Model{Name: "huggingface.co/Qwen/Qwen3-GGUF:Q4_K_M"}
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
		{"by its namespace", []Model{small, old}, "library/smollm2", "smollm2:latest"},
		{"by its registry", []Model{small, old}, "registry.ollama.ai/library/QWEN3:4b", "qwen3:4b"},
		{"by its address", []Model{small, old}, "https://registry.ollama.ai/library/smollm2:latest", "smollm2:latest"},
		{"of somebody's", []Model{small, large}, "registry.ollama.ai/someone/qwen3:14b", "someone/qwen3:14b"},
		{"of another registry", []Model{small, face}, "https://hf.co/Qwen/Qwen3-GGUF:Q4_K_M", "hf.co/Qwen/Qwen3-GGUF:Q4_K_M"},
		{"by its registry's other name", []Model{small, face}, "HuggingFace.co/qwen/qwen3-gguf:q4_k_m", "hf.co/Qwen/Qwen3-GGUF:Q4_K_M"},
		{"both names installed", []Model{face, other}, "huggingface.co/Qwen/Qwen3-GGUF:Q4_K_M", "huggingface.co/Qwen/Qwen3-GGUF:Q4_K_M"},
		{"by its digest too", []Model{small, old}, "smollm2@sha256:0123456789AB", "smollm2:latest"},
		{"by its digest alone", []Model{small, old}, "@sha256:0123456789abcdef", "smollm2:latest"},
		{"of another digest", []Model{small, old}, "smollm2@sha256:ffff456789ab", "!no model"},
		{"of too little of a digest", []Model{old}, "@sha256:", "!no model"},
		{"of another namespace", []Model{small, old}, "someone/smollm2", "!smollm2:latest"},
		{"of another host", []Model{small, old}, "example.org/library/smollm2", "!no model"},
		{"of another tag", []Model{small}, "library/qwen3", "!no model"},
		{"none", []Model{embed}, "", "!get one with"},
		{"none that replies", []Model{cannot}, "", "!only embed"},
		{"one that only embeds is not suggested", []Model{cannot}, "qwen3-embeding:8b", "!no model"},
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

// TestOnlyEmbeds: a model that cannot reply is found by its name, and not chosen.
func TestOnlyEmbeds(t *testing.T) {
	cannot := Model{Name: "vectors:8b", Family: "qwen3", Capabilities: []string{"embedding"}}
	_, err := Choose([]Model{cannot}, "vectors:8b")
	if !errors.Is(err, &Fault{Class: Invalid}) || !strings.Contains(Hint(err), "only for embedding") || !strings.Contains(Hint(err), "choose a chat model") {
		t.Errorf("%v", Hint(err))
	}
	if m, err := Find([]Model{cannot}, "vectors:8b"); err != nil || m.Name != cannot.Name {
		t.Errorf("%v, %v", m, err)
	}
	_, err = Choose([]Model{cannot}, "vectors:9b")
	if !errors.Is(err, &Fault{Class: NoModel}) || strings.Contains(Hint(err), "vectors:8b") {
		t.Errorf("%v", Hint(err))
	}
}

func TestNear(t *testing.T) {
	words := []string{"no-code-samples", "samples", "parallel", "seed", "stop", "no-save", "num-ctx", "json"}
	for typed, want := range map[string][]string{
		"Samples": {"samples"}, "smples": {"samples"}, "sample": {"samples", "no-code-samples"}, "jsn": {"json"}, "num": {"num-ctx"}, "numctx": {"num-ctx"},
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
