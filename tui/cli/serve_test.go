package cli

import (
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

// TestServeAsksForKeys: once there is a key, who has one is let in as what it may do, and
// not more often than it may; a revoked one lets nobody in.
func TestServeAsksForKeys(t *testing.T) {
	b := newBench(t)
	serving := func() serve.Options {
		t.Helper()
		store, err := b.program().Open(t.Context(), b.path(), nil)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = store.Close() })
		var o serve.Options
		r := &serving{shell: newShell(b.program(), nil, nil, &b.out, &b.err), rate: 20}
		if err := r.callers(t.Context(), r.keys(store), &o); err != nil {
			t.Fatal(err)
		}
		return o
	}
	if o := serving(); o.Check != nil || o.Allow != nil {
		t.Error("without a key one is asked for")
	}
	b.wantCode(b.run("auth", "key", "create", "--name", "grader", "--scope", "solve,metrics"), 0)
	bearer := strings.TrimSpace(b.out.String())
	o := serving()
	who, err := o.Check(t.Context(), bearer)
	if err != nil || who.ID != strings.Split(bearer, "_")[1] || !slices.Equal(who.Scopes, []serve.Scope{serve.Solve, serve.Metrics}) {
		t.Errorf("the key is %+v, %v", who, err)
	}
	if _, err := o.Check(t.Context(), bearer+"x"); err == nil {
		t.Error("a key that is not one is let in")
	}
	for n, want := range []bool{true, true, false} {
		if left, got := o.Allow(who.ID, 10); got != want || left.Limit != 20 || (left.Retry > 0) == want || left.Retry > 30*time.Second {
			t.Errorf("attempt %d: %v, %+v", n+1, got, left)
		}
	}
	b.wantCode(b.run("auth", "key", "revoke", who.ID), 0)
	if _, err := o.Check(t.Context(), bearer); err == nil {
		t.Error("a revoked key is let in")
	}
}
