package serve

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/aimo3/aimo3/engine"
)

// reconnect is after how many milliseconds a listener that was cut off comes back.
const reconnect = "retry: 1000\n\n"

// stillHere is a comment that shows that a stream is alive.
const stillHere = ": still here\n\n"

type listening struct {
	ID    string `path:"id" minLength:"1" maxLength:"64" doc:"ID of the attempt"`
	Last  string `header:"Last-Event-ID" maxLength:"18" pattern:"^[0-9]*$" doc:"number of the latest event that is known"`
	After uint64 `query:"after" maximum:"9007199254740991" doc:"the same, for who cannot send headers"`
	Limit int    `query:"limit" minimum:"1" maximum:"10000" doc:"maximum number of events; does not wait for new ones"`
}

func (s *API) eventRoutes(api huma.API) {
	op := operation("listen-attempt", http.MethodGet, "/v1/attempts/{id}/events", "Listen to the events of an attempt", 404)
	op.Description = "Server-sent events, first those that are stored and then those that come. The id of each is its number, its data a line as `solve --events` prints it. 204 says that there are no more."
	op.Responses = map[string]*huma.Response{
		"200": {Description: "events", Content: map[string]*huma.MediaType{"text/event-stream": {}}},
		"204": {Description: "there are no more events"},
	}
	huma.Register(api, op, s.listen)
}

func (s *API) listen(ctx context.Context, in *listening) (*huma.StreamResponse, error) {
	id, after := engine.AttemptID(in.ID), in.After
	if in.Last != "" {
		var err error
		if after, err = strconv.ParseUint(in.Last, 10, 63); err != nil {
			return nil, problem(http.StatusUnprocessableEntity, "invalid", "header.Last-Event-ID: not the number of an event")
		}
	}
	r := s.hub.find(id)
	if r == nil {
		if _, err := s.stored(ctx, id); err != nil {
			return nil, refusal(err)
		}
	}
	return &huma.StreamResponse{Body: func(c huma.Context) {
		request, w := humago.Unwrap(c)
		if in.Limit > 0 {
			s.tellStored(w, request, id, after, in.Limit)
			return
		}
		s.tell(w, request, id, r, after)
	}}, nil
}

// tellStored sends the events of an attempt after a number that are stored now, at most
// limit of them.
func (s *API) tellStored(w http.ResponseWriter, r *http.Request, id engine.AttemptID, after uint64, limit int) {
	out := &stream{w: w, control: http.NewResponseController(w)}
	for limit > 0 {
		latest, err := s.sendPage(r.Context(), id, after, func(frames []frame) error {
			frames = frames[:min(len(frames), limit)]
			limit -= len(frames)
			return out.sendFrames(frames)
		})
		if err != nil { // fewer than were asked for would say that there are no more
			s.giveUp(w, r, err)
			return
		}
		if latest == after {
			break
		}
		after = latest
	}
	if !out.begun {
		w.WriteHeader(http.StatusNoContent)
	}
}

// stream is a response of server-sent events; its header is sent with the first of
// them, or before.
type stream struct {
	w       http.ResponseWriter
	control *http.ResponseController
	begun   bool
}

func (s *stream) begin() error {
	if s.begun {
		return nil
	}
	s.begun = true
	s.w.Header().Set("Content-Type", "text/event-stream")
	_, err := s.w.Write([]byte(reconnect))
	return err
}

// send sends texts at once.
func (s *stream) send(texts ...[]byte) error {
	if err := s.begin(); err != nil {
		return err
	}
	for _, text := range texts {
		if _, err := s.w.Write(text); err != nil {
			return err
		}
	}
	return s.control.Flush()
}

// sendFrames sends events at once.
func (s *stream) sendFrames(frames []frame) error {
	if err := s.begin(); err != nil {
		return err
	}
	for i := range frames {
		if _, err := s.w.Write(frames[i].text); err != nil {
			return err
		}
	}
	return s.send()
}

// tell sends the events of an attempt after a number.
func (s *API) tell(w http.ResponseWriter, r *http.Request, id engine.AttemptID, of *run, after uint64) {
	out := &stream{w: w, control: http.NewResponseController(w)}
	_ = out.control.SetReadDeadline(time.Time{})  // what a stream waits for is not a request
	if of != nil && !of.feed.after(after).ended { // there will be more, though it may take a while
		if out.send() != nil {
			return
		}
	}
	err := s.follow(r.Context(), id, of, after, out.sendFrames, func() error { return out.send([]byte(stillHere)) })
	switch {
	case out.begun: // what was sent is whole events, after which a listener asks for more
	case err != nil:
		s.giveUp(w, r, err)
	default:
		w.WriteHeader(http.StatusNoContent)
	}
}

// follow calls send with the events of an attempt after a number, in order and each
// once, until there are no more; of is nil if the attempt does not run here. Idle is
// called when there was nothing to send for a while.
func (s *API) follow(ctx context.Context, id engine.AttemptID, of *run, after uint64, send func([]frame) error, idle func() error) error {
	if of == nil {
		return s.followStored(ctx, id, after, send)
	}
	sent := s.with.Now()
	for {
		n := of.feed.after(after)
		switch {
		case n.behind:
			latest, err := s.sendPage(ctx, id, after, send)
			if err != nil || latest == after {
				return err
			}
			after, sent = latest, s.with.Now()
			continue
		case len(n.frames) > 0:
			if err := send(n.frames); err != nil {
				return err
			}
			after, sent = n.frames[len(n.frames)-1].event.Seq, s.with.Now()
			continue
		case n.ended:
			return nil
		case s.with.Now().Sub(sent) >= s.bounds.keepAlive:
			if err := idle(); err != nil {
				return err
			}
			sent = s.with.Now()
		}
		select {
		case <-n.changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// followStored sends what is stored.
func (s *API) followStored(ctx context.Context, id engine.AttemptID, after uint64, send func([]frame) error) error {
	for {
		latest, err := s.sendPage(ctx, id, after, send)
		if err != nil || latest == after {
			return err
		}
		after = latest
	}
}

// sendPage sends one page of what is stored, and is the number of its last event.
func (s *API) sendPage(ctx context.Context, id engine.AttemptID, after uint64, send func([]frame) error) (uint64, error) {
	events, err := s.page(ctx, id, after)
	if err != nil || len(events) == 0 {
		return after, err
	}
	frames := make([]frame, 0, len(events))
	for _, e := range events {
		made, err := frameOf(e)
		if err != nil {
			return after, err
		}
		frames = append(frames, made)
	}
	return events[len(events)-1].Seq, send(frames)
}
