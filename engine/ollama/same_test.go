package ollama_test

import (
	"errors"
	"testing"

	"github.com/aimo3/aimo3/engine"
	fake "github.com/aimo3/aimo3/engine/ollama/ollamatest"
)

// TestAnotherModelByTheSameName: a server that broke a reply off may have been restarted
// with another model by the name. That one is not asked.
func TestAnotherModelByTheSameName(t *testing.T) {
	whole := []fake.Step{fake.Say("4"), fake.Done()}
	for name, broken := range map[string][]fake.Step{
		"cut in the middle":  {fake.Say("it"), fake.HangUp()},
		"before it answered": {fake.Vanish()},
	} {
		t.Run(name, func(t *testing.T) {
			srv := fake.NewServer(t, broken, whole)
			srv.Install(fake.Model{Name: "m", Digest: "1"})
			c := newClient(t, srv.URL)
			if _, err := c.Models(t.Context()); err != nil {
				t.Fatal(err)
			}
			ask := func(digest string) error {
				_, err := c.Stream(t.Context(), engine.Ask{Model: "m", Digest: digest}, func(engine.Piece) {})
				return err
			}
			if err := ask("1"); err == nil || errors.Is(err, &engine.Fault{Class: engine.NoModel}) {
				t.Fatalf("at first %v", err)
			}
			srv.Install(fake.Model{Name: "m", Digest: "2"})
			if err := ask("1"); !errors.Is(err, &engine.Fault{Class: engine.NoModel}) {
				t.Errorf("of another model: %v", err)
			}
			if got := len(srv.Asked()); got != 1 {
				t.Errorf("%d requests reached a model, want 1", got)
			}
			if err := ask("2"); err != nil {
				t.Errorf("of the one that is there: %v", err)
			}
		})
	}
}
