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

// TestOddLists: a field that is not what it should be is left out, and the model is
// there all the same.
func TestOddLists(t *testing.T) {
	const models = `{"models":[{"name":"odd","modified_at":"yesterday","size":5.0,"digest":"d","details":null,"expires_at":7},
		{"name":"odd2","modified_at":17,"size":"much","details":{"family":["llama"],"parameter_size":"1B"}},{"name":3},"x"]}`
	const card = `{"modified_at":"","capabilities":["completion",4,"tools"],"details":{"family":7},"model_info":[],"template":null}`
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body := models
		switch r.URL.Path {
		case "/api/version":
			body = `{"version":"0.99.0-rc1+build"}`
		case "/api/show":
			body = card
		}
		_, _ = io.WriteString(w, body)
	}))
	t.Cleanup(s.Close)
	c := newClient(t, s.URL)
	seen := c.Server(t.Context())
	if seen.Fault != nil || len(seen.Models) != 2 || seen.Models[0].Name != "odd" || seen.Models[0].Size != 5 || seen.Models[1].Parameters != "1B" {
		t.Errorf("%+v", seen)
	}
	if loaded, err := c.Loaded(t.Context()); err != nil || len(loaded) != 2 {
		t.Errorf("%+v, %v", loaded, err)
	}
	if shown, err := c.Show(t.Context(), "odd"); err != nil || !shown.Can("tools") || !shown.Can("completion") || shown.Size != 5 {
		t.Errorf("%+v, %v", shown, err)
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
	want := map[string]any{"seed": 7.0, "num_ctx": 4096.0, "num_predict": 99.0, "temperature": 0.5, "repeat_penalty": 1.0}
	if err != nil || !reflect.DeepEqual(got.Options, want) || got.Messages[0].Content != "s" || got.Messages[1].Role != "user" {
		t.Errorf("%+v, %v", got, err)
	}
	if got.Truncate == nil || *got.Truncate || got.Shift == nil || *got.Shift || got.Stream == nil || !*got.Stream {
		t.Errorf("truncate %v, shift %v, stream %v; want false, false, true", got.Truncate, got.Shift, got.Stream)
	}
}

// TestRepeatPenalty: there is none, unless the model comes with one.
func TestRepeatPenalty(t *testing.T) {
	for parameters, want := range map[string]any{
		"": 1.0, "temperature 0.6\nstop \"repeat_penalty 2\"": 1.0, "temperature                    0.6\nrepeat_penalty                 1.05": nil,
	} {
		srv := fake.NewServer(t)
		srv.Install(fake.Model{Name: "m", Parameters: parameters})
		_, _, err := stream(t, newClient(t, srv.URL), engine.Ask{Model: "m"})
		if got := srv.Asked()[0].Options["repeat_penalty"]; err != nil || got != want {
			t.Errorf("parameters %q: sent %v, want %v; %v", parameters, got, want, err)
		}
	}
}

// TestEmbeddersAreNoDefault: a model that only embeds is known as such though the list
// does not say so, and is not asked for a reply.
func TestEmbeddersAreNoDefault(t *testing.T) {
	srv := fake.NewServer(t)
	srv.Install(fake.Model{Name: "fake", Capabilities: []string{"embedding"}}, fake.Model{Name: "qwen3-vectors", Size: 9, Capabilities: []string{"embedding"}})
	c := newClient(t, srv.URL)
	if m, err := engine.Choose(c.Server(t.Context()).Models, ""); engine.ClassOf(err) != engine.NoModel || !strings.Contains(engine.Hint(err), "only embed") {
		t.Errorf("%q is the default, %v", m.Name, err)
	}
	srv.Install(fake.Model{Name: "chat"})
	for range 2 {
		seen := c.Server(t.Context())
		if m, err := engine.Choose(seen.Models, ""); err != nil || m.Name != "chat:latest" {
			t.Errorf("%q is the default, %v", m.Name, err)
		}
		if _, err := engine.Choose(seen.Models, "qwen3-vectors"); engine.ClassOf(err) != engine.Invalid {
			t.Errorf("an embedder by its name: %v", err)
		}
	}
	if n := srv.Shows(); n != 3 {
		t.Errorf("asked for a card %d times, want once a model", n)
	}
	_, _, err := stream(t, c, engine.Ask{Model: "qwen3-vectors"})
	if engine.ClassOf(err) != engine.Invalid || !strings.Contains(engine.Hint(err), "cannot reply") || len(srv.Asked()) > 0 {
		t.Errorf("%v after %d requests", err, len(srv.Asked()))
	}
	if _, err := c.Show(t.Context(), "qwen3-vector"); strings.Contains(engine.Hint(err), "did you mean") {
		t.Errorf("%v", engine.Hint(err))
	}
}

// TestLoadedOnly: a server that only loaded the model is asked again, once.
func TestLoadedOnly(t *testing.T) {
	load := []fake.Step{fake.DoneFor("load")}
	srv := fake.NewServer(t, load, []fake.Step{fake.Say("42"), fake.Done()})
	if h, _, err := stream(t, newClient(t, srv.URL), engine.Ask{}); err != nil || h.String() != "42" || len(srv.Asked()) != 2 {
		t.Errorf("heard %q in %d requests, %v", h.String(), len(srv.Asked()), err)
	}
	srv = fake.NewServer(t, load)
	if _, _, err := stream(t, newClient(t, srv.URL), engine.Ask{}); engine.ClassOf(err) != engine.Busy || len(srv.Asked()) != 2 {
		t.Errorf("%d requests, %v", len(srv.Asked()), err)
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
