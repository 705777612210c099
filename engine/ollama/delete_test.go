package ollama

import (
	"errors"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/ollama/ollamatest"
)

// A model that was deleted is listed no more, and one that is not there is told of.
func TestDelete(t *testing.T) {
	s := ollamatest.NewServer(t)
	s.Install(ollamatest.Model{Name: "big:latest"})
	f := &Finder{Host: s.URL, Explicit: true}
	if _, err := f.Show(t.Context(), "big"); err != nil {
		t.Fatal(err)
	}
	if err := f.Delete(t.Context(), "big"); err != nil {
		t.Fatal(err)
	}
	if seen := f.Server(t.Context()); len(seen.Models) != 1 || seen.Models[0].Name != "fake:latest" {
		t.Errorf("left: %+v", seen.Models)
	}
	for _, name := range []string{"big", "never"} {
		if err := f.Delete(t.Context(), name); !errors.Is(err, &engine.Fault{Class: engine.NoModel}) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := f.Show(t.Context(), "big"); !errors.Is(err, &engine.Fault{Class: engine.NoModel}) {
		t.Errorf("its card is kept: %v", err)
	}
}

// One model is the best for a room, and the only one that is recommended there.
func TestOffers(t *testing.T) {
	for room, want := range map[uint64]string{0: "qwen3:8b", 1: "deepseek-r1:1.5b", 8 * gb: "qwen3:8b", 20 * gb: "gpt-oss:20b", 200 * gb: "gpt-oss:120b"} {
		best := ""
		for _, o := range new(Finder).Offers(room) {
			if o.Best {
				best += o.Name
			}
			if o.Fits != (uint64(o.Needs) <= max(room, 8*gb*uint64(map[bool]int{true: 1}[room == 0]))) {
				t.Errorf("%d bytes: %+v", room, o)
			}
		}
		if best != want {
			t.Errorf("%d bytes: %s is recommended, want %s", room, best, want)
		}
	}
}
