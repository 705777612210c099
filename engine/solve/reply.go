package solve

import (
	"fmt"
	"strings"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/answer/extract"
	"github.com/aimo3/aimo3/engine/hear"
)

// reply is what is heard of one reply.
type reply struct {
	of             *sampler
	split          hear.Splitter
	fence          *hear.Fences // nil if the model calls tools, or has none
	stop           func()
	done           bool  // nothing more is heard: the code is whole, or one of the next two
	looped         error // the model loops
	thoughtTooLong bool  // it has passed the bound on thinking
	hinted         bool  // it was cut off for a hint
	thinking       strings.Builder
	text           strings.Builder // as the model wrote it, code too
	calls          []engine.Call
	frames         int // heard in all
	untold         int // of those, in no Delta yet
}

func newReply(s *sampler, fenced bool, stop func()) *reply {
	r := &reply{of: s, stop: stop}
	r.split.Say = r.part
	r.split.Rewind = r.rewind
	r.listen(fenced)
	return r
}

func (r *reply) listen(fenced bool) {
	if fenced {
		r.fence = &hear.Fences{Say: r.say, Found: r.found}
	}
}

// hear takes a piece from the backend.
func (r *reply) hear(p engine.Piece) {
	if r.done {
		return
	}
	if p.Phase != "" {
		r.of.enter(p.Phase)
		return
	}
	r.of.confidence.hear(p.Logprobs)
	r.frames += p.Frames
	r.untold += p.Frames
	if found, loops := r.of.loop.Hear(p.Text); loops {
		r.looped, r.done = looped(found), true
		defer r.stop()
	}
	if (p.Channel == engine.Thinking || r.split.Inside) && p.Text != "" && r.of.countThinking(p.Frames) {
		r.thoughtTooLong, r.done = true, true
		defer r.stop()
	}
	switch {
	case p.Call != nil:
		r.calls = append(r.calls, *p.Call)
	case p.Text == "":
	case p.Channel == engine.Thinking:
		r.split.Seen = true
		r.part(engine.Thinking, p.Text)
	default:
		r.split.Feed(p.Text)
	}
}

func looped(r hear.Repeat) error {
	same := "byte"
	if r.Period != 1 {
		same = fmt.Sprintf("%d bytes", r.Period)
	}
	return &engine.Fault{
		Class: engine.Looped, What: fmt.Sprintf("the model repeated the same %s %d times", same, r.Times),
		Todo: "raise the temperature, or choose a larger model",
	}
}

// part takes text whose channel is known, but not what of it is code.
func (r *reply) part(c engine.Channel, text string) {
	switch {
	case c == engine.Thinking:
		r.thinking.WriteString(text)
		r.say(c, text)
	case r.fence != nil:
		r.fence.Feed(text)
	default:
		r.text.WriteString(text)
		r.say(c, text)
	}
}

func (r *reply) say(c engine.Channel, text string) {
	if c == engine.Thinking {
		r.of.enter(engine.Reasoning)
	} else {
		r.of.enter(engine.Answering)
	}
	r.of.tell(engine.Delta{Sample: r.of.number, Channel: c, Text: text, Frames: r.untold})
	r.untold = 0
}

// found takes the code that ends the reply.
func (r *reply) found(code string) {
	r.done = true
	r.calls = append(r.calls, engine.Call{Code: code})
	r.stop()
}

// rewind makes what was replied so far thinking.
func (r *reply) rewind() {
	if r.fence != nil {
		r.text.WriteString(r.fence.Raw.String())
		r.listen(true)
	}
	r.thinking.WriteString(r.text.String())
	r.text.Reset()
	r.of.tell(engine.ReplyWasThinking{Sample: r.of.number})
}

// partialEnding is the account of a reply that was not heard to its end.
func (r *reply) partialEnding(end engine.Ending) engine.Ending {
	return engine.Ending{Tokens: max(end.Tokens, r.frames), PromptTokens: end.PromptTokens}
}

// flush takes what was held back; the reply is over.
func (r *reply) flush() {
	r.split.Flush()
	if r.fence != nil {
		r.fence.Flush()
		r.text.WriteString(r.fence.Raw.String())
	}
	if r.of.coder != nil && len(r.calls) == 0 && !r.done {
		r.takeTextCalls(r.of.coder.code)
	}
}

// takeTextCalls takes the calls that the text of a whole reply ends with. A model
// that has given its answer before them is taken at its word.
func (r *reply) takeTextCalls(c engine.Code) {
	before, calls := hear.Calls(r.text.String())
	if _, answered := extract.Boxed(before); answered || len(calls) == 0 {
		return
	}
	for _, call := range calls {
		call.Name = c.Language()
		r.calls = append(r.calls, call)
	}
	if c.Calls { // they go back as calls, not as text
		r.text.Reset()
		r.text.WriteString(before)
	}
}

// turn is the reply as the model is shown it when it goes on.
func (r *reply) turn(c engine.Code) engine.Turn {
	t := engine.Turn{Role: "assistant", Text: r.text.String(), Thinking: r.thinking.String()}
	if c.Calls {
		t.Calls = r.calls
	}
	return t
}

// answerNow are the turns that tell a model to answer which has thought too long.
// What it thought is shown as its reply: a template leaves out old thinking.
func (r *reply) answerNow() []engine.Turn {
	return append(r.soFar(), engine.Turn{Role: "user", Text: stopThinking})
}

// soFar is the turn that shows a model what it was saying when it was cut off; none if
// that is nothing.
func (r *reply) soFar() []engine.Turn {
	said := strings.TrimSpace(r.thinking.String() + "\n\n" + r.text.String())
	if said == "" {
		return nil
	}
	return []engine.Turn{{Role: "assistant", Text: said}}
}

// cellTurn is the turn that tells the model what came of a call.
func (s *sampler) cellTurn(call engine.Call, told string) engine.Turn {
	if s.coder.code.Calls {
		return engine.Turn{Role: "tool", Text: told, Answers: call}
	}
	if s.output != nil {
		told = s.output(told)
	}
	return engine.Turn{Role: "user", Text: told}
}
