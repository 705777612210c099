package serve

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/secure/audit"
	"github.com/aimo3/aimo3/engine/wire"
)

type deleting struct {
	ID string `path:"id" minLength:"1" maxLength:"64" doc:"ID of the attempt"`
}

// answered is an attempt, and what became of the request for it.
type answered struct {
	Status   int
	Location string `header:"Location"`
	Body     Standing
}

type creating struct {
	Key     string `header:"Idempotency-Key" maxLength:"255" doc:"whoever sends the same within a day gets the same attempt"`
	Timeout int    `header:"X-Request-Timeout" minimum:"1" maximum:"86400" doc:"seconds that the attempt may take at most"`
	Body    wire.Wish
}

type reading struct {
	ID    string `path:"id" minLength:"1" maxLength:"64" doc:"ID of the attempt"`
	Words bool   `query:"words" doc:"with what every sample said"`
}

type stopping struct {
	ID     string `path:"id" minLength:"1" maxLength:"64" doc:"ID of the attempt"`
	Sample int    `query:"sample" minimum:"-1" maximum:"511" default:"-1" doc:"number of a sample, from 0; -1 for all"`
}

type empty struct{}

func (s *API) attemptRoutes(api huma.API) {
	create := operation("create-attempt", http.MethodPost, "/v1/attempts", "Have a problem attempted", 400, 409, 413, 415, 422)
	create.DefaultStatus = http.StatusAccepted
	known := &huma.MediaType{Schema: api.OpenAPI().Components.Schemas.Schema(typeOf[Standing](), true, "")}
	create.Responses = map[string]*huma.Response{"200": {Description: "it was asked for before", Content: map[string]*huma.MediaType{"application/json": known}}}
	huma.Register(api, create, s.create)
	huma.Register(api, operation("list-attempts", http.MethodGet, "/v1/attempts", "List or search attempts, newest first", 404, 422), s.list)
	huma.Register(api, operation("read-attempt", http.MethodGet, "/v1/attempts/{id}", "Read an attempt", 404), s.read)
	stop := operation("stop-attempt", http.MethodPost, "/v1/attempts/{id}/stop", "Stop an attempt, or one of its samples", 404, 409)
	stop.DefaultStatus = http.StatusAccepted
	huma.Register(api, stop, s.stop)
	remove := operation("delete-attempt", http.MethodDelete, "/v1/attempts/{id}", "Stop an attempt if it runs in this server, and delete it", 404, 409)
	remove.DefaultStatus = http.StatusNoContent
	huma.Register(api, remove, s.remove)
	restore := operation("restore-attempt", http.MethodPost, "/v1/attempts/{id}/restore", "Bring back an attempt that was deleted", 404)
	restore.DefaultStatus = http.StatusNoContent
	huma.Register(api, restore, s.restore)
	s.passageRoute(api)
	s.exportRoute(api)
	s.markRoute(api)
}

func (s *API) create(ctx context.Context, in *creating) (*answered, error) {
	problem, err := problemOf(&in.Body)
	if err != nil {
		return nil, refusal(err)
	}
	plan, err := planOf(&in.Body, s.with.Plan)
	if err != nil {
		return nil, refusal(err)
	}
	if longest := time.Duration(in.Timeout) * time.Second; longest > 0 {
		plan = clamped(plan, longest)
	}
	asked := &run{id: engine.NewAttemptID(s.with.Now()), problem: problem, plan: plan, who: callOf(ctx).named()}
	if in.Key != "" {
		var here bool
		if asked.id, asked.key, here, err = s.sameKey(ctx, callOf(ctx).who, in.Key, in.Body); err != nil {
			return nil, refusal(err)
		}
		if here {
			return s.answer(ctx, http.StatusOK, asked.id)
		}
	}
	if in.Body.Cache == nil || *in.Body.Cache {
		if c, ok := s.with.Desk.Cached(ctx, problem, plan); ok {
			return s.recalled(ctx, c)
		}
	}
	if err := s.with.Desk.Check(ctx, problem, plan); err != nil { // now, though it may have to wait
		return nil, refusal(err)
	}
	r, err := s.hub.start(asked)
	if err != nil {
		return nil, refusal(err)
	}
	return s.begun(ctx, r)
}

