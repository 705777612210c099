package ollama

import (
	"errors"
	"io"
	"strings"
	"testing"
)

func TestBodiesAreCapped(t *testing.T) {
	for size, want := range map[int]error{10: nil, 11: errTooLarge} {
		body := &capped{io.NopCloser(strings.NewReader(strings.Repeat("a", size))), 10}
		if _, err := io.ReadAll(body); !errors.Is(err, want) {
			t.Errorf("%d bytes: %v, want %v", size, err, want)
		}
	}
}

// TestProxyIsForOthersOnly: a proxy of the environment never stands between the
// program and a server on this machine or in its network.
func TestProxyIsForOthersOnly(t *testing.T) {
	for host, want := range map[string]bool{
		"127.0.0.1:11434": false, "localhost:11434": false, "0.0.0.0:11434": false, "192.168.1.7:11434": false, "[::1]:11434": false,
		"203.0.113.7:11434": true, "ollama.example.com": true,
	} {
		c, err := New(host)
		if err != nil {
			t.Fatal(err)
		}
		if through, ok := c.http.Transport.(bounded); !ok || (through.Proxy != nil) != want {
			t.Errorf("%s: through a proxy %v, want %v", host, through.Proxy != nil, want)
		}
	}
}
