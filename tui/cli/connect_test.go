package cli

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
)

// TestConnect: the app is shown on the server of --connect, with the key that is kept for
// it and the plan that it was started with, and opens no database of its own.
func TestConnect(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer right" {
			w.WriteHeader(http.StatusUnauthorized)
			_, _ = io.WriteString(w, `{"type":"urn:aimo3:problem:unauthorized","detail":"this key is not known"}`)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"version":1,"plan":{"samples":4,"stop":"none"}}`)
	}))
	defer s.Close()
	for _, tt := range []struct {
		name    string
		env     []string
		args    []string
		code    int
		samples int
		want    string // of what is said
	}{
		{"by flag", []string{"AIMO3_CONNECT_KEY", "right"}, []string{"--connect", s.URL}, 0, 4, ""},
		{"with a plan", []string{"AIMO3_CONNECT_KEY", "right"}, []string{"--connect", s.URL, "--samples", "2"}, 0, 2, ""},
		{"by variable", []string{"AIMO3_CONNECT_KEY", "right", "AIMO3_CONNECT", s.URL, "AIMO3_HOST", "box"}, nil, 0, 4, ""},
		{"none", nil, []string{"--connect", ""}, 0, 0, ""},
		{"nobody there", nil, []string{"--connect", "http://127.0.0.1:1"}, 0, 0, ""},
		{"no key", nil, []string{"--connect", s.URL}, 2, 0, "wants a key: this key is not known · keep one that it takes: `aimo3 auth set connect`"},
		{"a wrong key", []string{"AIMO3_CONNECT_KEY", "wrong"}, []string{"--connect", s.URL}, 2, 0, "rejected this key: this key is not known"},
		{"a key for all to read", []string{"AIMO3_CONNECT_KEY", "right"}, []string{"--connect", "http://solver.example"}, 2, 0, "for all on the way to read · use https"},
		{"no address", nil, []string{"--connect", "localhost:8000"}, 2, 0, "has no http:// or https:// before it"},
		{"a rival", nil, []string{"--connect", s.URL, "--host", "box", "--db", "x"}, 2, 0, "--connect cannot be used together with --db and --host"},
		{"another", nil, []string{"--connect", s.URL, "--no-save"}, 2, 0, "--connect cannot be used together with --no-save"},
		{"one that is in a plan's place", nil, []string{"--connect", s.URL, "--unsafe-python"}, 2, 0, "--connect cannot be used together with --unsafe-python"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t)
			b.terminals = true
			for i := 0; i < len(tt.env); i += 2 {
				b.env[tt.env[i]] = tt.env[i+1]
			}
			code := b.run(tt.args...)
			if said := b.err.String(); code != tt.code || !strings.Contains(said, tt.want) || strings.Contains(said, "wrong\n") {
				t.Fatalf("exit %d, want %d; it said %s, want %q", code, tt.code, said, tt.want)
			}
			if tt.code != 0 {
				return
			}
			if b.shown == nil || (b.shown.Store == nil) != (b.shown.Remote != nil) || b.shown.Plan.Samples != tt.samples || (tt.samples > 0) != (b.shown.Remote != nil && b.shown.Plan.Stop == engine.StopNone) {
				t.Errorf("shown %+v", b.shown)
			}
		})
	}
}
