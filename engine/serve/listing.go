package serve

import (
	"context"
	"strings"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/wire"
)

type listing struct {
	Words  string `query:"words" maxLength:"1000" doc:"each must begin a word of the statement, answer, model or ID"`
	Query  string `query:"query" maxLength:"1000" doc:"as the command history list takes it: words, and terms such as is:wrong"`
	Found  bool   `query:"found" doc:"with where the words stand in what the samples said, of the first 20 attempts"`
	Before string `query:"before" maxLength:"64" doc:"only attempts older than this one"`
	Limit  int    `query:"limit" minimum:"1" maximum:"1000" default:"20"`
}

type listed struct {
	Body struct {
		Version  int        `json:"version"`
		Attempts []wire.Hit `json:"attempts"`
	}
}

func (s *API) list(ctx context.Context, in *listing) (*listed, error) {
	f, err := engine.ParseFilter(in.Query, s.with.Now())
	if err != nil {
		return nil, refusal(err)
	}
	f.Words, f.Before, f.Limit = strings.TrimSpace(in.Words+" "+f.Words), engine.AttemptID(in.Before), in.Limit
	if in.Before != "" {
		here, _, err := s.with.Store.Stored(ctx, f.Before)
		if err == nil && !here {
			err = errUnknown
		}
		if err != nil {
			return nil, refusal(err)
		}
	}
	found, err := s.with.Store.Attempts(ctx, f)
	if err != nil {
		return nil, refusal(err)
	}
	words := f.Words
	if !in.Found {
		words = ""
	}
	out := &listed{}
	out.Body.Version = wire.Version
	out.Body.Attempts, err = wire.Hits(found, words, func(id engine.AttemptID) (engine.Passage, bool, error) { return s.passage(ctx, id, words) })
	if err != nil {
		return nil, refusal(err)
	}
	return out, nil
}
