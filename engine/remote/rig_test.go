package remote

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/desk"
	"github.com/aimo3/aimo3/engine/ollama"
	fake "github.com/aimo3/aimo3/engine/ollama/ollamatest"
	"github.com/aimo3/aimo3/engine/secure"
	"github.com/aimo3/aimo3/engine/serve"
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

// rig is a real server on a real socket, over a real database and a fake model server,
// and a client of it.
type rig struct {
	*Client
	url   string
	db    *store.DB
	model *fake.Server
}

var forty2 = engine.Problem{Statement: "What is 6 times 7?"}

// replies is a script of a model that thinks and answers.
func replies(answer string) []fake.Step {
	return []fake.Step{fake.Think("six sevens "), fake.Think("are 42"), fake.Say(`So \boxed{` + answer + `}.`), fake.Done()}
}

func start(t *testing.T, change func(*serve.Options), scripts ...[]fake.Step) *rig {
	t.Helper()
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	db, err := store.Open(ctx, filepath.Join(t.TempDir(), "aimo3.db"), nil)
	if err != nil {
		t.Fatal(err)
	}
	model := fake.NewServer(t, scripts...)
	client, err := ollama.New(model.URL)
	if err != nil {
		t.Fatal(err)
	}
	with := desk.Options{
		Servers: []desk.Server{found{client}}, Record: func(next engine.Sink) desk.Recorder { return db.Record(next) },
		Cache: &desk.Caching{Stored: db.Stored},
		Kept: func(ctx context.Context, id engine.AttemptID) (*engine.Progress, error) {
			return wire.ProgressOf(engine.Summary{ID: id}, 1000, func(after uint64) ([]engine.Event, error) { return db.Events(ctx, id, after, 1000) })
		},
	}
	o := serve.Options{Desk: desk.New(with), Store: db, Server: client.Server, Plan: engine.Plan{Samples: 2, Stop: engine.StopNone, Tools: engine.ToolsOff}, Drain: time.Nanosecond}
	if change != nil {
		change(&o)
	}
	at, done := make(chan net.Addr, 1), make(chan error, 1)
	go func() {
		done <- serve.New(o).Run(ctx, serve.Listening{Address: "127.0.0.1:0"}, func(a net.Addr) { at <- a })
	}()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
		client.Close()
		_ = db.Close()
	})
	r := &rig{url: "http://" + (<-at).String(), db: db, model: model}
	r.Client = clientOf(t, r.url, defaultBounds())
	return r
}

// clientOf is a client of the server at an address, whose link is looked after until the
// test ends.
func clientOf(t *testing.T, address string, b bounds, key ...string) *Client {
	t.Helper()
	at, err := ParseAddress(address)
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Address: at}
	if len(key) > 0 {
		o.Key = secure.NewSecret(key[0])
	}
	c := newClient(o, b)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		c.Run(ctx)
		close(done)
	}()
	t.Cleanup(func() {
		cancel()
		<-done
	})
	return c
}

// connected waits until the server has answered.
func connected(t *testing.T, c *Client) {
	t.Helper()
	next := c.LinkWatch()
	for {
		if l, more := next(t.Context()); l.State == engine.LinkConnected || !more {
			return
		}
	}
}

// served is a server of a handler, on a real socket, which says that it is one of this
// program unless the handler answers that too.
func served(t *testing.T, handle http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(handle)
	t.Cleanup(func() {
		s.CloseClientConnections()
		s.Close()
	})
	return s.URL
}

// isServer answers a look.
func isServer(w http.ResponseWriter, r *http.Request) bool {
	if r.URL.Path != "/v1/server" {
		return false
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write([]byte(`{"version":1,"attempts":[],"model_server":{"version":"1"}}`))
	return true
}

// all are the events of an attempt as a client hears them.
func all(t *testing.T, c *Client, id engine.AttemptID) (events []engine.Event, over bool, err error) {
	t.Helper()
	over, err = c.Watch(t.Context(), id, func(e engine.Event) error {
		events = append(events, e)
		return nil
	})
	return events, over, err
}
