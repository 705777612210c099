package ollama

import (
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"
)

// maxBodyBytes bounds a reply that is read whole.
const maxBodyBytes = 32 << 20

var (
	errRedirect = errors.New("redirects are not followed")
	errTooLarge = errors.New("the reply is larger than 32 MB")
)

// newHTTP is an HTTP client for one server. It has no timeout of its own, as
// that would cut live streams: contexts bound every request. Its traffic counts.
func newHTTP(u *url.URL, count *traffic) *http.Client {
	dial := 5 * time.Second
	if IsLocal(u) {
		dial = 2 * time.Second
	}
	t := &http.Transport{
		DialContext:         count.count((&net.Dialer{Timeout: dial, KeepAlive: 15 * time.Second}).DialContext),
		TLSHandshakeTimeout: dial,
		MaxIdleConnsPerHost: 4,
		IdleConnTimeout:     30 * time.Second,
		DisableCompression:  true,
		ReadBufferSize:      32 << 10,
	}
	if !private(u) {
		t.Proxy = http.ProxyFromEnvironment
	}
	return &http.Client{
		Transport: bounded{t},
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return errRedirect // a server must not send us, and the prompt, elsewhere
		},
	}
}

// bounded limits the replies that the official client reads whole; those of
// streams it leaves to their readers.
type bounded struct{ *http.Transport }

// RoundTrip implements http.RoundTripper.
func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := b.Transport.RoundTrip(r)
	if err == nil && r.Header.Get("Accept") != "application/x-ndjson" {
		resp.Body = &capped{resp.Body, maxBodyBytes}
	}
	return resp, err
}

type capped struct {
	io.ReadCloser
	left int
}

func (c *capped) Read(p []byte) (int, error) {
	n, err := c.ReadCloser.Read(p)
	if c.left -= n; c.left < 0 {
		return 0, errTooLarge
	}
	return n, err
}
