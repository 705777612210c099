package serve

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
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
