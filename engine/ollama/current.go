package ollama

import (
	"cmp"
	"context"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// Loaded is a model that a server holds in memory.
type Loaded struct {
	Name    string
	Size    int64 // bytes in all
	VRAM    int64 // bytes of them on a GPU
	Context int   // window in tokens
	Expires time.Time
}

// Loaded is what the server holds in memory now.
func (c *Client) Loaded(ctx context.Context) ([]Loaded, error) {
	list, err := c.list(ctx, "/api/ps")
	if err != nil {
		return nil, c.failed(ctx, err)
	}
	loaded := make([]Loaded, 0, len(list))
	for _, m := range list {
		loaded = append(loaded, Loaded{clean(m.Name), int64(m.Size.V), int64(m.VRAM.V), int(m.Context.V), m.Expires.V})
	}
	return loaded, nil
}

// Loaded is what the current server holds in memory now. It starts none.
func (f *Finder) Loaded(ctx context.Context) ([]Loaded, error) {
	f.mu.Lock()
	c := f.current
	f.mu.Unlock()
	if c == nil {
		return nil, &engine.Fault{Class: engine.Unreachable, What: "no model server answers"}
	}
	return c.Loaded(ctx)
}

// Show is the card of a model installed on a server that answers.
func (f *Finder) Show(ctx context.Context, name string) (Card, error) {
	c, err := f.Ensure(ctx)
	if err != nil {
		return Card{}, err
	}
	return c.Show(ctx, name)
}

// Pull has a server that answers fetch a model.
func (f *Finder) Pull(ctx context.Context, name string, tell func(engine.Pull)) error {
	c, err := f.Ensure(ctx)
	if err != nil {
		return err
	}
	return c.Pull(ctx, name, tell)
}

// Import gives a model to a server that answers.
func (f *Finder) Import(ctx context.Context, path, name string, tell func(engine.Pull)) error {
	c, err := f.Ensure(ctx)
	if err != nil {
		return err
	}
	return c.Import(ctx, path, name, tell)
}

// Window is the context window, in tokens, to ask a model for, where room is
// the memory for models in bytes; 0 if it is not known. One that a person chose
// is kept, but for what is beyond the model's longest: the server would give that
// and not say so. A server of somebody else's is taken to give one reply at a
// time, as Ollama does unless told otherwise.
func (f *Finder) Window(ctx context.Context, model string, chosen int, room uint64) int {
	card, _ := f.Show(ctx, model) // of a model that cannot be shown nothing is known
	switch longest := card.Shape.Context; {
	case chosen > 0 && longest > 0:
		return min(chosen, longest)
	case chosen > 0:
		return chosen
	}
	at := 1
	if f.Server(ctx).Own {
		at = max(f.Own.Parallel, 1)
	}
	return FitContext(card.Shape, room, at, engine.DefaultNumCtx)
}

// Recommended is the model to get where there is so much room, and its size in
// bytes. Where the room is not known, it is one that most machines can hold.
func (f *Finder) Recommended(room uint64) (name string, size int64) {
	c, _ := Recommend(cmp.Or(room, defaultRoom))
	return c.Name, int64(c.Size)
}
