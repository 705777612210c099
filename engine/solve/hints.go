package solve

import (
	"context"
	"errors"
	"slices"
	"sync"

	"github.com/aimo3/aimo3/engine"
)

// errHinted cuts off a reply in whose middle a hint came.
var errHinted = errors.New("the user gave a hint")

// hints are what a person tells one sample. It hears them at its next turn, and a reply
// that it is giving is cut off for that. A nil hints has none. Its methods may be called
// from many goroutines.
type hints struct {
	mu        sync.Mutex
	waiting   []string
	heard     []string
	interrupt func() // ends the reply that is being given; nil while none is
}

// give adds a hint.
func (h *hints) give(text string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.waiting = append(h.waiting, text)
	if h.interrupt != nil {
		h.interrupt()
	}
}

// again has all hints heard once more, by a sample that begins again.
func (h *hints) again() *hints {
	if h != nil {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.waiting, h.heard = append(h.heard, h.waiting...), nil
	}
	return h
}

// take is what has not been heard yet.
func (h *hints) take() []string {
	if h == nil {
		return nil
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	fresh := h.waiting
	h.waiting, h.heard = nil, append(h.heard, fresh...)
	return fresh
}

// during says how the reply that is being given now is ended, until end is called.
func (h *hints) during(interrupt func()) (end func()) {
	if h == nil {
		return func() {}
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.interrupt = interrupt; len(h.waiting) > 0 {
		interrupt()
	}
	return func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.interrupt = nil
	}
}

// hearHints adds what a person told the sample to what the model is asked.
func (s *sampler) hearHints(ask *engine.Ask) {
	for _, text := range s.hints.take() {
		s.tell(engine.HintGiven{Sample: s.number, Text: text})
		ask.Turns = withHint(ask.Turns, text)
		s.heard = append(s.heard, text)
	}
}

// withHeard are turns with all hints that the sample has heard.
func (s *sampler) withHeard(turns []engine.Turn) []engine.Turn {
	for _, text := range s.heard {
		turns = withHint(turns, text)
	}
	return turns
}

// withHint are the turns with a hint: in the user's last turn, if the conversation ends
// with that.
func withHint(turns []engine.Turn, text string) []engine.Turn {
	turns = slices.Clone(turns)
	if last := len(turns) - 1; last >= 0 && turns[last].Role == "user" {
		turns[last].Text += "\n\n" + hintOf(text)
		return turns
	}
	return append(turns, engine.Turn{Role: "user", Text: hintOf(text)})
}

// hinted says that the reply that was heard under ctx was cut off for a hint.
func hinted(ctx context.Context) bool { return errors.Is(context.Cause(ctx), errHinted) }
