package remote

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/aimo3/aimo3/engine"
)

// Mark keeps what a person says of an attempt of the server, in place of what was said
// before, and returns it as it is kept.
func (c *Client) Mark(ctx context.Context, id engine.AttemptID, m engine.Marks) (engine.Marks, error) {
	body, err := json.Marshal(m)
	if err != nil {
		return m, err
	}
	var said struct{ Marks engine.Marks }
	if err := c.asked(ctx, question{method: http.MethodPut, path: pathOf(id) + "/marks", body: body}, &said); err != nil {
		return m, err
	}
	kept, err := engine.NewMarks(said.Marks)
	if err != nil {
		return m, c.garbled("its marks are invalid")
	}
	return kept, nil
}
