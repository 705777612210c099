package serve

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"path"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/secure/audit"
)

// guard is what every request passes before a handler sees it. Each check says in one
// line why it refuses.
func (s *API) guard(next http.Handler) http.Handler {
	checks := []func(http.ResponseWriter, *http.Request) *huma.ErrorModel{
		s.checkPath, s.checkHost, checkOrigin, s.checkCaller,
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		out := &reply{ResponseWriter: w, control: http.NewResponseController(w), timeout: s.bounds.write}
		r = r.WithContext(context.WithValue(r.Context(), callKey{}, &call{request: rand.Text()[:12]}))
		begun := s.with.Now()
		defer s.told(out, r, begun)
		header := out.Header()
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("Cache-Control", "no-store")
		header.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		header.Set("X-Request-Id", requestOf(r.Context()))
		if len(r.TransferEncoding) > 0 { // a length may have stood beside it, by which a proxy sees the next request elsewhere (RFC 9112, 6.1)
			header.Set("Connection", "close")
		}
		for _, check := range checks {
			if p := check(out, r); p != nil {
				refuse(out, r, p)
				return
			}
		}
		c := callOf(r.Context())
		ctx, leave := s.inFlight.enter(audit.As(r.Context(), c.named()), c.who)
		defer leave()
		next.ServeHTTP(out, r.WithContext(ctx))
	})
}

// call is what is known of a request before it is handled.
type call struct {
	request string  // its number, as in the log
	who     string  // the ID of a key, or local; "" if that is not known
	scopes  []Scope // of the key
	open    bool    // no key is asked for
	read    bool    // its body was read and checked
}

// may says whether who asks may do what a scope is for.
func (c *call) may(s Scope) bool { return c.open || slices.Contains(c.scopes, s) }

// named is who asks, as the audit log calls them.
func (c *call) named() string {
	if c.who == "" || c.who == local {
		return c.who
	}
	return "key " + c.who
}

type callKey struct{}

func callOf(ctx context.Context) *call {
	c, _ := ctx.Value(callKey{}).(*call)
	return c
}

func requestOf(ctx context.Context) string { return callOf(ctx).request }

// told ends every request: what a handler threw becomes an answer or, if part of one was
// sent, cuts that off; and the log is told, and the audit log of what was refused. The log
// holds no query, which may be words of a problem.
func (s *API) told(out *reply, r *http.Request, begun time.Time) {
	thrown, sent := recover(), out.status != 0
	if thrown != nil && thrown != http.ErrAbortHandler { //nolint:errorlint // the very value
		s.with.Log.Error("panic", "request", requestOf(r.Context()), "type", fmt.Sprintf("%T", thrown), "stack", string(debug.Stack()))
		s.with.Log.Debug("panic", "request", requestOf(r.Context()), "what", withoutSecrets(fmt.Sprint(thrown), r)) // which may quote a problem
	}
	if thrown != nil && !sent {
		refuse(out, r, problem(http.StatusInternalServerError, "internal", "an error of the server: see its log"))
	}
	c := callOf(r.Context())
	s.with.Log.Info("request", "request", c.request, "who", c.who, "from", r.RemoteAddr, "method", r.Method, "path", r.URL.Path,
		"status", out.status, "took_ns", s.with.Now().Sub(begun))
	if s.with.Answered != nil && out.status != 0 && strings.HasPrefix(r.URL.Path, "/v1/") {
		s.with.Answered(out.status)
	}
	switch out.status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests:
		s.refused.Add(c.named(), hostname(r.RemoteAddr), out.status)
	}
	if thrown != nil && sent {
		panic(http.ErrAbortHandler) // net/http cuts the connection
	}
}

// minSecret is how many characters a word has that may be a secret; shorter ones stand
// within other words.
const minSecret = 8

// withoutSecrets hides in a text what a request shows to be let in.
func withoutSecrets(text string, r *http.Request) string {
	for _, name := range []string{"Authorization", "Proxy-Authorization", "Cookie", "Signature"} {
		for _, shown := range r.Header.Values(name) {
			for _, word := range append([]string{shown}, strings.Fields(shown)...) {
				if len(word) >= minSecret {
					text = strings.ReplaceAll(text, word, engine.Hidden)
				}
			}
		}
	}
	return engine.HideSecrets(text)
}

// checkPath refuses paths that net/http would answer with a redirect, which is HTML.
func (s *API) checkPath(_ http.ResponseWriter, r *http.Request) *huma.ErrorModel {
	if p := r.URL.Path; r.Method == http.MethodConnect || p != "/" && path.Clean(p) != p || !strings.HasPrefix(p, "/") {
		return problem(http.StatusNotFound, "not_found", "there is nothing at this path")
	}
	return nil
}

// reply is a response whose client must take what is written within a time, however
// long the whole of it lasts.
type reply struct {
	http.ResponseWriter
	control *http.ResponseController
	timeout time.Duration
	status  int
}

func (r *reply) WriteHeader(status int) {
	if r.status == 0 || r.status < http.StatusOK {
		r.status = status
	}
	r.extend()
	r.ResponseWriter.WriteHeader(status)
}

func (r *reply) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	r.extend()
	return r.ResponseWriter.Write(b)
}

// FlushError sends what was written.
func (r *reply) FlushError() error {
	r.extend()
	return r.control.Flush()
}

// Unwrap is for http.ResponseController.
func (r *reply) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// extend begins the time anew; a connection that has no deadlines needs none.
func (r *reply) extend() { _ = r.control.SetWriteDeadline(time.Now().Add(r.timeout)) }
