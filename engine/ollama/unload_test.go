package ollama

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/ollama/ollamatest"
)

// A model that was unloaded is in memory no more, and one that is not there is told of.
func TestUnload(t *testing.T) {
	s := ollamatest.NewServer(t)
	s.Install(ollamatest.Model{Name: "big:latest"}, ollamatest.Model{Name: "small:latest"})
	s.Load("big", "small")
	f := &Finder{Host: s.URL, Explicit: true}
	if err := f.Unload(t.Context(), "big"); !errors.Is(err, &engine.Fault{Class: engine.Unreachable}) {
		t.Errorf("before a server is found: %v", err)
	}
	f.Server(t.Context())
	if err := f.Unload(t.Context(), "big"); err != nil {
		t.Fatal(err)
	}
	if held, err := f.Loaded(t.Context()); err != nil || len(held) != 1 || held[0].Name != "small:latest" {
		t.Errorf("left in memory: %+v, %v", held, err)
	}
	if err := f.Unload(t.Context(), "gone"); !errors.Is(err, &engine.Fault{Class: engine.NoModel}) {
		t.Errorf("of a model that is not there: %v", err)
	}
	if in, out := f.Traffic(); in < 1000 || out < 1000 {
		t.Errorf("%d bytes came and %d went", in, out)
	}
}

// A server that says nothing of unloading has not unloaded.
func TestUnloadThatIsNotSaid(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, `{"done":"x"}`) }))
	t.Cleanup(s.Close)
	c, err := New(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Unload(t.Context(), "m"); !errors.Is(err, &engine.Fault{Class: engine.Garbled}) {
		t.Error(err)
	}
}

// Every byte counts, once.
func TestTrafficCounts(t *testing.T) {
	s := ollamatest.NewServer(t)
	c, err := New(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	if in, out := c.Traffic(); in != 0 || out != 0 {
		t.Errorf("%d and %d bytes before anything", in, out)
	}
	if _, err := c.Models(t.Context()); err != nil {
		t.Fatal(err)
	}
	in, out := c.Traffic()
	if _, err := c.Models(t.Context()); err != nil {
		t.Fatal(err)
	}
	if in2, out2 := c.Traffic(); in == 0 || in2 != 2*in || out2 != 2*out {
		t.Errorf("%d and %d bytes, and %d and %d for twice as much", in, out, in2, out2)
	}
}