// clamped is a plan that takes no longer than a time.
func clamped(p engine.Plan, longest time.Duration) engine.Plan {
	wall := p.WithDefaults().Budget.Wall
	if wall < 0 || wall > longest {
		p.Budget.Wall = longest
	}
	return p
}

// begun answers once an attempt has begun, or is known to wait.
func (s *API) begun(ctx context.Context, r *run) (*answered, error) {
	if !s.hub.waits(r) {
		select {
		case <-r.began:
		case <-r.over:
			if !r.hasBegun() {
				return nil, refusal(r.err)
			}
		case <-ctx.Done(): // it goes on; nobody reads the answer
		}
	}
	if r.hasBegun() {
		return s.answer(ctx, http.StatusAccepted, r.id)
	}
	return &answered{http.StatusAccepted, locationOf(r.id), unbegun(r)}, nil
}

func (s *API) answer(ctx context.Context, status int, id engine.AttemptID) (*answered, error) {
	a, err := s.attempt(ctx, id, false)
	if err != nil {
		return nil, refusal(err)
	}
	return &answered{status, locationOf(id), a}, nil
}

func locationOf(id engine.AttemptID) string { return "/v1/attempts/" + string(id) }

// recalled answers with a verdict that was reached before.
func (s *API) recalled(ctx context.Context, c engine.Cached) (*answered, error) {
	out := &answered{Status: http.StatusOK}
	if c.Here {
		a, err := s.attempt(ctx, c.Attempt.ID, false)
		if err != nil {
			return nil, refusal(err)
		}
		out.Location, out.Body = locationOf(c.Attempt.ID), a
	} else {
		var p engine.Progress
		for _, e := range c.Events {
			p.Apply(e)
		}
		out.Body = Standing{wire.Of(&p, false), Ended}
	}
	out.Body.Cached = &wire.Cached{Attempt: c.Attempt.ID, Age: c.Age, Tier: c.From, Here: c.Here}
	return out, nil
}

func (s *API) read(ctx context.Context, in *reading) (*answered, error) {
	a, err := s.attempt(ctx, engine.AttemptID(in.ID), in.Words)
	if err != nil {
		return nil, refusal(err)
	}
	return &answered{Status: http.StatusOK, Body: a}, nil
}

func (s *API) stop(ctx context.Context, in *stopping) (*answered, error) {
	id := engine.AttemptID(in.ID)
	if !s.hub.stop(id, in.Sample) {
		return nil, s.notHere(ctx, id)
	}
	s.with.Audit.Add(ctx, audit.Stop, in.ID, audit.Done)
	return s.answer(ctx, http.StatusAccepted, id)
}

// notHere is why nothing can be done to an attempt that neither runs nor waits here.
func (s *API) notHere(ctx context.Context, id engine.AttemptID) error {
	if _, err := s.attempt(ctx, id, false); err != nil {
		return refusal(err)
	}
	return problem(http.StatusConflict, "not_running", "the attempt does not run in this server")
}

func (s *API) remove(ctx context.Context, in *deleting) (*empty, error) {
	id := engine.AttemptID(in.ID)
	if r := s.hub.current(id); r != nil {
		s.hub.stop(id, -1)
		select {
		case <-r.over:
		case <-ctx.Done():
			return nil, refusal(ctx.Err())
		}
	}
	if s.hub.forget(id) {
		return &empty{}, nil
	}
	if _, err := s.stored(ctx, id); err != nil {
		return nil, refusal(err)
	}
	if s.with.Store.Alive(id) {
		return nil, problem(http.StatusConflict, "runs_elsewhere", "the attempt runs in another program: stop it there")
	}
	if err := s.with.Store.Delete(ctx, id); err != nil {
		return nil, refusal(err)
	}
	return &empty{}, nil
}

// restore brings back an attempt that was deleted; one that was not is left as it is.
func (s *API) restore(ctx context.Context, in *deleting) (*empty, error) {
	id := engine.AttemptID(in.ID)
	here, deleted, err := s.with.Store.Stored(ctx, id)
	switch {
	case err == nil && !here && s.hub.find(id) == nil: // nor does it wait for its turn
		err = errUnknown
	case err == nil && deleted:
		err = s.with.Store.Restore(ctx, id)
	}
	if err != nil {
		return nil, refusal(err)
	}
	return &empty{}, nil
}
