package ollama_test

import (
	"context"
	"errors"
	"testing"

	"github.com/aimo3/aimo3/engine"
	fake "github.com/aimo3/aimo3/engine/ollama/ollamatest"
)

var noModel = &engine.Fault{Class: engine.NoModel}

// TestAReplyOfAnotherModel: a server may come to have another model by the name at any
// time, and not one reply need fail. What was said meanwhile does not count.
func TestAReplyOfAnotherModel(t *testing.T) {
	for name, row := range map[string]struct {
		after    []fake.Model // that the server has once the reply has begun
		unlisted bool         // and whether it does not tell
		enough   bool         // has been heard before the reply's end
		digest   string       // that is asked for
		fails    bool
	}{
		"the same":               {after: []fake.Model{{Name: "m", Digest: "1"}}, digest: "1"},
		"the same, by its name":  {after: []fake.Model{{Name: "M:latest", Digest: "1"}}, digest: "1"},
		"another one":            {after: []fake.Model{{Name: "m", Digest: "2"}}, digest: "1", fails: true},
		"none by the name":       {after: []fake.Model{{Name: "n", Digest: "1"}}, digest: "1", fails: true},
		"another one, not asked": {after: []fake.Model{{Name: "m", Digest: "2"}}},
		"enough of the same":     {after: []fake.Model{{Name: "m", Digest: "1"}}, enough: true, digest: "1"},
		"enough of another one":  {after: []fake.Model{{Name: "m", Digest: "2"}}, enough: true, digest: "1", fails: true},
		"nothing told":           {after: nil, digest: "1"},
		"not told":               {after: []fake.Model{{Name: "m", Digest: "2"}}, unlisted: true, digest: "1"},
	} {
		t.Run(name, func(t *testing.T) {
			swapped := make(chan struct{})
			srv := fake.NewServer(t, []fake.Step{fake.Say("4"), fake.Gate(swapped), fake.Done()})
			srv.Install(fake.Model{Name: "m", Digest: "1"})
			c := newClient(t, srv.URL)
			if _, err := c.Models(t.Context()); err != nil {
				t.Fatal(err)
			}
			ctx, stop := context.WithCancelCause(t.Context())
			defer stop(nil)
			begun := false
			_, err := c.Stream(ctx, engine.Ask{Model: "m", Digest: row.digest}, func(p engine.Piece) {
				if begun || p.Text == "" {
					return
				}
				begun = true
				srv.Replace(row.after...)
				srv.Unlisted(row.unlisted)
				if row.enough {
					stop(engine.ErrHeard)
					return
				}
				close(swapped)
			})
			switch {
			case row.fails != errors.Is(err, noModel):
				t.Errorf("it ends with %v", err)
			case !row.fails && row.enough != errors.Is(err, engine.ErrHeard), !row.fails && !row.enough && err != nil:
				t.Errorf("it ends with %v", err)
			}
		})
	}
}

// TestAKnownStrangerIsNotAsked, until the model is back. A server that does not list is
// asked.
func TestAKnownStrangerIsNotAsked(t *testing.T) {
	srv := fake.NewServer(t, []fake.Step{fake.Say("4"), fake.Done()})
	c := newClient(t, srv.URL)
	ask := func() error {
		_, err := c.Stream(t.Context(), engine.Ask{Model: "m", Digest: "1"}, func(engine.Piece) {})
		return err
	}
	for _, step := range []struct {
		is     string
		asked  int // requests so far
		refuse bool
	}{{"2", 1, true}, {"2", 1, true}, {"1", 2, false}, {"2", 3, true}, {"2", 3, true}, {"1", 4, false}} {
		srv.Replace(fake.Model{Name: "m", Digest: step.is})
		err := ask()
		if errors.Is(err, noModel) != step.refuse || len(srv.Asked()) != step.asked {
			t.Errorf("of the model %s: %v after %d requests", step.is, err, len(srv.Asked()))
		}
	}
	srv.Unlisted(true)
	if err := ask(); err != nil {
		t.Errorf("of a server that does not list: %v", err)
	}
}
