package ollama_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/ollama"
	fake "github.com/aimo3/aimo3/engine/ollama/ollamatest"
)

// An address that gives access is used and never told, whatever goes wrong.
func TestSecretsOfAnAddressAreSentAndNotTold(t *testing.T) {
	var name, password, path, query string
	var mu sync.Mutex // requests overlap: a model is watched while it is asked
	gate := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		name, password, _ = r.BasicAuth()
		path, query = r.URL.EscapedPath(), r.URL.RawQuery
		http.Error(w, fmt.Sprintf("cannot %s http://%s:%s@%s%s?%s for %s", r.Method, name, password, r.Host, path, query, r.Header.Get("Authorization")), map[bool]int{true: 404, false: 500}[r.Method == http.MethodGet])
	}))
	defer gate.Close()
	host := strings.TrimPrefix(gate.URL, "http://")
	model := ggufFile(t, "general.architecture", "llama")
	for _, row := range []struct{ in, name, password, path, query string }{
		{"http://alice:SECRETpw@" + host, "alice", "SECRETpw", "/api/version", ""},
		{"SECRETtoken@" + host, "SECRETtoken", "", "/api/version", ""},
		{"HTTP://alice:SECRET%40%2F%3Apw@" + host, "alice", "SECRET@/:pw", "/api/version", ""},
		{host + "/SECRETpath/", "", "", "/SECRETpath/api/version", ""},
		{host + "/SECRET%20%2Fpath", "", "", "/SECRET%20%2Fpath/api/version", ""},
		{"alice:SECRETpw@" + host + "/SECRETpath?key=SECRETkey", "alice", "SECRETpw", "/SECRETpath/api/version", "key=SECRETkey"},
	} {
		c, err := ollama.New(row.in)
		if err != nil {
			t.Fatal(engine.Hint(err))
		}
		s := c.Server(t.Context())
		mu.Lock()
		if name != row.name || password != row.password || path != row.path || query != row.query {
			t.Errorf("%s: sent %q %q to %s?%s", row.in, name, password, path, query)
		}
		mu.Unlock()
		told := []string{c.Host(), s.Host, engine.Hint(s.Fault)}
		_, _, err = stream(t, c, engine.Ask{Model: "m"})
		told = append(told, engine.Hint(err))
		_, err = c.Show(t.Context(), "m")
		told = append(told, engine.Hint(err))
		tell := func(p engine.Pull) { told = append(told, p.Status) }
		told = append(told, engine.Hint(c.Pull(t.Context(), "m", tell)), engine.Hint(c.Import(t.Context(), model, "m", tell)))
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		told = append(told, engine.Hint(c.Pull(gone, "m", tell)))
		wantUntold(t, row.in, told, "SECRET", url.PathEscape("SECRET@/:pw"), "QUxJQ0", "YWxpY2U6")
		if !strings.Contains(c.Host(), host) {
			t.Errorf("%s is shown as %s", row.in, c.Host())
		}
	}
}

func wantUntold(t *testing.T, what string, told []string, secrets ...string) {
	t.Helper()
	for _, text := range told {
		for _, secret := range secrets {
			if strings.Contains(text, secret) {
				t.Errorf("%s is told: %s", what, text)
			}
		}
	}
}

// So it is where a server repeats a part of its address alone. What names a place in
// it is no secret.
func TestPartsOfAnAddressAreNotTold(t *testing.T) {
	var said atomic.Value
	said.Store("")
	gate := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, said.Load().(string), http.StatusInternalServerError) //nolint:forcetypeassert // see above
	}))
	defer gate.Close()
	for _, row := range []struct{ behind, said, want string }{
		{"/t/SECRETtoken/ollama", "no token SECRETtoken", "no token ***"},
		{"/SECRET%2Ftoken", "no token SECRET/token, nor SECRET%2Ftoken", "no token ***, nor ***"},
		{"/?key=SECRET%2Fkey&SECRETname", "no key SECRET/key, nor SECRET%2Fkey, nor SECRETname", "no key ***, nor ***, nor ***"},
		{"/ollama/v1", "ollama v1 is away", "ollama v1 is away"},
	} {
		said.Store(row.said)
		_, _, err := stream(t, newClient(t, gate.URL+row.behind), engine.Ask{Model: "m"})
		if got := engine.Hint(err); !strings.Contains(got, row.want) || strings.Contains(got, "SECRET") {
			t.Errorf("%s, and the server says %q: %s, want %q", row.behind, row.said, got, row.want)
		}
	}
}

// So it is where the address cannot be read or reached, and where a redirect
// holds one.
func TestSecretsOfABadAddressAreNotTold(t *testing.T) {
	bad := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", "http://alice:SECRET@%zz/?SECRET")
		w.WriteHeader(http.StatusFound)
	}))
	defer bad.Close()
	for _, in := range []string{
		"ftp://alice:SECRET@h", "http://alice:SECRET@h:x", "http://alice:SECRET@h:0", "http://alice:SECRET@a b", "http://alice:SE/CRET@h", "http://alice:SECRET%40h:1",
		"alice:SECRET@h:1:2", "h:x/SECRET", "h?SECRET", "h#SECRET", "h:99999?token=SECRET", "HTTPX://SECRET@h", "http:/alice:SECRET@h", "http//alice:SECRET@h", "alice:SECRET%2540h:1:1@[",
		"alice:SECRET@" + closedPort(t), "alice:SECRET@no-such-host.invalid", "alice:SECRET@" + strings.TrimPrefix(bad.URL, "http://"), bad.URL + "/SECRET",
		"https://alice:SECRET@" + strings.TrimPrefix(bad.URL, "http://"),
	} {
		f := &ollama.Finder{Host: in, Explicit: true}
		s := f.Server(t.Context())
		_, err := f.Ensure(t.Context())
		if s.Fault == nil || err == nil {
			t.Fatalf("%s: no fault", in)
		}
		all, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		wantUntold(t, in, []string{string(all), engine.Hint(s.Fault), engine.Hint(err), s.Fault.Error()}, "SECRET", "CRET")
		_ = f.Close()
	}
}

// A server behind a path and a password is as good as another.
func TestServerBehindAPath(t *testing.T) {
	srv := fake.NewServer(t)
	srv.Install(fake.Model{Name: "qwen3:8b"})
	to, _ := url.Parse(srv.URL)
	proxy := httptest.NewServer(http.StripPrefix("/my ollama", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if name, password, _ := r.BasicAuth(); name != "alice" || password != "p:w" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		resp, err := http.Get(to.JoinPath(r.URL.Path).String()) //nolint:noctx // a test
		if err != nil {
			return
		}
		defer resp.Body.Close()
		_, _ = io.Copy(w, resp.Body)
	})))
	defer proxy.Close()
	s := newClient(t, "http://alice:p:w@"+strings.TrimPrefix(proxy.URL, "http://")+"/my%20ollama").Server(t.Context())
	if s.Fault != nil || len(s.Models) == 0 {
		t.Errorf("%+v", s)
	}
}
