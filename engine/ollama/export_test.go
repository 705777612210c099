package ollama

import (
	"context"
	"net"
	"time"
)

// Hurry makes the client impatient.
func (c *Client) Hurry(first, next, after time.Duration) { c.wait = streamTimeouts{first, next, after} }

// Dial has the client connect so.
func (c *Client) Dial(dial func(context.Context) (net.Conn, error)) {
	if t, ok := c.http.Transport.(bounded); ok {
		t.DialContext = func(ctx context.Context, _, _ string) (net.Conn, error) { return dial(ctx) }
	}
}
