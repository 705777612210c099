package serve

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/wire"
)

type seeking struct {
	ID    string `path:"id" minLength:"1" maxLength:"64" doc:"ID of the attempt"`
	Words string `query:"words" required:"true" minLength:"1" maxLength:"1000" doc:"those that were searched for"`
}

type sought struct {
	Body struct {
		Version int             `json:"version"`
		Found   *engine.Passage `json:"found,omitempty" doc:"absent where the statement, the answer, the model and the ID have all of the words, or the samples said none"`
	}
}

func (s *API) passageRoute(api huma.API) {
	huma.Register(api, operation("find-in-attempt", http.MethodGet, "/v1/attempts/{id}/passage", "Find where words stand in what the samples of an attempt said", 404, 422), s.seek)
}

// seek answers with the passage of an attempt that has the most of some words.
func (s *API) seek(ctx context.Context, in *seeking) (*sought, error) {
	p, err := s.progress(ctx, engine.AttemptID(in.ID))
	if err != nil {
		return nil, refusal(err)
	}
	out := &sought{}
	out.Body.Version = wire.Version
	if found, ok := p.Passage(strings.TrimSpace(in.Words)); ok {
		out.Body.Found = &found
	}
	return out, nil
}

// passage is the same for an attempt of a list; none of one that was deleted meanwhile.
func (s *API) passage(ctx context.Context, id engine.AttemptID, words string) (found engine.Passage, ok bool, err error) {
	p, err := s.progress(ctx, id)
	switch {
	case errors.Is(err, errUnknown):
		return found, false, nil
	case err != nil:
		return found, false, err
	}
	found, ok = p.Passage(words)
	return found, ok, nil
}
