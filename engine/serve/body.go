package serve

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
)

// maxComing bounds the bodies that are received at one moment, in bytes; one whose size
// is not known counts as the largest.
const maxComing = 64 << 20

// checkBody reads the body of a request, which is JSON that is not too large and not
// too deep, or refuses it. So no handler waits for a client.
func (s *API) checkBody(w http.ResponseWriter, r *http.Request) *huma.ErrorModel {
	if r.ContentLength == 0 || r.Body == nil {
		return nil
	}
	if p := s.checkKind(r); p != nil {
		w.Header().Set("Connection", "close") // the body is not read
		return p
	}
	limit := s.bounds.bodyBytes
	coming := r.ContentLength
	if coming < 0 {
		coming = limit
	}
	defer s.coming.Add(-coming)
	if s.coming.Add(coming) > maxComing {
		w.Header().Set("Connection", "close")
		w.Header().Set("Retry-After", retryAfter)
		return problem(http.StatusServiceUnavailable, "full", "too many large requests are on their way")
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
	var network net.Error
	switch {
	case errors.As(err, new(*http.MaxBytesError)):
		return tooLarge(limit)
	case errors.As(err, &network) && network.Timeout():
		return problem(http.StatusRequestTimeout, "request_timeout", "the body did not come in time")
	case err != nil:
		return badRequest("the body could not be read")
	case !utf8.Valid(body):
		return badRequest("the body is not UTF-8")
	case depth(body) > s.bounds.depth:
		return badRequest(fmt.Sprintf("the JSON is deeper than %d levels", s.bounds.depth))
	}
	if name, twice := repeated(body); twice {
		return badRequest(fmt.Sprintf("the JSON has the name %.60q twice in one object", name))
	}
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	return nil
}

// checkKind refuses bodies by what the header says of them.
func (s *API) checkKind(r *http.Request) *huma.ErrorModel {
	if r.ContentLength > s.bounds.bodyBytes {
		return tooLarge(s.bounds.bodyBytes)
	}
	if r.Method == http.MethodGet || r.Method == http.MethodHead || r.Method == http.MethodDelete {
		return badRequest("a " + r.Method + " request has no body")
	}
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return problem(http.StatusUnsupportedMediaType, "unsupported_media_type", "send JSON, with Content-Type: application/json")
	}
	if coding := r.Header.Get("Content-Encoding"); coding != "" && coding != "identity" {
		return problem(http.StatusUnsupportedMediaType, "unsupported_media_type", "send the body as it is, without Content-Encoding")
	}
	return nil
}

func badRequest(detail string) *huma.ErrorModel {
	return problem(http.StatusBadRequest, "bad_request", detail)
}

func tooLarge(limit int64) *huma.ErrorModel {
	return problem(http.StatusRequestEntityTooLarge, "too_large", fmt.Sprintf("a body has at most %d bytes", limit))
}

// depth is how deep the arrays and objects of a JSON text lie in each other.
func depth(text []byte) int {
	deepest, now, quoted := 0, 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '[' || c == '{':
			now++
			deepest = max(deepest, now)
		case c == ']' || c == '}':
			now--
		}
	}
	return deepest
}
