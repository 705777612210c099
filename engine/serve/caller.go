package serve

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/aimo3/aimo3/engine"
)

// local is who asks where no keys are asked for.
const local = "local"

// checkHost refuses names that are not this server's, so that no page can reach it by a
// name of its own that it has lead here.
func (s *API) checkHost(_ http.ResponseWriter, r *http.Request) *huma.ErrorModel {
	name := strings.ToLower(hostname(r.Host))
	if name == "localhost" || slices.ContainsFunc(s.with.Hosts, func(own string) bool { return strings.EqualFold(own, name) }) {
		return nil
	}
	if ip := net.ParseIP(name); ip != nil && ip.IsLoopback() {
		return nil
	}
	return problem(http.StatusMisdirectedRequest, "wrong_host", fmt.Sprintf("this server is not called %.60q", name))
}

// hostname is a host without its port and brackets.
func hostname(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		return name
	}
	return strings.Trim(host, "[]")
}

// checkOrigin refuses what a page of another site has a browser ask.
func checkOrigin(_ http.ResponseWriter, r *http.Request) *huma.ErrorModel {
	site := r.Header.Get("Sec-Fetch-Site")
	if http.NewCrossOriginProtection().Check(r) != nil || site == "cross-site" || site == "same-site" {
		return problem(http.StatusForbidden, "cross_origin", "pages of other sites may not ask this server")
	}
	return nil
}

// checkCaller finds out who asks, and whether they may, and may now.
func (s *API) checkCaller(w http.ResponseWriter, r *http.Request) *huma.ErrorModel {
	c := callOf(r.Context())
	switch {
	case r.URL.Path == livePath || r.URL.Path == readyPath:
		return nil
	case s.with.Check == nil:
		c.who, c.open = local, true
		return nil
	}
	give, p := s.checkAddress(w, r)
	if p != nil {
		return p
	}
	who, err := s.with.Check(r, s.open, s.readBody(w))
	if denied := new(Denied); errors.As(err, &denied) {
		w.Header().Set("WWW-Authenticate", `Bearer realm="aimo3"`)
		return problem(http.StatusUnauthorized, "unauthorized", fmt.Sprintf("%.300s", strings.Join(strings.Fields(denied.Why), " ")))
	}
	if err != nil {
		give()
		return s.unread(w, r, err)
	}
	if who.ID == "" {
		give()
		c.who, c.open = local, true
		return nil
	}
	c.who, c.scopes = who.ID, who.Scopes
	if needed := scopesOf(r); !slices.ContainsFunc(needed, c.may) {
		return problem(http.StatusForbidden, "wrong_scope", fmt.Sprintf("the key has not the scope %q", needed[0]))
	}
	give()
	return s.checkRate(w, r, c.who)
}

// unread is the answer where it is not known whose request it is: its body cannot be had,
// or keys cannot.
func (s *API) unread(w http.ResponseWriter, r *http.Request, err error) *huma.ErrorModel {
	var p *huma.ErrorModel
	if errors.As(err, &p) {
		return p
	}
	s.with.Log.Warn("keys not read", "request", requestOf(r.Context()), "what", engine.Hint(err))
	w.Header().Set("Retry-After", retryAfter)
	return problem(http.StatusServiceUnavailable, string(engine.Storage), "keys cannot be read now: see the server's log")
}

// readBody reads the body of a signed request, as handlers find it.
func (s *API) readBody(w http.ResponseWriter) func(*http.Request) ([]byte, error) {
	return func(r *http.Request) ([]byte, error) {
		if p := s.checkBody(w, r); p != nil {
			return nil, p
		}
		callOf(r.Context()).read = true
		if r.ContentLength == 0 || r.Body == nil {
			return nil, nil
		}
		body, err := io.ReadAll(r.Body) // from memory
		r.Body = io.NopCloser(bytes.NewReader(body))
		return body, err
	}
}

// scopesOf are the scopes of which a request needs one.
func scopesOf(r *http.Request) []Scope {
	switch r.URL.Path {
	case "/metrics":
		return []Scope{Metrics}
	case "/health":
		return []Scope{Metrics, Solve, Admin}
	}
	return []Scope{Solve}
}
