package ollama

import "time"

// Hurry makes the client impatient.
func (c *Client) Hurry(first, next, after time.Duration) { c.wait = streamTimeouts{first, next, after} }
