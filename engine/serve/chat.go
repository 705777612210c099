package serve

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/aimo3/aimo3/engine"
)

// modelPrefix begins the names of models at the API of OpenAI; without more it is the
// model that the server was started with.
const modelPrefix = "aimo3"

// chatRequest is a request at the API of OpenAI. Its last turn of a user is the problem.
// What it has beyond these fields is passed over, since clients send what they know.
type chatRequest struct {
	_                   struct{}           `additionalProperties:"true"`
	Model               string             `json:"model" minLength:"1" maxLength:"300" doc:"aimo3/ and an installed model, or aimo3"`
	Messages            []chatTurn         `json:"messages" nullable:"false" minItems:"1" maxItems:"1000"`
	Stream              *bool              `json:"stream,omitempty"`
	StreamOptions       *chatStreamOptions `json:"stream_options,omitempty"`
	N                   *int               `json:"n,omitempty" minimum:"1" maximum:"1" doc:"1: the samples vote"`
	Temperature         *float64           `json:"temperature,omitempty" minimum:"0" maximum:"2"`
	TopP                *float64           `json:"top_p,omitempty" minimum:"0" maximum:"1"`
	Seed                *int64             `json:"seed,omitempty"`
	MaxTokens           *int               `json:"max_tokens,omitempty" minimum:"1" doc:"of each sample"`
	MaxCompletionTokens *int               `json:"max_completion_tokens,omitempty" minimum:"1"`
	ReasoningEffort     *string            `json:"reasoning_effort,omitempty" enum:"none,minimal,low,medium,high,xhigh"`
}

type chatStreamOptions struct {
	_            struct{} `additionalProperties:"true"`
	IncludeUsage *bool    `json:"include_usage,omitempty"`
}

type chatTurn struct {
	_       struct{} `additionalProperties:"true"`
	Role    string   `json:"role" maxLength:"40"`
	Content any      `json:"content,omitempty" doc:"text, or parts of type text"`
}

// text is what a turn says.
func (t *chatTurn) text() (string, bool) {
	parts, is := t.Content.([]any)
	if !is {
		said, is := t.Content.(string)
		return said, is
	}
	var b strings.Builder
	for _, p := range parts {
		fields, _ := p.(map[string]any)
		said, is := fields["text"].(string)
		if !is || fields["type"] != "text" {
			return "", false
		}
		b.WriteString(said)
	}
	return b.String(), true
}

type chatting struct{ Body chatRequest }

func (s *API) chatRoutes(api huma.API) {
	op := operation("create-chat-completion", http.MethodPost, "/v1/chat/completions", "Solve the problem of the last turn, at the API of OpenAI", 400, 404, 413, 415, 422)
	schemas := api.OpenAPI().Components.Schemas
	op.Responses = map[string]*huma.Response{"200": {Description: "the answer", Content: map[string]*huma.MediaType{
		"application/json":  {Schema: schemas.Schema(typeOf[completion](), true, "")},
		"text/event-stream": {},
	}}}
	huma.Register(api, op, s.chat)
	huma.Register(api, operation("list-models", http.MethodGet, "/v1/models", "List the models that can be asked"), s.models)
}

// asked is the problem and the plan of a request.
func (s *API) asked(in *chatRequest) (engine.Problem, engine.Plan, error) {
	plan := s.with.Plan
	name, given := strings.CutPrefix(in.Model, modelPrefix+"/")
	switch {
	case given:
		plan.Model = name
	case in.Model != modelPrefix:
		return engine.Problem{}, plan, problem(http.StatusNotFound, string(engine.NoModel), "a model is called aimo3/NAME, or aimo3: see /v1/models")
	}
	set(&plan.Options.Temperature, in.Temperature)
	set(&plan.Options.TopP, in.TopP)
	setTo(&plan.Options.NumPredict, in.MaxTokens)
	setTo(&plan.Options.NumPredict, in.MaxCompletionTokens)
	if in.Seed != nil {
		plan.Seed = *in.Seed & 0x7fffffff // servers know no others
	}
	if in.ReasoningEffort != nil {
		plan.Think = map[string]engine.Think{
			"none": engine.ThinkOff, "minimal": engine.ThinkLow, "low": engine.ThinkLow, "medium": engine.ThinkMedium,
		}[*in.ReasoningEffort]
		set(&plan.Think, map[bool]engine.Think{true: engine.ThinkHigh}[plan.Think == ""])
	}
	for i := len(in.Messages) - 1; i >= 0; i-- {
		if in.Messages[i].Role != "user" {
			continue
		}
		text, readable := in.Messages[i].text()
		if !readable {
			return engine.Problem{}, plan, problem(http.StatusUnprocessableEntity, string(engine.Invalid), "body.messages: the content must be text")
		}
		p, err := engine.NewProblem(Source, text)
		return p, plan, err
	}
	return engine.Problem{}, plan, problem(http.StatusUnprocessableEntity, string(engine.Invalid), "body.messages: no turn of a user holds a problem")
}

