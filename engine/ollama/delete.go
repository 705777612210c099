package ollama

import (
	"cmp"
	"context"

	"github.com/ollama/ollama/api"

	"github.com/aimo3/aimo3/engine"
)

// Delete has the server remove a model from its disk. Nothing but pulling it again brings
// it back.
func (c *Client) Delete(ctx context.Context, name string) error {
	err := c.api.Delete(ctx, &api.DeleteRequest{Model: name})
	c.forget(name)
	if err != nil {
		return c.modelFailed(ctx, name, err)
	}
	return nil
}

// Delete has a server that answers remove a model.
func (f *Finder) Delete(ctx context.Context, name string) error {
	c, err := f.Ensure(ctx)
	if err != nil {
		return err
	}
	return c.Delete(ctx, name)
}

// defaultRoom is what is taken for the memory of a machine that is not known: most have it.
const defaultRoom = 8 * gb

// Offers are the models to get where there is so much room, in bytes, the strongest first;
// 0 if the room is not known.
func (f *Finder) Offers(room uint64) []engine.Offer {
	room = cmp.Or(room, defaultRoom)
	best, _ := Recommend(room)
	var all []engine.Offer
	for _, c := range Choices() {
		all = append(all, engine.Offer{Name: c.Name, Size: int64(c.Size), Needs: int64(c.Needs), Why: c.Why, Fits: c.Needs <= room, Best: c == best})
	}
	return all
}
