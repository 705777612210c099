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
		{"\" gpu-box \"", "http://gpu-box:11434", false},
		{"' \t1.2.3.4:7 '", "http://1.2.3.4:7", false},
		{"HTTP://h", "http://h:80", false},
		{"HttpS://h/", "https://h:443", false},
		{"h/my%20ollama", "http://h:11434/my%20ollama", false},
		{"h/my ollama", "http://h:11434/my%20ollama", false},
		{"h/a%2Fb/c/", "http://h:11434/a%2Fb/c", false},
		{"h/100%", "http://h:11434/100%25", false},
		{"h/x?k=v&w", "http://h:11434/x?k=v&w", false},
		{"h/#top", "http://h:11434", false},
		{"http://user:pw@h:11434", "http://user:pw@h:11434", false},
		{"user:p%40%2Fw@h", "http://user:p%40%2Fw@h:11434", false},
		{"user:p@w@h", "http://user:p%40w@h:11434", false},
		{"token@127.0.0.1", "http://token@127.0.0.1:11434", true},
		{"user:@h", "http://user:@h:11434", false},
		{"user:100%@h", "http://user:100%25@h:11434", false},
		{"https://a:b@[::]:7/c", "https://a:b@[::1]:7/c", true},
		{"[fe80::1%eth0]:7", "http://[fe80::1%25eth0]:7", false},
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
	for _, in := range []string{"", "a", "a:1", "http://a", "https://a:2/b", "1.2.3.4", "1.2.3.4:65535", "::1", "[::1]:9", "ollama.com", "\"a\"", " a ", "\" a \"", "' a'", "https://a", "http://a/b/c/", ":1", "[::1]"} {
		t.Setenv("OLLAMA_HOST", in)
		u, err := ParseHost(os.Getenv("OLLAMA_HOST"))
		want := envconfig.Host()
		want.Path = "/" + strings.Trim(want.Path, "/")
		if strings.HasPrefix(want.Host, ":") {
			want.Host = "127.0.0.1" + want.Host // an address to listen on
		}
		if err != nil || u.Scheme != want.Scheme || u.Host != want.Host || "/"+strings.Trim(u.Path, "/") != want.Path {
			t.Errorf("%q: %v, %v; want %v", in, u, err, want)
		}
	}
}

func TestParseHostRefuses(t *testing.T) {
	for _, in := range []string{"ftp://a", "a:1:2", "user@a b", "a b", "http://user:p/w@h", "h:p/w@x", "a%20b", "user@", "http://", "a?b", "a:80?b", "http://a:80#b", "a\x1b[31m:9", "://a", "a#b:1", "a:65536", "a:b", "a:-1", "a:0", "127.0.0.1:99999", "https://a:b", "user:word", "a:", "[::1", "[::1:9", "::1]"} {
		u, err := ParseHost(in)
		if in == "http://" || in == "user@" { // Ollama takes it for the default host
			continue
		}
		if !errors.Is(err, &engine.Fault{Class: engine.Unreachable}) || !strings.Contains(engine.Hint(err), "11434") || strings.Contains(engine.Hint(err), "\x1b") || strings.Contains(engine.Hint(err), "word\"") {
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
		b, ok := newHTTP(u, new(traffic)).Transport.(bounded)
		if !ok || (b.Proxy == nil) != want {
			t.Errorf("%q: the proxy of the environment is used %v", in, b.Proxy != nil)
		}
	}
}
