package remote

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/aimo3/aimo3/engine"
)

// Mark keeps what a person says of an attempt of the server, and returns what is said of it
// then. The marks that r is given are those that the server has just told.
func (c *Client) Mark(ctx context.Context, id engine.AttemptID, r engine.Remark) (m engine.Marks, err error) {
	a, err := c.Attempt(ctx, string(id))
	if err != nil {
		return m, err
	}
	body, err := json.Marshal(r(a.Marks))
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
