package ollama

import (
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/ollama/ollama/envconfig"

	"github.com/aimo3/aimo3/engine"
)

func TestParseHost(t *testing.T) {
	tests := []struct {
		in, want string
		local    bool
	}{
		{"", "http://127.0.0.1:11434", true},
		{"  'localhost' ", "http://localhost:11434", true},
		{"gpu-box", "http://gpu-box:11434", false},
		{"gpu-box:80", "http://gpu-box:80", false},
		{"http://gpu-box", "http://gpu-box:80", false},
		{"https://gpu.example.org", "https://gpu.example.org:443", false},
		{"https://gpu.example.org:8443/ollama/", "https://gpu.example.org:8443/ollama", false},
		{"0.0.0.0", "http://127.0.0.1:11434", true},
		{"0.0.0.0:7", "http://127.0.0.1:7", true},
		{":7", "http://127.0.0.1:7", true},
		{"[::]:7", "http://[::1]:7", true},
		{"::1", "http://[::1]:11434", true},
		{"[::1]", "http://[::1]:11434", true},
		{"[fe80::1]:7", "http://[fe80::1]:7", false},
		{"127.1.2.3", "http://127.1.2.3:11434", true},
		{"ollama.com", "https://ollama.com:443", false},
	}
	for _, tt := range tests {
		u, err := ParseHost(tt.in)
		if err != nil || u.String() != tt.want || IsLocal(u) != tt.local {
			t.Errorf("%q: %v, local %v, %v; want %s, %v", tt.in, u, IsLocal(u), err, tt.want, tt.local)
		}
	}
}

// Where Ollama itself makes something of an address, so do we; but for the
// addresses to listen on, which it cannot connect to.
func TestParseHostAgreesWithOllama(t *testing.T) {
	for _, in := range []string{"", "a", "a:1", "http://a", "https://a:2/b", "1.2.3.4", "1.2.3.4:65535", "::1", "[::1]:9", "ollama.com", "\"a\"", " a "} {
		t.Setenv("OLLAMA_HOST", in)
		u, err := ParseHost(os.Getenv("OLLAMA_HOST"))
		want := envconfig.Host()
		want.Path = "/" + strings.Trim(want.Path, "/")
		if err != nil || u.Scheme != want.Scheme || u.Host != want.Host || "/"+strings.Trim(u.Path, "/") != want.Path {
			t.Errorf("%q: %v, %v; want %v", in, u, err, want)
		}
	}
}

func TestParseHostRefuses(t *testing.T) {
	for _, in := range []string{"ftp://a", "a:0", "a:65536", "a:b", "a:1:2", "user@host", "a b", "http://", "a?b", "a\x1b[31m:9", "://a", "a#b:1"} {
		u, err := ParseHost(in)
		if in == "http://" { // Ollama takes it for the default host
			continue
		}
		if !errors.Is(err, &engine.Fault{Class: engine.Unreachable}) || !strings.Contains(engine.Hint(err), "11434") || strings.Contains(engine.Hint(err), "\x1b") {
			t.Errorf("%q: %v, %q", in, u, engine.Hint(err))
		}
	}
}

func TestProxyIsForFarHostsOnly(t *testing.T) {
	for in, want := range map[string]bool{
		"": true, "192.168.1.5": true, "10.0.0.1": true, "gpu-box": true, "box.local": true, "[fe80::1]": true,
		"8.8.8.8": false, "ollama.example.org": false,
	} {
		u, err := ParseHost(in)
		if err != nil || private(u) != want {
			t.Errorf("private(%q) is %v, %v", in, private(u), err)
		}
		b, ok := newHTTP(u).Transport.(bounded)
		if !ok || (b.Proxy == nil) != want {
			t.Errorf("%q: the proxy of the environment is used %v", in, b.Proxy != nil)
		}
	}
}
