package engine

import (
	"context"
	"errors"
	"strings"

	"github.com/aimo3/aimo3/engine/answer"
)

// sampler takes one sample: it asks the backend, parts thinking from reply,
// and reads the answer when, and only when, the reply ended properly.
type sampler struct {
	number int
	tell   func(Fact)
	split  splitter
	phase  Phase
	reply  strings.Builder
	frames int // frames heard and not yet told of
}

func newSampler(number int, tell func(Fact)) *sampler {
	s := &sampler{number: number, tell: tell}
	s.split.say = s.say
	s.split.rewind = func() {
		s.reply.Reset()
		s.tell(ReplyWasThinking{s.number})
	}
	return s
}

// run takes the sample. Its last fact is always one of SampleFinished,
// SampleFailed and SampleStopped.
func (s *sampler) run(ctx context.Context, b Backend, ask Ask) {
	defer func() {
		if v := recover(); v != nil {
			s.fail(internal(v))
		}
	}()
	s.tell(SampleStarted{s.number, ask.Seed})
	end, err := b.Stream(ctx, ask, s.hear)
	s.split.flush()
	switch {
	case err == nil:
		s.finish(end)
	case ctx.Err() != nil:
		s.tell(SampleStopped{s.number, whyStopped(ctx)})
	default:
		s.fail(err)
	}
}

func (s *sampler) finish(end Ending) {
	var a Answer
	if !end.Cut {
		a = Answer(answer.Last(s.reply.String()))
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

// hear takes a piece from the backend.
func (s *sampler) hear(p Piece) {
	if p.Phase != "" {
		s.enter(p.Phase)
		return
	}
	s.frames += max(p.Frames, 1)
	switch {
	case p.Text == "":
	case p.Channel == Thinking:
		s.split.seen = true
		s.say(Thinking, p.Text)
	default:
		s.split.feed(p.Text)
	}
}

func (s *sampler) say(c Channel, text string) {
	if c == Thinking {
		s.enter(Reasoning)
	} else {
		s.enter(Answering)
		s.reply.WriteString(text)
	}
	s.tell(Delta{s.number, c, text, s.frames})
	s.frames = 0
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

const (
	thinkOpen  = "<think>"
	thinkClose = "</think>"
)

// splitter parts the reply of a model that marks its hidden reasoning with
// <think> tags in the text. Tags may be split anywhere between pieces. A
// closing tag that was never opened, as templates produce that write the
// opening one into the prompt, makes all that came before it thinking.
type splitter struct {
	inside bool   // between an opening tag and its end
	seen   bool   // any thinking so far, by tag or by the server's own field
	held   string // an end of text that may be the beginning of a tag
	say    func(Channel, string)
	rewind func() // what was said as Reply so far was Thinking
}

// feed takes the next text of the reply.
func (s *splitter) feed(text string) {
	if s.held == "" && strings.IndexByte(text, '<') < 0 {
		s.emit(text)
		return
	}
	text, s.held = s.held+text, ""
	for text != "" {
		at := strings.IndexByte(text, '<')
		if at < 0 {
			s.emit(text)
			return
		}
		s.emit(text[:at])
		text = text[at:]
		switch {
		case strings.HasPrefix(text, thinkOpen):
			s.inside, s.seen = true, true
			text = text[len(thinkOpen):]
		case strings.HasPrefix(text, thinkClose):
			s.end()
			text = text[len(thinkClose):]
		case strings.HasPrefix(thinkOpen, text), strings.HasPrefix(thinkClose, text):
			s.held = text
			return
		default:
			s.emit(text[:1])
			text = text[1:]
		}
	}
}

// flush says what is held back; the reply is over.
func (s *splitter) flush() {
	s.emit(s.held)
	s.held = ""
}

func (s *splitter) end() {
	if !s.inside && !s.seen {
		s.rewind()
	}
	s.inside, s.seen = false, true
}

func (s *splitter) emit(text string) {
	switch {
	case text == "":
	case s.inside:
		s.say(Thinking, text)
	default:
		s.say(Reply, text)
	}
}
