package serve

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	fake "github.com/aimo3/aimo3/engine/ollama/ollamatest"
)

// broken is a store that reads so many pages of events, each full, and then no more.
type broken struct {
	Store
	pages uint64
}

func (b broken) Events(_ context.Context, id engine.AttemptID, after uint64, limit int) (all []engine.Event, _ error) {
	if after >= b.pages*pageEvents {
		return nil, &engine.Fault{Class: engine.Storage, What: "disk I/O error"}
	}
	for n := range uint64(limit) { //nolint:gosec // a small number
		all = append(all, engine.Event{Attempt: id, Seq: after + n + 1, Fact: engine.Delta{Channel: engine.Reply, Text: "x"}})
	}
	return all, nil
}

// TestWhatCannotBeReadWholeIsNotTakenForIt: where reading fails before anything was sent
// the answer is a problem; where part was sent, the answer is cut off.
func TestWhatCannotBeReadWholeIsNotTakenForIt(t *testing.T) {
	r := start(t, nil, replies("42"))
	id := string(r.create(ask42))
	r.await(engine.AttemptID(id))
	for _, tt := range []struct {
		path  string
		pages uint64
		cut   bool
	}{
		{"/export?format=jsonl", 0, false},
		{"/export?format=jsonl", 1, true},
		{"/export?format=json", 1, false},
		{"/events", 0, false},
		{"/events?limit=1000", 0, false},
		{"/events?limit=1000", 1, true},
	} {
		o := r.with
		o.Store = broken{r.with.Store, tt.pages}
		s := httptest.NewServer(newServer(o, r.bounds).handler)
		resp, err := http.Get(s.URL + "/v1/attempts/" + id + tt.path) //nolint:noctx // it ends with the server
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		s.Close()
		if !tt.cut && (err != nil || resp.StatusCode != 503 || !strings.Contains(string(text), "cannot be kept or read now") || resp.Header.Get("Retry-After") == "" || resp.Header.Get("Content-Disposition") != "") {
			t.Errorf("%s after %d pages: %d %s %v %v", tt.path, tt.pages, resp.StatusCode, text, resp.Header, err)
		}
		if tt.cut && (err == nil || resp.StatusCode != 200 || len(text) == 0) {
			t.Errorf("%s after %d pages: %d, %d bytes, and then %v", tt.path, tt.pages, resp.StatusCode, len(text), err)
		}
	}
}

// TestStreamsEndWithTheirKey: once a key is refused, what is still being answered to it
// ends, and nothing else; keys that cannot be looked up end nothing.
func TestStreamsEndWithTheirKey(t *testing.T) {
	gate := make(chan struct{})
	r := start(t, nil, []fake.Step{fake.Think("hm"), fake.Gate(gate), fake.Done()})
	var refused string
	var unread error
	s, _ := r.keyed(func(o *Options) {
		check := o.Check
		o.Check = func(req *http.Request, open bool, body func(*http.Request) ([]byte, error)) (Who, error) {
			if req.Header.Get("Authorization") == "Bearer other" {
				return Who{"bob", []Scope{Solve}}, nil
			}
			return check(req, open, body)
		}
		o.Valid = func(_ context.Context, who string) (bool, error) { return who != refused, unread }
	})
	at := httptest.NewServer(s.handler)
	defer at.Close()
	defer s.hub.drain(time.Nanosecond)
	defer close(gate)
	r.API, r.url = s, at.URL
	id := r.create(ask42, "Authorization", "Bearer good")
	listen := func(key string) io.ReadCloser {
		resp := r.open("GET", "/v1/attempts/"+string(id)+"/events", "", "Authorization", "Bearer "+key)
		if _, err := io.ReadFull(resp.Body, make([]byte, len(reconnect))); err != nil {
			t.Fatal(err)
		}
		return resp.Body
	}
	ann, bob := listen("good"), listen("other")
	defer func() { _, _ = ann.Close(), bob.Close() }()
	refused, unread = "ann", io.ErrUnexpectedEOF
	s.endRefused(t.Context())
	if got := len(s.inFlight.keys()); got != 2 {
		t.Errorf("%d keys are in use while none can be looked up", got)
	}
	unread = nil
	s.endRefused(t.Context())
	if _, err := io.Copy(io.Discard, ann); err != nil {
		t.Errorf("the stream of the key that is refused: %v", err)
	}
	if got := s.inFlight.keys(); len(got) != 1 || got[0] != "bob" {
		t.Errorf("in use are %q", got)
	}
}

// TestAConnectionEndsAfterChunks: what stands behind a body in chunks, which a proxy that went
// by the length beside it took for part of that body, is no request.
func TestAConnectionEndsAfterChunks(t *testing.T) {
	r := start(t, nil)
	c, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", strings.TrimPrefix(r.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	if _, err := io.WriteString(c, strings.Join([]string{
		"POST /v1/grade HTTP/1.1", "Host: localhost", "Content-Type: application/json", "Content-Length: 4", "Transfer-Encoding: chunked", "", "0", "",
		"GET /livez HTTP/1.1", "Host: localhost", "Connection: close", "", "",
	}, "\r\n")); err != nil {
		t.Fatal(err)
	}
	said, _ := io.ReadAll(c) // it may be reset
	if got := strings.Count(string(said), "HTTP/1.1 "); got != 1 {
		t.Errorf("%d answers: %s", got, said)
	}
}
