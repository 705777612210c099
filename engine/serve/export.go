package serve

import (
	"context"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/secure/audit"
	"github.com/aimo3/aimo3/engine/wire"
)

type exporting struct {
	ID     string `path:"id" minLength:"1" maxLength:"64" doc:"ID of the attempt"`
	Format string `query:"format" enum:"json,jsonl,md" default:"json" doc:"json is one object with what every sample said, jsonl every event, md a document"`
}

func (s *API) exportRoute(api huma.API) {
	text := &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString}}
	op := operation("export-attempt", http.MethodGet, "/v1/attempts/{id}/export", "Export an attempt", 404, 409)
	op.Responses = map[string]*huma.Response{"200": {Description: "the attempt", Content: map[string]*huma.MediaType{
		"application/json":     {Schema: api.OpenAPI().Components.Schemas.Schema(typeOf[wire.Attempt](), true, "")},
		"application/x-ndjson": text, "text/markdown": text,
	}}}
	huma.Register(api, op, s.export)
}

func (s *API) export(ctx context.Context, in *exporting) (*huma.StreamResponse, error) {
	id := engine.AttemptID(in.ID)
	a, err := s.kept(ctx, id)
	if err != nil {
		return nil, refusal(err)
	}
	if in.Format == "jsonl" {
		return s.as("application/x-ndjson", in, func(w http.ResponseWriter, r *http.Request) error {
			return s.eachEvent(r.Context(), id, func(e engine.Event) error { return wire.WriteLine(w, e) })
		}), nil
	}
	p, err := s.progress(ctx, id)
	switch {
	case err != nil:
		return nil, refusal(err)
	case in.Format == "json":
		of := wire.Of(p, true)
		of.Marks = a.Marks
		return s.as("application/json", in, func(w http.ResponseWriter, _ *http.Request) error { return wire.WriteJSON(w, of) }), nil
	case s.with.Markdown == nil:
		return nil, problem(http.StatusUnprocessableEntity, "invalid", "query.format: this server writes no documents")
	}
	return s.as("text/markdown; charset=utf-8", in, func(w http.ResponseWriter, _ *http.Request) error { return s.with.Markdown(w, p, a.Marks) }), nil
}

// as is a file of that type that write writes.
func (s *API) as(kind string, in *exporting, write func(http.ResponseWriter, *http.Request) error) *huma.StreamResponse {
	return &huma.StreamResponse{Body: func(c huma.Context) {
		r, w := humago.Unwrap(c)
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Content-Disposition", fmt.Sprintf(`attachment; filename="%s.%s"`, safeName(in.ID), in.Format))
		if err := s.with.Audit.Did(r.Context(), audit.Export, in.ID, write(w, r)); err != nil {
			s.giveUp(w, r, err)
		}
	}}
}

// safeName is an ID without what no ID of this program has.
func safeName(id string) string {
	out := []byte(id)
	for i, c := range out {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '-' {
			out[i] = '_'
		}
	}
	return string(out)
}
