package serve

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	fake "github.com/aimo3/aimo3/engine/ollama/ollamatest"
)

// TestHealth: the paths of health tell what checks found, to each what is theirs to know.
func TestHealth(t *testing.T) {
	var state atomic.Value
	state.Store(engine.Pass)
	var made, now atomic.Int64
	r := start(t, nil)
	o := r.with
	o.Check = func(r *http.Request, _ bool, _ func(*http.Request) ([]byte, error)) (Who, error) {
		bearer := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
		scopes := map[string]Scope{"good": Solve, "meter": Metrics, "chief": Admin}
		if scopes[bearer] == "" {
			return Who{}, &Denied{"no such key"}
		}
		return Who{bearer, []Scope{scopes[bearer]}}, nil
	}
	begun := time.Now()
	o.Now = func() time.Time { return begun.Add(time.Duration(now.Load())) }
	o.Checks = func(_ context.Context, live bool) []engine.Finding {
		made.Add(1)
		found := []engine.Finding{{Component: "server", State: state.Load().(engine.FindingState), What: "ollama at /a/path", Todo: "mend it", Took: 1500 * time.Microsecond}}
		if !live {
			found = append(found, engine.Finding{Component: "code", State: engine.Warn, What: "runs"})
		}
		return found
	}
	keyed := newServer(o, r.bounds)
	ask := func(path, key string) (int, string) {
		w, req := recorder("GET", path, "Authorization", "Bearer "+key)
		keyed.handler.ServeHTTP(w, req)
		return w.Code, w.Body.String()
	}
	const all, some = "" +
		`"component":"server","state":"pass","what":"ollama at /a/path","todo":"mend it","duration_ms":1.5`, `"component":"server","state":"pass","duration_ms":1.5`
	for _, row := range []struct {
		path, key string
		status    int
		has, not  string
	}{
		{"/livez", "", 200, `"live":true`, "server"},
		{"/readyz", "", 200, some, "code"},
		{"/readyz", "", 200, `"ready":true`, "path"},
		{"/health", "", 401, "", "server"},
		{"/health", "good", 200, some, "path"},
		{"/health", "meter", 200, `"component":"code"`, "path"},
		{"/health", "chief", 200, all, "no"},
	} {
		status, body := ask(row.path, row.key)
		if status != row.status || !strings.Contains(body, row.has) || row.not != "no" && strings.Contains(body, row.not) {
			t.Errorf("%s with the key %q: %d %s", row.path, row.key, status, body)
		}
	}
	if got := made.Load(); got != 2 {
		t.Errorf("checks were made %d times, want once for each kind", got)
	}
	state.Store(engine.Fail)
	now.Store(int64(wholeKept))
	var asked sync.WaitGroup
	for range 20 {
		asked.Go(func() {
			if status, body := ask("/readyz", ""); status != 503 || !strings.Contains(body, `"ready":false`) {
				t.Errorf("a check fails: %d %s", status, body)
			}
		})
	}
	asked.Wait()
	whole, _ := ask("/health", "chief")
	if live, _ := ask("/livez", ""); whole != 503 || live != 200 {
		t.Errorf("a check fails: %d, and it lives all the same: %d", whole, live)
	}
	if got := made.Load(); got != 4 {
		t.Errorf("checks were made %d times, want once more for each kind", got)
	}
}

// TestItLooksUnasked: the checks are made though nobody asks, all of them now and then;
// one that hangs keeps no server from ending.
func TestItLooksUnasked(t *testing.T) {
	looks := make(chan bool)
	r := start(t, func(o *Options, b *bounds) {
		b.look = time.Millisecond
		o.Checks = func(ctx context.Context, live bool) []engine.Finding {
			select {
			case looks <- live:
			case <-ctx.Done():
			}
			return []engine.Finding{{Component: "server", State: engine.Fail}}
		}
	})
	for n := range looksPerWhole {
		if live := <-looks; live == (n == looksPerWhole-1) {
			t.Errorf("look %d at what tells within moments: %v", n+1, live)
		}
	}
	if err := r.end(); err != nil {
		t.Error(err)
	}
}

// TestItTellsHowItFares: who watches the server is told of answers at /v1 alone, of what
// runs and waits, and of what a fault ended.
func TestItTellsHowItFares(t *testing.T) {
	var mu sync.Mutex
	var answered []int
	failed := make(chan error, 8)
	counts := make(chan [2]int, 64)
	r := start(t, func(o *Options, _ *bounds) {
		o.Running, o.Plan.Samples = 1, 1
		o.Answered = func(status int) {
			mu.Lock()
			defer mu.Unlock()
			answered = append(answered, status)
		}
		o.Serving = func(running, waiting int) { counts <- [2]int{running, waiting} }
		o.Failed = func(err error) { failed <- err }
		o.Metrics = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) })
	}, []fake.Step{fake.Think("hm"), fake.Stall()}, replies("42"))
	first := r.create(`{"problem":"What is 6 times 7?"}`)
	second := r.create(`{"problem":"What is 7 times 6, then?"}`)
	if got := r.ask("GET", "/metrics", ""); got.status != http.StatusTeapot {
		t.Errorf("/metrics: %d", got.status)
	}
	if got := <-counts; got != [2]int{1, 1} {
		t.Errorf("running and waiting are %v", got)
	}
	for _, path := range []string{"/livez", "/readyz", "/v1/attempts/none"} {
		r.ask("GET", path, "")
	}
	r.ask("POST", "/v1/attempts/"+string(first)+"/stop", "{}")
	r.await(second)
	for range 2 {
		if err := <-failed; err != nil && !errors.Is(err, engine.ErrStopped) && !errors.Is(err, engine.ErrCancelled) {
			t.Error(err)
		}
	}
	mu.Lock()
	defer mu.Unlock()
	if len(answered) < 4 || !slices.Equal(answered[:3], []int{202, 202, 404}) {
		t.Errorf("answered with %v", answered)
	}
}
