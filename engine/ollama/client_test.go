package ollama_test

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/ollama"
	fake "github.com/aimo3/aimo3/engine/ollama/ollamatest"
)

func TestServer(t *testing.T) {
	srv := fake.NewServer(t)
	srv.Install(fake.Model{Name: "qwen3:8b", Size: 5, Family: "qwen3"})
	s := newClient(t, srv.URL).Server(t.Context())
	if s.Fault != nil || s.Version != fake.Version || !s.Local || len(s.Models) != 2 || s.Models[1].Name != "qwen3:8b" || s.Models[1].Size != 5 {
		t.Errorf("%+v", s)
	}
	if "http://"+s.Host != srv.URL {
		t.Errorf("host %q of %s", s.Host, srv.URL)
	}
}

// closedPort is an address where nothing listens.
func closedPort(t testing.TB) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = ln.Close() }()
	return ln.Addr().String()
}

func TestServerFaults(t *testing.T) {
	answer := func(kind, body string, code int) string {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			w.WriteHeader(code)
			_, _ = io.WriteString(w, body)
		}))
		t.Cleanup(s.Close)
		return s.URL
	}
	raw := func(text string) string {
		ln, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = ln.Close() })
		go func() {
			for conn, err := ln.Accept(); err == nil; conn, err = ln.Accept() {
				if text == "" {
					defer func() { _ = conn.Close() }() // kept open, silent
					continue
				}
				_, _ = io.WriteString(conn, text)
				_ = conn.Close()
			}
		}()
		return ln.Addr().String()
	}
	tests := []struct {
		name, host, what string
		class            engine.Class
	}{
		{"refused", closedPort(t), "start it with `ollama serve`", engine.Unreachable},
		{"unknown name", "http://no-such-host.invalid:1", "no-such-host.invalid", engine.Unreachable},
		{"web page", answer("text/html", "<html>", 200), "is not Ollama", engine.Unreachable},
		{"other JSON", answer("application/json", `{"hello":1}`, 200), "is not Ollama", engine.Unreachable},
		{"empty", answer("application/json", "", 200), "is not Ollama", engine.Unreachable},
		{"no such page", answer("text/plain", "404 page not found", 404), "is not Ollama", engine.Unreachable},
		{"foreign host", answer("text/plain", "", 403), "OLLAMA_ORIGINS", engine.Invalid},
		{"redirect", redirecting(t), "not followed", engine.Unreachable},
		{"no HTTP", raw("SSH-2.0-OpenSSH_9.2\r\n"), "does not speak HTTP", engine.Unreachable},
		{"silent", raw(""), "in time", engine.Unreachable},
		{"TLS wanted of plain HTTP", strings.Replace(answer("application/json", `{}`, 200), "http:", "https:", 1), "does not speak HTTPS", engine.Unreachable},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := newClient(t, tt.host).Server(t.Context())
			if s.Fault == nil || s.Fault.Class != tt.class || !strings.Contains(engine.Hint(s.Fault), tt.what) || s.Version != "" {
				t.Errorf("%+v, want %s and %q", s, tt.class, tt.what)
			}
		})
	}
}

func redirecting(t *testing.T) string {
	target := fake.NewServer(t)
	s := httptest.NewServer(http.RedirectHandler(target.URL+"/api/version", http.StatusFound))
	t.Cleanup(s.Close)
	return s.URL
}

func TestUnknownModelNamesTheNearest(t *testing.T) {
	srv := fake.NewServer(t)
	srv.Install(fake.Model{Name: "qwen3:8b"}, fake.Model{Name: "qwen3:14b"}, fake.Model{Name: "gemma3:4b"})
	c := newClient(t, srv.URL)
	_, _, err := stream(t, c, engine.Ask{Model: "qwen3"})
	hint := engine.Hint(err)
	if engine.ClassOf(err) != engine.NoModel || !strings.Contains(hint, "qwen3:14b or qwen3:8b?") || strings.Contains(hint, "gemma") || !strings.Contains(hint, "ollama pull qwen3") {
		t.Errorf("%q", hint)
	}
	if _, err := c.Show(t.Context(), "zzzzzz"); engine.ClassOf(err) != engine.NoModel || strings.Contains(engine.Hint(err), "did you mean") {
		t.Errorf("%q", engine.Hint(err))
	}
}

