package serve

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/aimo3/aimo3/engine/wire"
)

// routes are what can be asked. The description at /openapi.json is made of their types.
func (s *API) routes() http.Handler {
	mux := http.NewServeMux()
	format := huma.Format{Marshal: func(w io.Writer, v any) error { return wire.WriteLine(w, v) }, Unmarshal: unmarshal}
	api := humago.New(mux, huma.Config{
		OpenAPI: &huma.OpenAPI{
			Info: &huma.Info{Title: "aimo3", Version: cmp.Or(s.with.Version, "dev"), Description: "Attempts at olympiad mathematics by a local language model."},
			Components: &huma.Components{
				Schemas:         huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer),
				SecuritySchemes: map[string]*huma.SecurityScheme{"key": {Type: "http", Scheme: "bearer", Description: "not asked for on loopback"}},
			},
			Security: []map[string][]string{{}, {"key": {}}},
		},
		OpenAPIPath: "/openapi", Formats: map[string]huma.Format{"application/json": format, "json": format}, DefaultFormat: "application/json",
		RejectUnknownQueryParameters: true, Transformers: []huma.Transformer{complete},
	})
	s.attemptRoutes(api)
	s.steerRoutes(api)
	s.eventRoutes(api)
	s.chatRoutes(api)
	s.otherRoutes(api)
	s.standingRoutes(api)
	s.healthRoutes(api)
	describe(api.OpenAPI().Components.Schemas.Map())
	if s.with.Metrics != nil {
		mux.HandleFunc("GET /metrics", s.metrics)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if handler, pattern := mux.Handler(r); pattern == "" {
			nowhere(w, r, handler)
			return
		}
		if !callOf(r.Context()).read {
			if p := s.checkBody(w, r); p != nil {
				refuse(w, r, p)
				return
			}
		}
		mux.ServeHTTP(w, r)
	})
}

// unmarshal reads JSON, and says what is wrong with it in words of JSON.
func unmarshal(text []byte, v any) error {
	err := json.Unmarshal(text, v)
	if wrong := new(json.UnmarshalTypeError); errors.As(err, &wrong) {
		return fmt.Errorf("%s cannot be %s: whole numbers are written without a point", wrong.Field, wrong.Value)
	}
	return err
}

// describe adds what huma cannot tell from the types: a verdict may be null, and what
// may stand in a problem is checked with words of our own.
func describe(schemas map[string]*huma.Schema) {
	for _, of := range schemas {
		if verdict := of.Properties["verdict"]; verdict != nil && verdict.Ref != "" && slices.Contains(of.Required, "verdict") {
			of.Properties["verdict"] = &huma.Schema{OneOf: []*huma.Schema{verdict, {Type: "null"}}}
		}
	}
	schemas["Wish"].Properties["problem"].Pattern = `^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$`
}

// nowhere answers in our own form where net/http found no handler.
func nowhere(w http.ResponseWriter, r *http.Request, found http.Handler) {
	said := unsent{http.Header{}, http.StatusOK}
	found.ServeHTTP(&said, r)
	if said.status != http.StatusMethodNotAllowed {
		refuse(w, r, problem(http.StatusNotFound, "not_found", "there is nothing at this path"))
		return
	}
	w.Header().Set("Allow", said.header.Get("Allow"))
	refuse(w, r, problem(http.StatusMethodNotAllowed, "method_not_allowed", "this path does not know the method "+r.Method))
}

// unsent is a response of which only the status and the header matter.
type unsent struct {
	header http.Header
	status int
}

// Header is what was set.
func (u *unsent) Header() http.Header { return u.header }

// WriteHeader takes the status.
func (u *unsent) WriteHeader(status int) { u.status = status }

func (u *unsent) Write(b []byte) (int, error) { return len(b), nil }

// operation describes one of them.
func operation(id, method, path, summary string, errors ...int) huma.Operation {
	errors = append(errors, http.StatusUnauthorized, http.StatusForbidden, http.StatusMisdirectedRequest, http.StatusTooManyRequests, http.StatusServiceUnavailable)
	return huma.Operation{
		OperationID: id, Method: method, Path: path, Summary: summary, Errors: errors,
		BodyReadTimeout: -1, // the guard has read it
	}
}
