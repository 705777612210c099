package engine

import (
	"fmt"
	"strings"
)

// reply is what is heard of one reply.
type reply struct {
	of       *sampler
	split    splitter
	fence    *fences // nil if the model calls tools, or has none
	stop     func()
	enough   bool  // nothing more is heard, for one of these reasons or as the code is whole:
	looped   error // the model loops
	late     bool  // it has thought for as long as it may
	thinking strings.Builder
	text     strings.Builder // as the model wrote it, code too
	calls    []Call
	frames   int // heard in all
	untold   int // of those, not yet told of
}

func newReply(s *sampler, fenced bool, stop func()) *reply {
	r := &reply{of: s, stop: stop}
	r.split.say = r.part
	r.split.rewind = r.rewind
	r.listen(fenced)
	return r
}

func (r *reply) listen(fenced bool) {
	if fenced {
		r.fence = &fences{say: r.say, found: r.found}
	}
}

// hear takes a piece from the backend.
func (r *reply) hear(p Piece) {
	if r.enough {
		return
	}
	if p.Phase != "" {
		r.of.enter(p.Phase)
		return
	}
	r.of.sure.hear(p.Tops)
	r.frames += max(p.Frames, 1)
	r.untold += max(p.Frames, 1)
	if found, loops := r.of.loop.Hear(p.Text); loops {
		r.looped, r.enough = looped(found), true
		defer r.stop()
	}
	if (p.Channel == Thinking || r.split.inside) && p.Text != "" && r.of.thought(max(p.Frames, 1)) {
		r.late, r.enough = true, true
		defer r.stop()
	}
	switch {
	case p.Call != nil:
		r.calls = append(r.calls, *p.Call)
	case p.Text == "":
	case p.Channel == Thinking:
		r.split.seen = true
		r.part(Thinking, p.Text)
	default:
		r.split.feed(p.Text)
	}
}

func looped(r Repeat) error {
	return &Fault{
		Class: Looped, What: fmt.Sprintf("the model said the same %d bytes %d times", r.Period, r.Times),
		Todo: "raise the temperature, or choose a larger model",
	}
}

// part takes text whose channel is known, but not what of it is code.
func (r *reply) part(c Channel, text string) {
	switch {
	case c == Thinking:
		r.thinking.WriteString(text)
		r.say(c, text)
	case r.fence != nil:
		r.fence.feed(text)
	default:
		r.text.WriteString(text)
		r.say(c, text)
	}
}

func (r *reply) say(c Channel, text string) {
	if c == Thinking {
		r.of.enter(Reasoning)
	} else {
		r.of.enter(Answering)
	}
	r.of.tell(Delta{r.of.number, c, text, r.untold})
	r.untold = 0
}

// found takes the code that ends the reply.
func (r *reply) found(code string) {
	r.enough = true
	r.calls = append(r.calls, Call{Code: code})
	r.stop()
}

// rewind makes what was replied so far thinking.
func (r *reply) rewind() {
	if r.fence != nil {
		r.text.WriteString(r.fence.raw.String())
		r.listen(true)
	}
	r.thinking.WriteString(r.text.String())
	r.text.Reset()
	r.of.tell(ReplyWasThinking{r.of.number})
}

// flush takes what was held back; the reply is over.
func (r *reply) flush() {
	r.split.flush()
	if r.fence != nil {
		r.fence.flush()
		r.text.WriteString(r.fence.raw.String())
	}
}

// turn is the reply as the model is shown it when it goes on.
func (r *reply) turn(c Code) Turn {
	t := Turn{Role: "assistant", Text: r.text.String(), Thinking: r.thinking.String()}
	if c.Calls {
		t.Calls = r.calls
	}
	return t
}

// hurried are the turns that make a model answer that has thought for too long.
// What it thought is shown as its reply: a template leaves out old thinking.
func (r *reply) hurried() []Turn {
	said := strings.TrimSpace(r.thinking.String() + "\n\n" + r.text.String())
	return []Turn{{Role: "assistant", Text: said}, {Role: "user", Text: enoughThought}}
}

// outcome is the turn that tells the model what came of a call.
func (s *sampler) outcome(call Call, told string) Turn {
	if s.coder.code.Calls {
		return Turn{Role: "tool", Text: told, Answers: call}
	}
	if s.output != nil {
		told = s.output(told)
	}
	return Turn{Role: "user", Text: told}
}