func TestAskOnTheWire(t *testing.T) {
	srv := fake.NewServer(t)
	temperature := 0.5
	_, _, err := stream(t, newClient(t, srv.URL), engine.Ask{
		Turns: []engine.Turn{{Role: "system", Text: "s"}, {Role: "user", Text: "u"}}, Seed: 7,
		Options: engine.Options{NumCtx: 4096, NumPredict: 99, Temperature: &temperature},
	})
	got := srv.Asked()[0]
	want := map[string]any{"seed": 7.0, "num_ctx": 4096.0, "num_predict": 99.0, "temperature": 0.5}
	if err != nil || !reflect.DeepEqual(got.Options, want) || got.Messages[0].Content != "s" || got.Messages[1].Role != "user" {
		t.Errorf("%+v, %v", got, err)
	}
	if got.Truncate == nil || *got.Truncate || got.Shift == nil || *got.Shift || got.Stream == nil || !*got.Stream {
		t.Errorf("truncate %v, shift %v, stream %v; want false, false, true", got.Truncate, got.Shift, got.Stream)
	}
}

func TestThink(t *testing.T) {
	const invalid = "invalid"
	tests := []struct {
		model string
		think engine.Think
		want  any
	}{
		{"plain", engine.ThinkAuto, nil},
		{"plain", "", nil},
		{"plain", engine.ThinkOff, nil},
		{"plain", engine.ThinkOn, invalid},
		{"plain", engine.ThinkHigh, invalid},
		{"thinker", engine.ThinkAuto, true},
		{"thinker", "", true},
		{"thinker", engine.ThinkOn, true},
		{"thinker", engine.ThinkOff, false},
		{"thinker", engine.ThinkHigh, true},
		{"gpt", engine.ThinkAuto, "medium"},
		{"gpt", engine.ThinkOn, "medium"},
		{"gpt", engine.ThinkOff, "low"},
		{"gpt", engine.ThinkLow, "low"},
		{"gpt", engine.ThinkHigh, "high"},
	}
	srv := fake.NewServer(t)
	srv.Install(fake.Model{Name: "plain"}, fake.Model{Name: "thinker", Capabilities: []string{"completion", "thinking"}},
		fake.Model{Name: "gpt", Family: "gptoss", Parser: "harmony", Capabilities: []string{"completion", "thinking"}})
	c := newClient(t, srv.URL)
	for _, tt := range tests {
		before := len(srv.Asked())
		_, _, err := stream(t, c, engine.Ask{Model: tt.model, Think: tt.think})
		if tt.want == invalid {
			if engine.ClassOf(err) != engine.Invalid || len(srv.Asked()) != before {
				t.Errorf("%s, %s: %v", tt.model, tt.think, err)
			}
			continue
		}
		if got := srv.Asked()[before].Think; err != nil || got != tt.want {
			t.Errorf("%s, %s: sent %v, want %v; %v", tt.model, tt.think, got, tt.want, err)
		}
	}
	if n := srv.Shows(); n != 3 {
		t.Errorf("asked for a card %d times, want once a model", n)
	}
}

func TestCardIsForgottenWhenTheModelChanges(t *testing.T) {
	srv := fake.NewServer(t)
	c := newClient(t, srv.URL)
	show := func() ollama.Card {
		t.Helper()
		if _, err := c.Models(t.Context()); err != nil {
			t.Fatal(err)
		}
		card, err := c.Show(t.Context(), "fake")
		if err != nil {
			t.Fatal(err)
		}
		return card
	}
	show()
	show()
	if srv.Shows() != 1 {
		t.Errorf("asked %d times of an unchanged model", srv.Shows())
	}
	srv.Install(fake.Model{Name: "fake", Digest: "other", Capabilities: []string{"completion", "thinking"}})
	if card := show(); len(card.Capabilities) != 2 || card.Digest != "other" {
		t.Errorf("%+v", card)
	}
}

func TestShowTellsTheShape(t *testing.T) {
	srv := fake.NewServer(t)
	srv.Install(fake.Model{Name: "m", Shape: map[string]any{
		"general.architecture": "llama", "llama.block_count": 30, "llama.attention.head_count": 9,
		"llama.attention.head_count_kv": []int{3, 2}, "llama.embedding_length": 576, "llama.context_length": 8192,
	}})
	card, err := newClient(t, srv.URL).Show(t.Context(), "m")
	if want := (ollama.Shape{Layers: 30, KVHeads: 3, HeadDim: 64, Context: 8192}); err != nil || card.Shape != want || card.Context != 8192 {
		t.Errorf("%+v, %v", card, err)
	}
}
