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
		"by its own word":    {fake.Fail(500, "model runner has unexpectedly stopped")},
		"in mid-stream":      {fake.Say("it"), fake.FailMidway("an error")},
		"since it is busy":   {fake.Fail(503, "server busy")},
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
			if err := ask("3"); !errors.Is(err, &engine.Fault{Class: engine.NoModel}) {
				t.Errorf("of one that nobody has: %v", err)
			}
			if err := ask("2"); err != nil {
				t.Errorf("of the one that is there: %v", err)
			}
		})
	}
}

// TestANewClientLooksFirst: what was never listed is looked at before it is asked.
func TestANewClientLooksFirst(t *testing.T) {
	srv := fake.NewServer(t, []fake.Step{fake.Say("4"), fake.Done()})
	srv.Install(fake.Model{Name: "m", Digest: "2"})
	ask := func(digest string) error {
		_, err := newClient(t, srv.URL).Stream(t.Context(), engine.Ask{Model: "m", Digest: digest}, func(engine.Piece) {})
		return err
	}
	err := ask("1")
	if !errors.Is(err, &engine.Fault{Class: engine.NoModel}) || len(srv.Asked()) > 0 {
		t.Errorf("%v after %d requests", err, len(srv.Asked()))
	}
	if err := ask("2"); err != nil {
		t.Errorf("of the one that is there: %v", err)
	}
}
