package serve

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/wire"
)

func (s *API) standingRoutes(api huma.API) {
	huma.Register(api, operation("read-server", http.MethodGet, "/v1/server", "How this server is, and the model server behind it"), s.standing)
	huma.Register(api, operation("list-splits", http.MethodGet, "/v1/splits", "How often votes that fell in each way were right"), s.splits)
}

// maxTold is how many attempts are told of that run or wait.
const maxTold = 100

type serving struct{ Body wire.Serving }

// standing tells what a client needs to know all the time: it makes no checks, as health
// does. Whoever may not see everything is told no hosts.
func (s *API) standing(ctx context.Context, _ *empty) (*serving, error) {
	out, seen := &serving{}, s.with.Server(ctx)
	b, all := &out.Body, callOf(ctx).may(Admin)
	b.Version, b.Program, b.Requests = wire.Version, s.with.Version, []engine.Health{}
	b.Plan, b.Attempts = s.with.Plan, s.hub.ids(maxTold)
	b.Running, b.Queued, _ = s.hub.counts()
	b.Models = wire.ModelServer{
		Name: seen.Name, Version: seen.Version, Models: append([]engine.Model{}, seen.Models...), Busy: seen.Busy, Seats: seen.Seats,
		MaxTopLogprobs: seen.MaxTopLogprobs,
	}
	if f := seen.Fault; f != nil {
		b.Models.Fault = &wire.Failure{Class: f.Class, What: said(f)}
	}
	if !all {
		return out, nil
	}
	b.Models.Host, b.Requests = engine.HideSecrets(seen.Host), s.resilient()
	if f := seen.Fault; f != nil {
		b.Models.Fault.What, b.Models.Fault.Todo = f.Error(), engine.HideSecrets(f.Todo)
	}
	return out, nil
}

// resilient is how requests to the model servers fare, without what gives access.
func (s *API) resilient() []engine.Health {
	all := append([]engine.Health{}, s.with.Desk.Health()...)
	for i := range all {
		all[i].Host = engine.HideSecrets(all[i].Host)
	}
	return all
}

type tallied struct {
	Body struct {
		Version int            `json:"version"`
		Splits  []engine.Split `json:"splits"`
	}
}

func (s *API) splits(ctx context.Context, _ *empty) (*tallied, error) {
	found, err := s.with.Store.Splits(ctx)
	if err != nil {
		return nil, refusal(err)
	}
	out := &tallied{}
	out.Body.Version, out.Body.Splits = wire.Version, append([]engine.Split{}, found...)
	return out, nil
}
