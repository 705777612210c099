package serve

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/secure/audit"
)

type hinting struct {
	ID   string `path:"id" minLength:"1" maxLength:"64" doc:"ID of the attempt"`
	Body struct {
		Text   string `json:"text" minLength:"1" maxLength:"2000" doc:"what the model is told at its next turn"`
		Sample *int   `json:"sample,omitempty" minimum:"0" maximum:"511" doc:"number of a sample, from 0; all if left out"`
	}
}

// to is the number of the sample that is told; -1 for all.
func (in *hinting) to() int {
	if in.Body.Sample == nil {
		return -1
	}
	return *in.Body.Sample
}

type ruling struct {
	ID   string `path:"id" minLength:"1" maxLength:"64" doc:"ID of the attempt"`
	Body struct {
		Stop string `json:"stop" minLength:"1" maxLength:"200" doc:"as for a new attempt"`
	}
}

type moreSamples struct {
	Samples int `json:"samples" minimum:"1" maximum:"512" doc:"how many are added"`
}

type adding struct {
	ID   string `path:"id" minLength:"1" maxLength:"64" doc:"ID of the attempt"`
	Body moreSamples
}

type extending struct {
	ID   string `path:"id" minLength:"1" maxLength:"64" doc:"ID of the attempt"`
	Key  string `header:"Idempotency-Key" maxLength:"255" doc:"whoever sends the same within a day gets the same attempt"`
	Body moreSamples
}

// steerRoutes are what a person does to an attempt beside stopping it.
func (s *API) steerRoutes(api huma.API) {
	begins := func(id, path, summary string) huma.Operation {
		op := operation(id, http.MethodPost, "/v1/attempts/{id}/"+path, summary, 400, 404, 409, 413, 415, 422)
		op.DefaultStatus = http.StatusAccepted
		return op
	}
	huma.Register(api, begins("hint-attempt", "hint", "Tell samples that run something"), func(ctx context.Context, in *hinting) (*answered, error) {
		return s.steer(ctx, in.ID, func(id engine.AttemptID) error { return s.with.Desk.Hint(id, in.to(), in.Body.Text) })
	})
	huma.Register(api, begins("change-rule", "rule", "Change when an attempt that runs ends"), func(ctx context.Context, in *ruling) (*answered, error) {
		return s.steer(ctx, in.ID, func(id engine.AttemptID) error { return s.with.Desk.ChangeRule(id, engine.StopRule(in.Body.Stop)) })
	})
	huma.Register(api, begins("add-samples", "samples", "Have an attempt that runs take more samples"), func(ctx context.Context, in *adding) (*answered, error) {
		return s.steer(ctx, in.ID, func(id engine.AttemptID) error { return s.with.Desk.AddSamples(id, in.Body.Samples) })
	})
	extend := begins("extend-attempt", "extend", "Add samples to an attempt that has ended: a new attempt, which begins with its votes")
	known := &huma.MediaType{Schema: api.OpenAPI().Components.Schemas.Schema(typeOf[Standing](), true, "")}
	extend.Responses = map[string]*huma.Response{"200": {Description: "it was asked for before", Content: map[string]*huma.MediaType{"application/json": known}}}
	huma.Register(api, extend, s.extend)
}

// steer does something to an attempt that runs here, and answers with it.
func (s *API) steer(ctx context.Context, in string, do func(engine.AttemptID) error) (*answered, error) {
	id := engine.AttemptID(in)
	if s.hub.current(id) == nil {
		return nil, s.notHere(ctx, id)
	}
	if err := do(id); err != nil {
		return nil, refusal(err)
	}
	s.with.Audit.Add(ctx, audit.Steer, in, audit.Done)
	return s.answer(ctx, http.StatusAccepted, id)
}

func (s *API) extend(ctx context.Context, in *extending) (*answered, error) {
	parent := engine.AttemptID(in.ID)
	if _, err := s.kept(ctx, parent); err != nil {
		return nil, refusal(err)
	}
	asked := &run{id: engine.NewAttemptID(s.with.Now()), parent: parent, more: in.Body.Samples, who: callOf(ctx).named()}
	if in.Key != "" {
		var here bool
		var err error
		if asked.id, asked.key, here, err = s.sameKey(ctx, callOf(ctx).who, in.Key, []any{parent, in.Body}); err != nil {
			return nil, refusal(err)
		}
		if here {
			return s.answer(ctx, http.StatusOK, asked.id)
		}
	}
	from, err := s.with.Desk.Parent(ctx, parent, in.Body.Samples) // now, though it may have to wait
	if err != nil {
		return nil, refusal(err)
	}
	asked.problem, asked.plan = from.Problem, from.Plan
	r, err := s.hub.start(asked)
	if err != nil {
		return nil, refusal(err)
	}
	return s.begun(ctx, r)
}
