package ollama_test

import (
	"testing"

	"github.com/aimo3/aimo3/engine/ollama"
)

func TestRecommend(t *testing.T) {
	const gb = 1_000_000_000
	for memory, want := range map[uint64]string{16 * gb: "qwen3:14b", 8 * gb: "qwen3:8b", 100 * gb: "gpt-oss:120b", 6 * gb: "qwen3:4b", 3 * gb: "deepseek-r1:1.5b"} {
		if c, ok := ollama.Recommend(memory); !ok || c.Name != want {
			t.Errorf("for %d GB: %s, %v; want %s", memory/gb, c.Name, ok, want)
		}
	}
	if c, ok := ollama.Recommend(gb); ok || c.Name != "deepseek-r1:1.5b" {
		t.Errorf("for 1 GB: %s, %v", c.Name, ok)
	}
	for _, c := range ollama.Choices() {
		if c.Size >= c.Needs || c.Why == "" {
			t.Errorf("%+v", c)
		}
	}
}

func TestFitContext(t *testing.T) {
	qwen := ollama.Shape{Layers: 36, KVHeads: 8, HeadDim: 128, Context: 40960} // 147,456 bytes a token
	tests := []struct {
		name           string
		shape          ollama.Shape
		free           uint64
		parallel, want int
		fits           int
	}{
		{"plenty", qwen, 1 << 40, 8, 32768, 32768},
		{"the model's own", qwen, 1 << 40, 1, 100_000, 40960},
		{"a third of what is free", qwen, 3 * 147456 * 10_000, 1, 32768, 9984},
		{"shared by the parallel ones", qwen, 3 * 147456 * 10_000, 4, 32768, 2304},
		{"never too small", qwen, 1 << 20, 8, 32768, 2048},
		{"unknown shape", ollama.Shape{}, 1 << 20, 8, 32768, 32768},
		{"unknown memory", qwen, 0, 8, 32768, 32768},
		{"tiny model", ollama.Shape{Context: 512}, 1 << 40, 1, 32768, 512},
		{"hostile shape", ollama.Shape{Layers: 1 << 40, KVHeads: 1 << 40, HeadDim: 1 << 40}, 1 << 30, 1, 4096, 4096},
		{"nonsense wanted", qwen, 1 << 40, 0, -5, 2048},
	}
	for _, tt := range tests {
		if got := ollama.FitContext(tt.shape, tt.free, tt.parallel, tt.want); got != tt.fits {
			t.Errorf("%s: %d, want %d", tt.name, got, tt.fits)
		}
	}
}
