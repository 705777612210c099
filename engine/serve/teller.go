package serve

import (
	"context"
	"fmt"
	"net/http"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/wire"
)

// teller tells a client of OpenAI of one attempt.
type teller struct {
	server   *API
	w        http.ResponseWriter
	control  *http.ResponseController
	id       engine.AttemptID
	model    string
	created  int64
	streams  bool
	usage    bool           // the client wants figures at the end of a stream
	recalled []engine.Event // of an attempt that was over before

	heard    int // the sample whose thinking is passed on
	progress engine.Progress
}

// tell writes the answer. Its error is that the client has gone, or that the attempt
// cannot be read.
func (t *teller) tell(ctx context.Context, of *run) error {
	if t.streams {
		if err := t.begin(); err != nil {
			return err
		}
	}
	var err error
	if t.recalled != nil {
		for _, e := range t.recalled {
			t.progress.Apply(e)
		}
	} else {
		err = t.server.follow(ctx, t.id, of, 0, t.hear, t.idle)
	}
	switch {
	case err != nil:
		return err
	case t.progress.Verdict == nil: // it never began, or its recording failed
		return t.fail(of)
	case t.streams:
		return t.endStream()
	}
	t.w.Header().Set("Content-Type", "application/json")
	content, stop := t.content(), "stop"
	c := t.completion("chat.completion", chatChoice{Said: &chatSaid{Role: "assistant", Content: &content, Reasoning: t.reasoning()}, FinishReason: &stop})
	c.Usage, c.Aimo3 = t.figures(), t.votes()
	return wire.WriteLine(t.w, c)
}

// fail tells that there is no verdict.
func (t *teller) fail(of *run) error {
	detail := "the attempt ended without a verdict"
	if of != nil && of.err != nil {
		detail = failure(of.err).What
	}
	if !t.streams {
		p := problem(http.StatusServiceUnavailable, "failed", detail)
		finish(p, "")
		t.w.Header().Set("Content-Type", "application/problem+json")
		t.w.WriteHeader(p.Status)
		return wire.WriteLine(t.w, p)
	}
	said := map[string]any{"error": map[string]any{"message": detail, "type": "server_error", "code": "failed"}}
	_, err := fmt.Fprintf(t.w, "data: %s\n\ndata: [DONE]\n\n", line(said))
	return err
}

func (t *teller) completion(object string, choices ...chatChoice) completion {
	return completion{ID: "chatcmpl-" + string(t.id), Object: object, Created: t.created, Model: t.model, Choices: append([]chatChoice{}, choices...)}
}

// hear takes events; of a stream it passes on what the heard sample thinks, and each
// reply that ends.
func (t *teller) hear(frames []frame) error {
	said := ""
	for i := range frames {
		e := frames[i].event
		t.progress.Apply(e)
		if !t.streams {
			continue
		}
		switch f := e.Fact.(type) {
		case engine.Delta:
			if f.Sample == t.heard && f.Channel == engine.Thinking {
				said += f.Text
			}
		case engine.SampleFinished:
			said += fmt.Sprintf("\n[reply %d: %s]\n", f.Sample+1, orNone(f.Answer))
			t.hearNext()
		case engine.SampleFailed, engine.SampleStopped:
			t.hearNext()
		}
	}
	if said == "" {
		return nil
	}
	return t.send(t.completion("chat.completion.chunk", chatChoice{Delta: &chatSaid{Reasoning: said}}))
}

// hearNext has another sample heard if the present one has ended.
func (t *teller) hearNext() {
	ended := func(s *engine.SampleProgress) bool { return s.State != engine.Running && s.State != engine.Waiting }
	if s := t.progress.SampleAt(t.heard); s == nil || !ended(s) {
		return
	}
	for i := range t.progress.Samples {
		if t.progress.Samples[i].State == engine.Running {
			t.heard = i
			return
		}
	}
}

// idle shows that the server still works on it. Only a stream can.
func (t *teller) idle() error {
	if !t.streams {
		return nil
	}
	if _, err := t.w.Write([]byte(stillHere)); err != nil {
		return err
	}
	return t.control.Flush()
}

func (t *teller) begin() error {
	t.w.Header().Set("Content-Type", "text/event-stream")
	none := ""
	return t.send(t.completion("chat.completion.chunk", chatChoice{Delta: &chatSaid{Role: "assistant", Content: &none}}))
}

func (t *teller) endStream() error {
	content, stop := t.content(), "stop"
	if err := t.send(t.completion("chat.completion.chunk", chatChoice{Delta: &chatSaid{Content: &content}})); err != nil {
		return err
	}
	last := t.completion("chat.completion.chunk", chatChoice{Delta: &chatSaid{}, FinishReason: &stop})
	last.Aimo3 = t.votes()
	if err := t.send(last); err != nil {
		return err
	}
	if t.usage {
		figures := t.completion("chat.completion.chunk")
		figures.Usage = t.figures()
		if err := t.send(figures); err != nil {
			return err
		}
	}
	if _, err := t.w.Write([]byte("data: [DONE]\n\n")); err != nil {
		return err
	}
	return t.control.Flush()
}

func (t *teller) send(c completion) error {
	if _, err := t.w.Write([]byte("data: ")); err != nil {
		return err
	}
	if err := wire.WriteLine(t.w, c); err != nil {
		return err
	}
	if _, err := t.w.Write([]byte("\n")); err != nil {
		return err
	}
	return t.control.Flush()
}
