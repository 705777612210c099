package engine

import (
	"context"
	"errors"
	"strings"

	"github.com/aimo3/aimo3/engine/answer"
)

// sampler takes one sample: a conversation in which the model reasons, has code
// run, is told what came of it, and goes on until it replies without code. The
// answer is read when, and only when, that last reply ended properly.
type sampler struct {
	number  int
	tell    func(Fact)
	backend Backend
	coder   *coder // nil if the model is to reason in words alone
	phase   Phase
}

// run takes the sample. Its last fact is always one of SampleFinished,
// SampleFailed and SampleStopped, and it leaves nothing running.
func (s *sampler) run(ctx context.Context, ask Ask) {
	defer func() {
		if v := recover(); v != nil {
			s.fail(internal(v))
		}
	}()
	if s.coder != nil {
		s.coder.begin(ctx)
		defer s.coder.close()
	}
	last, end, err := s.converse(ctx, ask)
	switch {
	case err == nil:
		s.finish(last, end)
	case ctx.Err() != nil:
		s.tell(SampleStopped{s.number, whyStopped(ctx)})
	default:
		s.fail(err)
	}
}

// converse holds the conversation and returns its last reply, with the account
// of all of them.
func (s *sampler) converse(ctx context.Context, ask Ask) (string, Ending, error) {
	var all Ending
	for turn := 1; ; turn++ {
		r, end, err := s.reply(ctx, ask)
		all = all.plus(end)
		if err != nil || end.Cut || len(r.calls) == 0 || turn == s.coder.code.Caps.Turns {
			return r.text.String(), all, err
		}
		ask.Turns = append(ask.Turns, r.turn(s.coder.code))
		for _, c := range r.calls {
			s.enter(Computing)
			told, err := s.coder.run(ctx, c, s.coder.code.Caps.Turns-turn)
			if err != nil {
				return "", all, err
			}
			ask.Turns = append(ask.Turns, outcome(s.coder.code, c, told))
		}
	}
}

// reply asks for one reply and hears it to its end or, if the model writes code
// in it, to the end of that.
func (s *sampler) reply(ctx context.Context, ask Ask) (*reply, Ending, error) {
	hearing, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	r := newReply(s, s.coder != nil && !s.coder.code.Calls, func() { stop(errHeard) })
	end, err := s.backend.Stream(hearing, ask, r.hear)
	r.flush()
	if r.enough && ctx.Err() == nil {
		return r, Ending{Tokens: max(end.Tokens, r.frames), PromptTokens: end.PromptTokens}, nil
	}
	return r, end, err
}

// errHeard ends a stream of which enough was heard.
var errHeard = errors.New("the code is whole")

func (s *sampler) finish(last string, end Ending) {
	var a Answer
	if !end.Cut {
		a = Answer(answer.Last(last))
	}
	s.tell(SampleFinished{s.number, a, end})
}

func (s *sampler) fail(err error) {
	f := SampleFailed{Sample: s.number, Class: ClassOf(err), Cause: err.Error()}
	var fault *Fault
	if errors.As(err, &fault) {
		f.Todo = fault.Todo
	}
	s.tell(f)
}

func (s *sampler) enter(p Phase) {
	if p != s.phase {
		s.phase = p
		s.tell(PhaseChanged{s.number, p})
	}
}

// whyStopped is the reason that a sample's context ended for.
func whyStopped(ctx context.Context) string {
	cause := context.Cause(ctx)
	for _, known := range []error{ErrDecided, ErrBudget, ErrStopped} {
		if errors.Is(cause, known) {
			return known.Error()
		}
	}
	return ErrCancelled.Error()
}

// reply is what is heard of one reply.
type reply struct {
	of       *sampler
	split    splitter
	fence    *fences // nil if the model calls tools, or has none
	stop     func()
	enough   bool // the code is whole: nothing more is heard
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
	r.frames += max(p.Frames, 1)
	r.untold += max(p.Frames, 1)
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

// outcome is the turn that tells the model what came of a call.
func outcome(c Code, call Call, told string) Turn {
	if c.Calls {
		return Turn{Role: "tool", Text: told, Answers: call}
	}
	return Turn{Role: "user", Text: FencedOutput(told)}
}
