// Package ollamatest is an in-process Ollama server for tests. It speaks the
// real wire format over a real socket and can be told to misbehave.
package ollamatest

import (
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

// Version is what the server says its version is.
const Version = "0.17.4"

// Model is a model that the server has installed.
type Model struct {
	Name         string
	Digest       string // if empty, made of the name
	Size         int64
	Family       string
	Parser       string
	Template     string
	Parameters   string
	Capabilities []string       // if nil, completion
	Shape        map[string]any // the model_info of /api/show

	// Refuse says how a chat request fails, as Ollama words it; 0 if it does not. If
	// nil, none does.
	Refuse func(Request) (status int, text string)
}

// Request is a chat request that the server got.
type Request struct {
	Model    string
	Messages []Message
	Tools    []struct {
		Function struct {
			Name, Description string
			Parameters        struct{ Required []string }
		}
	}
	Stream   *bool
	Think    any
	Truncate *bool
	Shift    *bool
	Options  map[string]any
}

// Message is one turn of a chat request.
type Message struct {
	Role, Content, Thinking string
	ToolName                string `json:"tool_name"`
	ToolCallID              string `json:"tool_call_id"`
	ToolCalls               []struct {
		ID       string
		Function struct {
			Name      string
			Arguments map[string]any
		}
	} `json:"tool_calls"`
}

// Server answers the i-th chat request with the i-th script, the last script
// serving all later ones. It has one model, "fake", until told otherwise.
type Server struct {
	*httptest.Server
	scripts [][]Step

	mu      sync.Mutex
	asked   []Request
	models  []Model
	loaded  map[string]bool
	blobs   map[string][]byte
	created []map[string]any
	pulls   []Step
	gone    int
	news    chan struct{} // closed and made anew at each change
	shows   int
	polls   int

	unlisted bool
}

// NewServer starts a server and stops it when the test ends.
func NewServer(tb testing.TB, scripts ...[]Step) *Server {
	tb.Helper()
	return NewServerAt(tb, nil, scripts...)
}

// NewServerAt is NewServer at a listener; if that is nil, at a free port of the loopback.
func NewServerAt(tb testing.TB, l net.Listener, scripts ...[]Step) *Server {
	tb.Helper()
	s := &Server{
		scripts: scripts, models: []Model{{Name: "fake:latest", Family: "llama"}}, loaded: map[string]bool{"fake:latest": true},
		blobs: map[string][]byte{}, news: make(chan struct{}),
	}
	if len(scripts) == 0 {
		s.scripts = [][]Step{{Say(`The answer is \boxed{4}.`), Done()}}
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/version", func(w http.ResponseWriter, _ *http.Request) { reply(w, 200, object{"version": Version}) })
	mux.HandleFunc("GET /api/tags", s.tags)
	mux.HandleFunc("GET /api/ps", s.ps)
	mux.HandleFunc("POST /api/show", s.show)
	mux.HandleFunc("POST /api/chat", s.chat)
	mux.HandleFunc("POST /api/generate", s.unload)
	mux.HandleFunc("POST /api/pull", s.pull)
	mux.HandleFunc("DELETE /api/delete", s.erase)
	mux.HandleFunc("POST /api/create", s.create)
	mux.HandleFunc("/api/blobs/{digest}", s.blob)
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "Ollama is running") })
	s.Server = httptest.NewUnstartedServer(mux)
	if l != nil {
		_ = s.Listener.Close()
		s.Listener = l
	}
	s.Start()
	tb.Cleanup(func() {
		s.CloseClientConnections() // ends scripts that stall
		s.Close()
	})
	return s
}

// Asked are the chat requests so far.
func (s *Server) Asked() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Request(nil), s.asked...)
}

// Shows and Polls are how often the server was asked for a model's card, and
// for what it holds in memory.
func (s *Server) Shows() int { s.mu.Lock(); defer s.mu.Unlock(); return s.shows }

// Polls is how often the server was asked what it holds in memory.
func (s *Server) Polls() int { s.mu.Lock(); defer s.mu.Unlock(); return s.polls }

// Created are the bodies of the create requests so far.
func (s *Server) Created() []map[string]any {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]map[string]any(nil), s.created...)
}

// Blob is the size of an uploaded file; -1 if it is not there.
func (s *Server) Blob(digest string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if b, ok := s.blobs[digest]; ok {
		return len(b)
	}
	return -1
}

// AwaitAsked waits until n chat requests have come.
func (s *Server) AwaitAsked(tb testing.TB, n int) {
	tb.Helper()
	s.await(tb, func() bool { return len(s.asked) >= n })
}

// AwaitGone waits until n chat requests were seen to be given up by their client.
func (s *Server) AwaitGone(tb testing.TB, n int) {
	tb.Helper()
	s.await(tb, func() bool { return s.gone >= n })
}

func (s *Server) await(tb testing.TB, met func() bool) {
	tb.Helper()
	for {
		s.mu.Lock()
		ok, news := met(), s.news
		s.mu.Unlock()
		if ok {
			return
		}
		select {
		case <-news:
		case <-tb.Context().Done():
			tb.Fatal("the test ended before the server saw it")
		}
	}
}

func (s *Server) changed() {
	close(s.news)
	s.news = make(chan struct{})
}

type object = map[string]any

func reply(w http.ResponseWriter, code int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(v) // the client may be gone
}

func refuse(w http.ResponseWriter, code int, text string) { reply(w, code, object{"error": text}) }
