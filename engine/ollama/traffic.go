package ollama

import (
	"context"
	"net"
	"sync/atomic"
)

// traffic counts the bytes of connections.
type traffic struct{ received, sent atomic.Uint64 }

type dialer func(ctx context.Context, network, address string) (net.Conn, error)

// count is dial, of whose connections all bytes count.
func (t *traffic) count(dial dialer) dialer {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := dial(ctx, network, address)
		if err != nil {
			return nil, err
		}
		return counted{conn, t}, nil
	}
}

// counted is a connection whose bytes count.
type counted struct {
	net.Conn
	in *traffic
}

// Read implements net.Conn.
func (c counted) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.in.received.Add(uint64(max(n, 0)))
	return n, err
}

// Write implements net.Conn.
func (c counted) Write(p []byte) (int, error) {
	n, err := c.Conn.Write(p)
	c.in.sent.Add(uint64(max(n, 0)))
	return n, err
}

// Traffic is how many bytes came from the server, and how many went to it, since the
// Client was made: all of them, also those of TLS and of requests by the clock.
func (c *Client) Traffic() (received, sent uint64) {
	return c.traffic.received.Load(), c.traffic.sent.Load()
}

// Traffic is that with the servers of this Finder. It goes back when another server of
// our own is started.
func (f *Finder) Traffic() (received, sent uint64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, c := range []*Client{f.outside, f.own} {
		if c != nil {
			in, out := c.Traffic()
			received, sent = received+in, sent+out
		}
	}
	return received, sent
}
