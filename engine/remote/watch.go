package remote

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// watch is one attempt that is watched, and how far.
type watch struct {
	*Client
	id     engine.AttemptID
	put    engine.Sink
	cancel context.CancelCauseFunc

	after  uint64 // number of the latest event
	room   int64  // bytes that may still come, on whatever connection
	events int
	ended  bool // that was the attempt's last
}

// errReplaced ends a watch in whose place another one of the same attempt began.
var errReplaced = errors.New("watched anew")

// errAgain is that a server could not tell now what it may tell later; it is not shown.
var errAgain = errors.New("to be asked again")

// Watch puts every event of an attempt, from its first to its last, and returns when there
// are no more, however often the connection breaks meanwhile. Over is false if the
// attempt goes on: ctx ended, or the same attempt was watched anew. An error is the sink's,
// that of an attempt that never began or was cut short, or that the server refuses or lies.
func (c *Client) Watch(ctx context.Context, id engine.AttemptID, put engine.Sink) (over bool, err error) {
	if !validID(id) {
		return true, &engine.Fault{Class: engine.Invalid, What: "no attempt has this ID"}
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	w := &watch{Client: c, id: id, put: put, cancel: cancel, room: c.bounds.streamBytes}
	c.mu.Lock()
	if earlier := c.watches[id]; earlier != nil {
		earlier.cancel(errReplaced)
	}
	c.watches[id] = w
	c.mu.Unlock()
	defer func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.watches[id] == w {
			delete(c.watches, id)
		}
	}()
	if err := w.follow(ctx); ctx.Err() == nil {
		return true, err
	}
	return false, nil
}

// follow listens until there are no more events, or an error that asking again cannot mend.
func (w *watch) follow(ctx context.Context) error {
	for idle := 0; ; {
		before := w.after
		err := w.listen(ctx)
		if idle++; w.after > before {
			idle = 0
		}
		again := err == nil || errors.As(err, new(*unanswered)) || errors.Is(err, errAgain) || engine.ClassOf(err) == engine.Unreachable
		switch {
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case w.ended:
			return nil
		case !again:
			return err
		}
		if idle > 1 { // the server answers, and nothing comes of it
			if err := rest(ctx, pause(idle-1)); err != nil {
				return err
			}
		}
		if err := w.mended(ctx); err != nil {
			return err
		}
	}
}

// rest waits.
func rest(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// listen puts what comes by one connection. Nil, errAgain and *unanswered say that there
// may be more by another one.
func (w *watch) listen(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	silent := func() { cancel(&unanswered{errors.New("nothing came for " + w.bounds.silence.String())}) }
	first := time.AfterFunc(w.bounds.silence, silent)
	resp, err := w.send(ctx, question{
		method: http.MethodGet, path: "/v1/attempts/" + string(w.id) + "/events",
		header: map[string]string{"Accept": "text/event-stream", "Last-Event-ID": strconv.FormatUint(w.after, 10)},
	})
	first.Stop()
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	switch resp.StatusCode {
	case http.StatusOK:
	case http.StatusNoContent:
		return w.conclude(ctx)
	default:
		err := w.refusal(resp)
		if engine.ClassOf(err) == engine.Busy || engine.ClassOf(err) == engine.Storage { // it is not the attempt's fault
			return errors.Join(errAgain, rest(ctx, retryAfter(resp)))
		}
		return err
	}
	body, stop := heard(resp.Body, w.bounds.silence, silent)
	defer stop()
	return w.read(newStream(body, w.bounds.eventBytes, w.room))
}

// read puts the events of a stream.
func (w *watch) read(s *stream) error {
	for !w.ended {
		id, data, err := s.next()
		w.room = s.room
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.Is(err, errLong), errors.Is(err, errMuch):
			return w.garbled(err.Error())
		case err != nil:
			return &unanswered{err}
		}
		e, err := event(id, data, w.id, w.after)
		if w.events++; err == nil && w.events > w.bounds.streamEvents {
			err = errMuch
		}
		if err != nil {
			return w.garbled(err.Error())
		}
		if err := w.put(e); err != nil {
			return err
		}
		w.after = e.Seq
		_, w.ended = e.Fact.(engine.AttemptFinished)
	}
	return nil
}

// conclude says why there are no more events though the last one did not come.
func (w *watch) conclude(ctx context.Context) error {
	a, err := w.standing(ctx, w.id)
	if err != nil {
		return err
	}
	f := &engine.Fault{Class: engine.Unknown, What: "the attempt was cut short: it does not run in the server", Todo: "a server goes on with what it was asked when it is started again"}
	switch a.State {
	case "queued", "running": // since then
		return errAgain
	case "failed":
		if a.Error != nil {
			f.Class, f.What, f.Todo = a.Error.Class, w.quoted(a.Error.What, maxQuoted), w.quoted(a.Error.Todo, maxQuoted)
		} else {
			f.What, f.Todo = "the attempt never began", "see the server's log"
		}
	case "ended":
		f.What, f.Todo = "the end of the attempt cannot be read", "`aimo3 doctor` where the server runs"
	}
	return f
}