// chat solves a problem for a client that waits: the attempt ends when that leaves.
func (s *API) chat(ctx context.Context, in *chatting) (*huma.StreamResponse, error) {
	problem, plan, err := s.asked(&in.Body)
	if err != nil {
		return nil, refusal(err)
	}
	t := &teller{server: s, model: in.Body.Model, created: s.with.Now().Unix(), streams: in.Body.Stream != nil && *in.Body.Stream}
	if o := in.Body.StreamOptions; o != nil && o.IncludeUsage != nil {
		t.usage = *o.IncludeUsage
	}
	if c, ok := s.with.Desk.Cached(ctx, problem, plan); ok {
		t.recalled = c.Events
		return t.response(c.Attempt.ID, nil), nil
	}
	if err := s.with.Desk.Check(ctx, problem, plan); err != nil { // now, though it may have to wait
		return nil, refusal(err)
	}
	r, err := s.hub.start(&run{id: engine.NewAttemptID(s.with.Now()), problem: problem, plan: plan, who: callOf(ctx).named()})
	if err != nil {
		return nil, refusal(err)
	}
	select {
	case <-r.began:
	case <-r.over:
		if !r.hasBegun() {
			return nil, refusal(r.err)
		}
	case <-s.soon(r): // it waits for its turn: the client is told that it is heard
	case <-ctx.Done():
		s.hub.stop(r.id, -1)
		return nil, refusal(ctx.Err())
	}
	return t.response(r.id, r), nil
}

// soon is closed if an attempt waits in the queue; else it never is.
func (s *API) soon(r *run) <-chan struct{} {
	c := make(chan struct{})
	if s.hub.waits(r) {
		close(c)
	}
	return c
}

// response tells of an attempt until it is over.
func (t *teller) response(id engine.AttemptID, of *run) *huma.StreamResponse {
	t.id = id
	return &huma.StreamResponse{Body: func(c huma.Context) {
		r, w := humago.Unwrap(c)
		t.w, t.control = w, http.NewResponseController(w)
		_ = t.control.SetReadDeadline(time.Time{}) // the client may wait as long as it likes
		if err := t.tell(r.Context(), of); err != nil {
			if of != nil {
				t.server.hub.stop(id, -1)
			}
			t.server.giveUp(w, r, err)
		}
	}}
}

// offered is a model as the API of OpenAI lists it.
type offered struct {
	ID      string `json:"id"`
	Object  string `json:"object" enum:"model"`
	Created int64  `json:"created"`
	OwnedBy string `json:"owned_by"`
	Size    int64  `json:"size" doc:"bytes"`
}

type offers struct {
	Body struct {
		Object string    `json:"object" enum:"list"`
		Data   []offered `json:"data"`
	}
}

func (s *API) models(ctx context.Context, _ *empty) (*offers, error) {
	seen := s.with.Server(ctx)
	if seen.Fault != nil {
		return nil, refusal(seen.Fault)
	}
	out := &offers{}
	out.Body.Object, out.Body.Data = "list", []offered{}
	for i := range seen.Models {
		if m := &seen.Models[i]; m.Replies() {
			out.Body.Data = append(out.Body.Data, offered{modelPrefix + "/" + m.Name, "model", max(m.Modified.Unix(), 0), "local", m.Size})
		}
	}
	return out, nil
}

// line is v as one line of JSON.
func line(v any) []byte {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // no type of ours fails
	}
	return text
}
