package remote

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/aimo3/aimo3/engine"
)

// Hint tells a running attempt's sample, or all of them if it is negative, what a person has
// to say; ChangeRule sets when the attempt ends; AddSamples has it take more. The server
// says why not where that cannot be done, as desk.Desk does.
func (c *Client) Hint(ctx context.Context, id engine.AttemptID, sample int, text string) error {
	wish := map[string]any{"text": strings.ToValidUTF8(text, "\uFFFD")}
	if sample >= 0 {
		wish["sample"] = sample
	}
	return c.steer(ctx, id, "hint", wish)
}

// ChangeRule is told of at Hint.
func (c *Client) ChangeRule(ctx context.Context, id engine.AttemptID, rule engine.StopRule) error {
	return c.steer(ctx, id, "rule", map[string]any{"stop": rule})
}

// AddSamples is told of at Hint.
func (c *Client) AddSamples(ctx context.Context, id engine.AttemptID, n int) error {
	return c.steer(ctx, id, "samples", map[string]any{"samples": n})
}

func (c *Client) steer(ctx context.Context, id engine.AttemptID, what string, wish map[string]any) error {
	body, err := json.Marshal(wish)
	if err != nil {
		return err
	}
	return c.asked(ctx, question{method: http.MethodPost, path: pathOf(id) + "/" + what, body: body}, nil)
}

// Extend has the server add n samples to an attempt that has ended, in a new attempt, and is
// the ID that it gave. As with Create, there is one however often the answer is lost.
func (c *Client) Extend(ctx context.Context, parent engine.AttemptID, n int) (engine.AttemptID, error) {
	body, err := json.Marshal(map[string]any{"samples": n})
	if err != nil {
		return "", err
	}
	a, err := c.begin(ctx, pathOf(parent)+"/extend", body)
	if err == nil && !validID(a.Attempt.Attempt) {
		err = c.garbled("the attempt that it takes has no ID")
	}
	return a.Attempt.Attempt, err
}
