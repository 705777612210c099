package serve

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/wire"
)

type marking struct {
	ID   string `path:"id" minLength:"1" maxLength:"64" doc:"ID of the attempt"`
	Body engine.Marks
}

type marked struct {
	Body struct {
		Version int          `json:"version"`
		Marks   engine.Marks `json:"marks"`
	}
}

func (s *API) markRoute(api huma.API) {
	huma.Register(api, operation("mark-attempt", http.MethodPut, "/v1/attempts/{id}/marks", "Say something of an attempt, in place of what was said before", 400, 404, 409, 413, 415, 422), s.mark)
}

// mark keeps what a person says of an attempt.
func (s *API) mark(ctx context.Context, in *marking) (*marked, error) {
	a, err := s.kept(ctx, engine.AttemptID(in.ID))
	if err != nil {
		return nil, refusal(err)
	}
	out := &marked{}
	out.Body.Version = wire.Version
	if out.Body.Marks, err = s.with.Store.Mark(ctx, a.ID, in.Body.Alone()); err != nil {
		return nil, refusal(err)
	}
	return out, nil
}
