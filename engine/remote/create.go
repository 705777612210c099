package remote

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"reflect"
	"strings"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/wire"
)

// Create has the server attempt a problem, and is the ID that it gave; what plan says as
// the server itself would is left to it. The attempt may still wait for its turn when Create
// returns. Where the server has solved the same before, that verdict is returned with the
// ID of its attempt, and nothing is begun, unless afresh is true.
func (c *Client) Create(ctx context.Context, problem engine.Problem, plan engine.Plan, afresh bool) (engine.AttemptID, *engine.Cached, error) {
	c.mu.Lock()
	wish := wishOf(problem, plan, c.seen.Plan)
	c.mu.Unlock()
	if cache := false; afresh {
		wish.Cache = &cache
	}
	body, err := json.Marshal(wish)
	if err != nil {
		return "", nil, err
	}
	a, err := c.begin(ctx, "/v1/attempts", body)
	switch {
	case err != nil:
		return "", nil, err
	case a.Cached != nil && validID(a.Cached.Attempt):
		return a.Cached.Attempt, cachedOf(a), nil
	case a.Cached != nil || !validID(a.Attempt.Attempt):
		return "", nil, c.garbled("the attempt that it takes has no ID")
	}
	return a.Attempt.Attempt, nil, nil
}

// begin has a new attempt begun, once however often the answer is lost.
func (c *Client) begin(ctx context.Context, path string, body []byte) (standing, error) {
	return c.insist(ctx, question{method: http.MethodPost, path: path, body: body, header: map[string]string{"Idempotency-Key": rand.Text()}})
}

// insist asks until there is an answer, each time for the same. Where a server cannot be
// reached in the first place, nothing was asked, and it is not waited for.
func (c *Client) insist(ctx context.Context, q question) (standing, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, c.bounds.lost, errLost)
	defer cancel()
	for n := 0; ; n++ {
		var a standing
		err := c.ask(ctx, q, &a)
		if !errors.As(err, new(*unanswered)) || n == 0 && unreached(err) {
			return a, c.given(err)
		}
		if n > 0 { // the server answers others, and not this
			if err := rest(ctx, pause(n)); err != nil {
				return a, c.given(err)
			}
		}
		if err := c.mended(ctx); err != nil {
			return a, c.given(err)
		}
	}
}

// given is the error of insist in words.
func (c *Client) given(err error) error {
	if errors.Is(err, errLost) {
		return &engine.Fault{Class: engine.Unreachable, What: "the connection to " + c.at() + " broke before it answered", Todo: "the attempt may run: history shows it when the server is back"}
	}
	return c.silent(err)
}

var errLost = errors.New("the answer was lost")

// unreached says of a request without an answer that it was not sent.
func unreached(err error) bool {
	op := new(net.OpError)
	return errors.As(err, &op) && op.Op == "dial"
}

// cachedOf is a verdict that the server kept.
func cachedOf(a standing) *engine.Cached {
	c := &engine.Cached{
		Attempt: engine.Summary{
			ID: a.Cached.Attempt, Begun: a.Timing.Begun, Took: a.Timing.Took, Problem: a.Problem, Model: a.Plan.Model,
			Samples: a.Plan.Samples, Tokens: a.Timing.Tokens, Verdict: a.Verdict,
		},
		Ended: a.Timing.Ended, Here: a.Cached.Here, From: a.Cached.Tier, Age: a.Cached.Age, NoServer: a.Cached.NoServer,
	}
	if !c.Here && a.Verdict != nil { // its events are in no store
		for i, f := range []engine.Fact{
			engine.AttemptStarted{Problem: a.Problem, Plan: a.Plan}, engine.TallyChanged{Tally: a.Tally}, engine.AttemptFinished{Verdict: *a.Verdict},
		} {
			at := a.Timing.Ended
			if i == 0 {
				at = a.Timing.Begun
			}
			c.Events = append(c.Events, engine.Event{Attempt: c.Attempt.ID, Seq: uint64(i + 1), At: at, Fact: f})
		}
	}
	return c
}

// wishOf is what a plan has that the server's own has not.
func wishOf(problem engine.Problem, plan, theirs engine.Plan) wire.Wish {
	w := wire.Wish{Problem: problem.Statement, Key: problem.Key, Model: plan.Model}
	options := plan.Options // what it leaves open depends on the machine, which is the server's
	plan, theirs = plan.WithDefaults(), theirs.WithDefaults()
	other(&w.Samples, plan.Samples, theirs.Samples)
	other(&w.Parallel, plan.Parallel, theirs.Parallel)
	other(&w.Stop, string(plan.Stop), string(theirs.Stop))
	other(&w.Judge, plan.Judge, theirs.Judge)
	other(&w.TokenBudget, plan.Budget.Tokens, theirs.Budget.Tokens)
	other(&w.ThinkBudget, plan.Budget.Think, theirs.Budget.Think)
	other(&w.NumCtx, options.NumCtx, 0)
	other(&w.NumPredict, options.NumPredict, 0)
	other(&w.Think, string(plan.Think), string(theirs.Think))
	other(&w.Tools, string(plan.Tools), string(theirs.Tools))
	other(&w.Cells, plan.Caps.Cells, theirs.Caps.Cells)
	other(&w.Answer, plan.Range, theirs.Range)
	w.Temperature = options.Temperature
	otherOf(&w.Seed, plan.Seed, theirs.Seed)
	otherOf(&w.Fences, plan.Fences, theirs.Fences)
	otherOf(&w.NoCodeSamples, plan.NoCodeSamples, theirs.NoCodeSamples)
	otherOf(&w.Logprobs, max(plan.TopLogprobs, 0), max(theirs.TopLogprobs, 0))
	if plan.Budget.Wall != theirs.Budget.Wall {
		w.Budget = plan.Budget.Wall.String()
		if plan.Budget.Wall < 0 {
			w.Budget = wire.None
		}
	}
	if plan.Caps.CellTimeout != theirs.Caps.CellTimeout {
		w.Cell = plan.Caps.CellTimeout.String()
	}
	if !reflect.DeepEqual(plan.Choose, theirs.Choose) {
		w.Choose = strings.Join(plan.Choose, ",")
		if w.Choose == "" {
			w.Choose = wire.None
		}
	}
	if !reflect.DeepEqual(plan.Fallback, theirs.Fallback) {
		w.Fallback = plan.Fallback
	}
	return w
}

func other[T comparable](to *T, ours, theirs T) {
	if ours != theirs {
		*to = ours
	}
}

func otherOf[T comparable](to **T, ours, theirs T) {
	if ours != theirs {
		*to = &ours
	}
}
