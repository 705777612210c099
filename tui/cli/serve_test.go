package cli

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine/serve"
)

// TestServeRefused: what would be open to a network is refused, in one line.
func TestServeRefused(t *testing.T) {
	b := newBench(t).boxes("336")
	for args, want := range map[string]string{
		"--listen 0.0.0.0:0":                            "there is no key",
		"--listen 8000":                                 "no host and port",
		"--listen 127.0.0.1:0 --tls-cert x":             "needs a certificate and its key",
		"--listen 127.0.0.1:0 --tls-cert x --tls-key y": "cannot use the certificate",
		"--attempts 0":                                  "is not a whole number from 1",
		"--checkpoints x --otlp ftp://x":                "--otlp",
		"--no-save":                                     "unknown flag --no-save",
		"now":                                           "takes no arguments",
	} {
		b.wantCode(b.run(append([]string{"serve"}, strings.Fields(args)...)...), exitUsage)
		if !strings.Contains(b.err.String(), want) || strings.Count(b.err.String(), "\n") != 1 {
			t.Errorf("serve %s: %q, want one line with %q", args, b.err.String(), want)
		}
	}
}

// TestServeAsksForKeys: as soon as there is a key, who has one is let in as what it may do,
// and not more often than it may; a revoked one lets nobody in. The server that asks was
// made when there was none.
func TestServeAsksForKeys(t *testing.T) {
	b := newBench(t)
	store, err := b.program().Open(t.Context(), b.path(), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	var o serve.Options
	r := &serving{shell: newShell(b.program(), nil, nil, &b.out, &b.err)}
	r.set.Rate = 20
	r.callers(store, &o)
	check := func(bearer string, open bool) (serve.Who, error) {
		request := httptest.NewRequest(http.MethodGet, "http://localhost/v1/models", nil)
		if bearer != "" {
			request.Header.Set("Authorization", "Bearer "+bearer)
		}
		return o.Check(request, open, nil)
	}
	if who, err := check("", false); err != nil || who.ID != "" {
		t.Errorf("without a key one is asked for: %+v, %v", who, err)
	}
	b.wantCode(b.run("auth", "key", "create", "--name", "grader", "--scope", "solve,metrics"), 0)
	bearer := strings.TrimSpace(b.out.String())
	who, err := check(bearer, false)
	if err != nil || who.ID != strings.Split(bearer, "_")[1] || !slices.Equal(who.Scopes, []serve.Scope{serve.Solve, serve.Metrics}) {
		t.Errorf("the key is %+v, %v", who, err)
	}
	for _, wrong := range []string{"", bearer + "x"} {
		if _, err := check(wrong, false); !errors.As(err, new(*serve.Denied)) {
			t.Errorf("%q is let in, or %v", wrong, err)
		}
	}
	for n, want := range []bool{true, true, false} {
		if left, got := o.Allow(who.ID, 10); got != want || left.Limit != 20 || (left.Retry > 0) == want || left.Retry > 30*time.Second {
			t.Errorf("attempt %d: %v, %+v", n+1, got, left)
		}
	}
	for range 100 {
		if _, ok := o.AllowFrom("192.0.2.1", 1); !ok {
			t.Fatal("what is given back is not there")
		}
		o.AllowFrom("192.0.2.1", -1)
	}
	for n, want := range []bool{true, true, false} {
		if left, got := o.AllowFrom(fmt.Sprintf("2001:db8::%d", n), 10); got != want || (left.Retry > 0) == want {
			t.Errorf("address %d of one network: %v, %+v", n+1, got, left)
		}
	}
	b.wantCode(b.run("auth", "key", "revoke", who.ID), 0)
	for _, shown := range []string{bearer, ""} {
		if _, err := check(shown, false); err == nil {
			t.Errorf("%q is let in though the key is revoked", shown)
		}
	}
}
