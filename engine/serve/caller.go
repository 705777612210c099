package serve

import (
	"fmt"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/aimo3/aimo3/engine"
)

// local is who asks where no keys are asked for.
const local = "local"

// cost is what a request counts for against a limit: to have something attempted is
// dear, all else is not.
const (
	cheap = 1
	dear  = 10
)

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
	if r.URL.Path == livePath || r.URL.Path == readyPath {
		return nil
	}
	c := callOf(r.Context())
	if s.with.Check == nil {
		c.who, c.open = local, true
	} else {
		who, err := s.with.Check(r.Context(), bearer(r))
		if engine.ClassOf(err) == engine.Storage { // whether the key is right is not known
			s.with.Log.Warn("keys not read", "request", c.request, "what", engine.Hint(err))
			w.Header().Set("Retry-After", retryAfter)
			return problem(http.StatusServiceUnavailable, string(engine.Storage), "keys cannot be read now: see the server's log")
		}
		if err != nil {
			w.Header().Set("WWW-Authenticate", `Bearer realm="aimo3"`)
			return problem(http.StatusUnauthorized, "unauthorized", "give a valid key as Authorization: Bearer KEY")
		}
		c.who, c.scopes = who.ID, who.Scopes
		if needed := scopesOf(r); !slices.ContainsFunc(needed, c.may) {
			return problem(http.StatusForbidden, "wrong_scope", fmt.Sprintf("the key has not the scope %q", needed[0]))
		}
	}
	if s.with.Verify != nil {
		if err := s.with.Verify(r); err != nil {
			return problem(http.StatusUnauthorized, "wrong_signature", "the signature of the request does not fit")
		}
	}
	return s.checkRate(w, r, c.who)
}

func bearer(r *http.Request) string {
	scheme, key, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(key)
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

func (s *API) checkRate(w http.ResponseWriter, r *http.Request, who string) *huma.ErrorModel {
	if s.with.Allow == nil || s.with.Check == nil { // who asks from this machine is bounded by the queue
		return nil
	}
	cost := cheap
	if r.Method == http.MethodPost && (r.URL.Path == "/v1/attempts" || r.URL.Path == "/v1/chat/completions") {
		cost = dear
	}
	left, allowed := s.with.Allow(who, cost)
	if left.Window > 0 {
		w.Header().Set("RateLimit-Policy", fmt.Sprintf(`"default";q=%d;w=%d`, left.Limit, seconds(left.Window)))
		w.Header().Set("RateLimit", fmt.Sprintf(`"default";r=%d;t=%d`, left.Remaining, seconds(left.Reset)))
	}
	if allowed {
		return nil
	}
	w.Header().Set("Retry-After", strconv.Itoa(max(seconds(left.Retry), 1)))
	return problem(http.StatusTooManyRequests, "rate_limited", "too many requests with this key")
}

// seconds are those of d, rounded up.
func seconds(d time.Duration) int { return int((d + time.Second - 1) / time.Second) }
