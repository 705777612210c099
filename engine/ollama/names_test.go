package ollama

import (
	"strings"
	"testing"

	"github.com/ollama/ollama/types/model"

	"github.com/aimo3/aimo3/engine"
)

// Names that are the same model to Ollama are so to us, and others are not; but
// that Hugging Face has two names.
func TestNamesAsOllamaReadsThem(t *testing.T) {
	names := []string{
		"qwen3", "Qwen3", "qwen3:latest", "qwen3:LATEST", "qwen3:8b", "library/qwen3", "library/qwen3:8B", "Library/qwen3:latest", "someone/qwen3", "someone/qwen3:8b",
		"registry.ollama.ai/library/qwen3", "registry.ollama.ai/library/qwen3:8b", "https://registry.ollama.ai/library/qwen3", "http://registry.ollama.ai/library/qwen3:latest",
		"hf.co/Qwen/Qwen3-8B-GGUF", "https://hf.co/qwen/qwen3-8b-gguf:latest", "HF.CO/Qwen/Qwen3-8B-GGUF:Q4_K_M", "localhost:5000/library/qwen3", "localhost:5000/library/qwen3:8b",
		"example.org/a/b", "a/b", "b", "registry.ollama.ai/a/b", "ollama.com/library/qwen3",
	}
	for _, a := range names {
		for _, b := range names {
			want := model.ParseName(a).EqualFold(model.ParseName(b))
			if got := sameModel(a, b); got != want {
				t.Errorf("%q and %q are one model: %t, to Ollama %t", a, b, got, want)
			}
		}
		if got, want := engine.FullName(a), strings.ToLower(model.ParseName(a).String()); got != want {
			t.Errorf("%q is %q in full, to Ollama %q", a, got, want)
		}
	}
	for _, name := range append(names, "", " ", "a b", "a:", ":a", "/a", "a/", "-a", "a.b", "a.b/c", "ä", "a\x1b", "a/b/c/d", strings.Repeat("a", 80), strings.Repeat("a", 81), "user:pw@hf.co/a/b", "a@sha256:b") {
		if got, want := validName(name), model.ParseName(strings.TrimSpace(name)).IsValid(); got != want {
			t.Errorf("%q is a name: %t, to Ollama %t", name, got, want)
		}
	}
	if !sameModel("https://huggingface.co/Qwen/Qwen3-8B-GGUF", "hf.co/qwen/qwen3-8b-gguf") {
		t.Error("huggingface.co is not hf.co")
	}
}
