package serve

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/aimo3/aimo3/engine"
)

// typePrefix begins the type of every problem; the rest never changes its meaning.
const typePrefix = "urn:aimo3:problem:"

// retryAfter is the seconds after which a client may ask again where the server is full
// or cannot reach the model server.
const retryAfter = "5"

var (
	errDraining = errors.New("the server is shutting down")
	errFull     = errors.New("as many attempts run and wait as there is room for")
	errReused   = errors.New("the Idempotency-Key was used for another request")
	errUnknown  = errors.New("no attempt has this ID")
	errUnkept   = errors.New("nothing of the attempt is kept: it waits for its turn, or never began; its state says which")
)

// problem is an answer that says what is wrong.
func problem(status int, kind, detail string) *huma.ErrorModel {
	return &huma.ErrorModel{Type: typePrefix + kind, Title: http.StatusText(status), Status: status, Detail: detail}
}

// refusal is the answer that tells of err.
func refusal(err error) error {
	var model *huma.ErrorModel
	switch {
	case errors.As(err, &model):
		return err
	case errors.Is(err, errDraining):
		return later(problem(http.StatusServiceUnavailable, "shutting_down", err.Error()))
	case errors.Is(err, errFull):
		return later(problem(http.StatusServiceUnavailable, "full", err.Error()))
	case errors.Is(err, errReused):
		return problem(http.StatusUnprocessableEntity, "key_reused", err.Error())
	case errors.Is(err, errUnknown):
		return problem(http.StatusNotFound, "unknown_attempt", err.Error())
	case errors.Is(err, errUnkept):
		return problem(http.StatusConflict, "not_kept", err.Error())
	case errors.Is(err, engine.ErrStopped), errors.Is(err, engine.ErrCancelled), errors.Is(err, context.Canceled):
		return problem(http.StatusConflict, "stopped", "the attempt was stopped before it began")
	}
	class := engine.ClassOf(err)
	switch class {
	case engine.Invalid, engine.NoModel, engine.NoTools, engine.TooLong:
		return problem(http.StatusUnprocessableEntity, string(class), engine.Hint(err))
	case engine.Unreachable, engine.Busy, engine.Memory, engine.Crashed, engine.Stalled, engine.Storage:
		return later(problem(http.StatusServiceUnavailable, string(class), said(err)))
	case engine.Truncated, engine.Garbled, engine.Looped, engine.Oversize, engine.Internal, engine.Unknown:
	}
	return problem(http.StatusInternalServerError, "internal", said(err))
}

// said is what a client is told of an error: of the machine's own ones, whose text names
// hosts and paths, only of what kind it is.
func said(err error) string {
	switch class := engine.ClassOf(err); class {
	case engine.Invalid, engine.NoModel, engine.NoTools, engine.TooLong:
		return engine.Hint(err)
	case engine.Storage:
		return "attempts cannot be kept or read now: see the server's log"
	case engine.Unreachable, engine.Busy, engine.Memory, engine.Crashed, engine.Stalled:
		return "the model server cannot be used now (" + string(class) + "): see the server's log"
	case engine.Truncated, engine.Garbled, engine.Looped, engine.Oversize, engine.Internal, engine.Unknown:
	}
	return "an error of the server: see its log"
}

// later is a problem that may have gone when the client asks again.
func later(p *huma.ErrorModel) error {
	return huma.ErrorWithHeaders(p, http.Header{"Retry-After": {retryAfter}})
}

// complete gives a problem of huma's own the same form as ours: a type, the number of
// the request, one line why, and no part of the request.
func complete(ctx huma.Context, _ string, v any) (any, error) {
	if model, is := v.(*huma.ErrorModel); is {
		finish(model, requestOf(ctx.Context()))
	}
	return v, nil
}

func finish(p *huma.ErrorModel, request string) {
	if p.Type == "" {
		p.Type = typePrefix + strings.ReplaceAll(strings.ToLower(http.StatusText(p.Status)), " ", "_")
	}
	if p.Title == "" {
		p.Title = http.StatusText(p.Status)
	}
	for i, e := range p.Errors {
		p.Errors[i] = &huma.ErrorDetail{Message: e.Message, Location: e.Location}
	}
	if len(p.Errors) > 0 {
		p.Detail = strings.TrimPrefix(p.Errors[0].Location+": "+p.Errors[0].Message, ": ")
	}
	p.Instance = "urn:aimo3:request:" + request
}

// refuse answers with a problem, outside of huma.
func refuse(w http.ResponseWriter, r *http.Request, p *huma.ErrorModel) {
	finish(p, requestOf(r.Context()))
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p) // who has gone needs no answer
}

// giveUp ends an answer that err keeps from being whole: by a problem if nothing of it was
// sent, else by cutting it off, so that no part is taken for the whole. Who has gone needs
// neither.
func (s *API) giveUp(w http.ResponseWriter, r *http.Request, err error) {
	if r.Context().Err() != nil {
		return
	}
	s.with.Log.Warn("answer ended early", "request", requestOf(r.Context()), "class", engine.ClassOf(err))
	if out, is := w.(*reply); !is || out.status != 0 {
		panic(http.ErrAbortHandler)
	}
	err = refusal(err)
	var p *huma.ErrorModel
	if errors.As(err, &p) {
		var with huma.HeadersError
		if errors.As(err, &with) {
			maps.Copy(w.Header(), with.GetHeaders())
		}
		w.Header().Del("Content-Disposition")
		refuse(w, r, p)
	}
}
