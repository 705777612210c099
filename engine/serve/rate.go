package serve

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
)

// cost is what a request counts for against a limit: to have something attempted is
// dear, all else is not.
const (
	cheap = 1
	dear  = 10
)

// checkAddress takes from an address what a request costs that is refused for what it
// shows, before that is looked at: so however many come at once, keys cannot be guessed
// faster than that. Whose key is right gives it back. An address that is a proxy's is
// nobody's, and who shows nothing where no key is needed has nothing to guess.
func (s *API) checkAddress(w http.ResponseWriter, r *http.Request) (give func(), p *huma.ErrorModel) {
	nothing := r.Header.Get("Authorization") == "" && r.Header.Get("Signature") == "" && r.Header.Get("Signature-Input") == ""
	if s.with.AllowFrom == nil || s.proxied || s.open && nothing {
		return func() {}, nil
	}
	from := hostname(r.RemoteAddr)
	left, allowed := s.with.AllowFrom(from, cheap)
	if !allowed {
		return nil, tooMany(w, left, "too many requests of this address were refused")
	}
	return func() { s.with.AllowFrom(from, -cheap) }, nil
}

// takesSamples says whether a request has a model asked.
func takesSamples(r *http.Request) bool {
	path := r.URL.Path
	if r.Method != http.MethodPost {
		return false
	}
	return path == "/v1/attempts" || path == "/v1/chat/completions" || strings.HasSuffix(path, "/extend") || strings.HasSuffix(path, "/samples")
}

func (s *API) checkRate(w http.ResponseWriter, r *http.Request, who string) *huma.ErrorModel {
	if s.with.Allow == nil {
		return nil
	}
	cost := cheap
	if takesSamples(r) {
		cost = dear
	}
	left, allowed := s.with.Allow(who, cost)
	if !allowed {
		return tooMany(w, left, "too many requests with this key")
	}
	tellLimits(w, left)
	return nil
}

func tooMany(w http.ResponseWriter, left Limits, what string) *huma.ErrorModel {
	tellLimits(w, left)
	w.Header().Set("Retry-After", strconv.Itoa(max(seconds(left.Retry), 1)))
	return problem(http.StatusTooManyRequests, "rate_limited", what)
}

// tellLimits has an answer say how much is left.
func tellLimits(w http.ResponseWriter, left Limits) {
	if left.Window > 0 {
		w.Header().Set("RateLimit-Policy", fmt.Sprintf(`"default";q=%d;w=%d`, left.Limit, seconds(left.Window)))
		w.Header().Set("RateLimit", fmt.Sprintf(`"default";r=%d;t=%d`, left.Remaining, seconds(left.Reset)))
	}
}

// seconds are those of d, rounded up.
func seconds(d time.Duration) int { return int((d + time.Second - 1) / time.Second) }
