package serve

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/desk"
	"github.com/aimo3/aimo3/engine/ollama"
	fake "github.com/aimo3/aimo3/engine/ollama/ollamatest"
	"github.com/aimo3/aimo3/engine/wire"
	"github.com/aimo3/aimo3/store"
)

// found is the fake model server as a desk needs it.
type found struct{ *ollama.Client }

func (f found) Show(ctx context.Context, name string) (engine.Model, error) {
	card, err := f.Client.Show(ctx, name)
	return card.Model, err
}

func (found) Window(_ context.Context, _ string, chosen int, _ uint64) int { return chosen }

// rig is a server on a real socket, over a real database and a fake model server.
type rig struct {
	*API
	t     testing.TB
	url   string
	db    *store.DB
	model *fake.Server
	end   func() error // as a signal does; waits until it has drained
}

// replies is a script of a model that thinks and answers.
func replies(answer string) []fake.Step {
	return []fake.Step{fake.Think("six sevens "), fake.Think("are 42"), fake.Say(`So \boxed{` + answer + `}.`), fake.Done()}
}

func start(t testing.TB, change func(*Options, *bounds), scripts ...[]fake.Step) *rig {
	t.Helper()
	return startOn(t, filepath.Join(t.TempDir(), "aimo3.db"), change, scripts...)
}

func startOn(t testing.TB, path string, change func(*Options, *bounds), scripts ...[]fake.Step) *rig {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	db, err := store.Open(ctx, path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r := &rig{t: t, db: db, model: fake.NewServer(t, scripts...)}
	client, err := ollama.New(r.model.URL)
	if err != nil {
		t.Fatal(err)
	}
	with := desk.Options{
		Servers: []desk.Server{found{client}}, Record: func(next engine.Sink) desk.Recorder { return db.Record(next) },
		Resume: func(ctx context.Context, id engine.AttemptID, next engine.Sink) (desk.Recorder, *engine.Progress, error) {
			return db.Resume(ctx, id, next)
		},
		Kept: func(ctx context.Context, id engine.AttemptID) (*engine.Progress, error) {
			return wire.ProgressOf(engine.Summary{ID: id}, pageEvents, func(after uint64) ([]engine.Event, error) { return db.Events(ctx, id, after, pageEvents) })
		},
	}
	with.Cache = &desk.Caching{Stored: db.Stored}
	o := Options{Desk: desk.New(with), Store: db, Server: client.Server, Plan: engine.Plan{Samples: 2, Stop: engine.StopNone, Tools: engine.ToolsOff}, Drain: time.Minute}
	b := defaultBounds()
	if change != nil {
		change(&o, &b)
	}
	r.API = newServer(o, b)
	ctx, cancel := context.WithCancel(ctx)
	at, done := make(chan net.Addr, 1), make(chan error, 1)
	go func() { done <- r.Run(ctx, Listening{Address: "127.0.0.1:0"}, func(a net.Addr) { at <- a }) }()
	r.end = sync.OnceValue(func() error {
		cancel()
		err := <-done
		client.Close()
		return err
	})
	t.Cleanup(func() {
		r.hub.cancel(engine.ErrCancelled)
		if err := r.end(); err != nil {
			t.Error(err)
		}
		_ = db.Close()
	})
	select {
	case a := <-at:
		r.url = "http://" + a.String()
	case err := <-done:
		done <- err
		t.Fatal(err)
	}
	return r
}

// response is an answer that was read.
type response struct {
	status int
	header http.Header
	body   string
}

// open sends a request; headers are pairs. Who asks reads the answer.
func (r *rig) open(method, path, body string, headers ...string) *http.Response {
	r.t.Helper()
	req, err := http.NewRequestWithContext(r.t.Context(), method, r.url+path, strings.NewReader(body))
	if err != nil {
		r.t.Fatal(err)
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		if req.Header.Set(headers[i], headers[i+1]); headers[i] == "Host" {
			req.Host = headers[i+1]
		}
	}
	resp, err := http.DefaultClient.Do(req) //nolint:bodyclose // whoever listens closes it
	if err != nil {
		r.t.Fatal(err)
	}
	return resp
}

// ask sends a request and reads the answer.
func (r *rig) ask(method, path, body string, headers ...string) response {
	r.t.Helper()
	resp := r.open(method, path, body, headers...)
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	return response{resp.StatusCode, resp.Header, string(text)}
}

// ended are the stored attempts, once all have ended.
func (r *rig) ended() []engine.Summary {
	r.t.Helper()
	r.hub.mu.Lock()
	running := slices.Collect(maps.Values(r.hub.runs))
	r.hub.mu.Unlock()
	for _, one := range running {
		<-one.over
	}
	all, err := r.db.Attempts(r.t.Context(), engine.Filter{})
	if err != nil {
		r.t.Fatal(err)
	}
	return all
}

func (a response) into(t testing.TB, v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(a.body), v); err != nil {
		t.Fatalf("%v in %s", err, a.body)
	}
}

// create has a problem attempted and is its ID.
func (r *rig) create(body string, headers ...string) engine.AttemptID {
	r.t.Helper()
	got := r.ask("POST", "/v1/attempts", body, headers...)
	if got.status != http.StatusAccepted {
		r.t.Fatalf("create: %d %s", got.status, got.body)
	}
	var a Standing
	got.into(r.t, &a)
	return a.Attempt.Attempt
}

// heard is one event as a listener gets it.
type heard struct {
	id   string
	kind string
	data string
}

// listener reads the events of an attempt.
type listener struct {
	resp *http.Response
	from *bufio.Reader
}

func (r *rig) listen(id engine.AttemptID, last string) *listener {
	r.t.Helper()
	l, err := listenAt(r.t.Context(), r.url, id, last)
	if err != nil {
		r.t.Fatal(err)
	}
	return l
}

func listenAt(ctx context.Context, url string, id engine.AttemptID, last string) (*listener, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, fmt.Sprintf("%s/v1/attempts/%s/events", url, id), nil)
	if err != nil {
		return nil, err
	}
	if last != "" {
		req.Header.Set("Last-Event-ID", last)
	}
	resp, err := http.DefaultClient.Do(req) //nolint:bodyclose // whoever listens closes it
	if err != nil {
		return nil, err
	}
	return &listener{resp, bufio.NewReader(resp.Body)}, nil
}

// next is the next event, or io.EOF.
func (l *listener) next() (h heard, err error) {
	for {
		line, err := l.from.ReadBytes('\n')
		if err != nil {
			return h, err
		}
		name, value, _ := bytes.Cut(bytes.TrimSuffix(line, []byte("\n")), []byte(": "))
		switch string(name) {
		case "id":
			h.id = string(value)
		case "event":
			h.kind = string(value)
		case "data":
			h.data = string(value)
		case "":
			if h.id != "" {
				return h, nil
			}
		}
	}
}

func (l *listener) close() { _ = l.resp.Body.Close() }

// all are the rest of the events.
func (l *listener) all(t testing.TB) (all []heard) {
	t.Helper()
	defer l.close()
	for {
		h, err := l.next()
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, h)
	}
}

// await reads an attempt to its end and is what it came to.
func (r *rig) await(id engine.AttemptID) Standing {
	r.t.Helper()
	r.listen(id, "").all(r.t)
	var a Standing
	r.ask("GET", "/v1/attempts/"+string(id), "").into(r.t, &a)
	return a
}

// recorder is a request that comes by no socket, and what takes the answer.
func recorder(method, path string, headers ...string) (*httptest.ResponseRecorder, *http.Request) {
	req := httptest.NewRequest(method, "http://localhost"+path, nil)
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	return httptest.NewRecorder(), req
}
