package solve

import (
	"context"
	"errors"
	"fmt"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/answer/asked"
	"github.com/aimo3/aimo3/engine/hear"
)

// sampler takes one sample: a conversation in which the model reasons, has code
// run, is told what came of it, and goes on until it replies without code. The
// answer is read when, and only when, that last reply ended properly.
type sampler struct {
	number         int
	tell           func(engine.Fact)
	line           Line
	asked          asked.Asked
	output         func(string) string  // see Solver.Output
	coder          *coder               // nil if the model is to reason in words alone
	withFences     func() []engine.Turn // what to ask in place of the first turns where the server refuses tools
	hints          *hints               // of a person; nil if there can be none
	heard          []string             // of those
	phase          engine.Phase
	loop           hear.Loop
	confidence     confidenceMeter
	maxThinkTokens int // 0 for no bound
	thinkTokens    int // so far

	loops    loops
	fallBack func(error) bool // says whether a failure is void, since the attempt goes on otherwise; if nil, none is
}

// countThinking counts tokens of thinking and says whether they pass the bound,
// once.
func (s *sampler) countThinking(tokens int) bool {
	was := s.thinkTokens
	s.thinkTokens += tokens
	return s.maxThinkTokens > 0 && was <= s.maxThinkTokens && s.thinkTokens > s.maxThinkTokens
}

// run takes the sample and leaves nothing running. Its last fact is one of
// SampleFinished, SampleFailed and SampleStopped, unless fallBack makes it void.
func (s *sampler) run(ctx context.Context, ask engine.Ask) {
	defer func() {
		if v := recover(); v != nil {
			s.fail(internal(v))
		}
	}()
	defer s.line.Close()
	if s.coder != nil {
		s.coder.begin(ctx)
		defer s.coder.close()
	}
	last, end, err := s.converse(ctx, ask)
	switch {
	case err == nil:
		s.finish(last, end)
	case ctx.Err() != nil:
		s.tell(engine.SampleStopped{Sample: s.number, Why: whyStopped(ctx)})
	case s.fallBack == nil || !s.fallBack(err):
		s.fail(err)
	}
}

// converse holds the conversation and returns its last reply, with the account
// of all of them.
func (s *sampler) converse(ctx context.Context, ask engine.Ask) (*reply, engine.Ending, error) {
	var all engine.Ending
	for turn := 1; ; turn++ {
		s.hearHints(&ask)
		r, end, err := s.replyWithRetries(ctx, &ask)
		all = all.Plus(end)
		if turn == 1 && ask.Tool != nil && engine.ClassOf(err) == engine.NoTools {
			ask.Turns, ask.Tool = s.withHeard(s.withFences()), nil
			s.enter(engine.Queued)
			continue
		}
		canRun := s.coder != nil && turn < s.coder.code.Caps.Turns
		if err == nil && r.hinted && (len(r.calls) == 0 || !canRun) {
			ask.Turns = append(ask.Turns, r.soFar()...)
			s.enter(engine.Queued)
			turn--
			continue
		}
		if err == nil && r.thoughtTooLong {
			s.tell(engine.Warning{Text: fmt.Sprintf("sample %d: hit the thinking limit of %d tokens; told to answer now", s.number+1, s.thinkTokens)})
			ask.Turns, ask.Think = append(ask.Turns, r.answerNow()...), engine.ThinkOff
			s.enter(engine.Queued)
			continue
		}
		if err != nil || end.Cut || len(r.calls) == 0 || !canRun {
			return r, all, err
		}
		ask.Turns = append(ask.Turns, r.turn(s.coder.code))
		for _, c := range r.calls {
			s.enter(engine.Computing)
			told, err := s.coder.run(ctx, c, s.coder.code.Caps.Turns-turn)
			if err != nil {
				return r, all, err
			}
			ask.Turns = append(ask.Turns, s.cellTurn(c, told))
		}
	}
}

// reply asks for one reply and hears it to its end or, if the model writes code
// in it, to the end of that.
func (s *sampler) reply(ctx context.Context, ask engine.Ask) (*reply, engine.Ending, error) {
	hearing, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	r := newReply(s, s.coder != nil && !s.coder.code.Calls, func() { stop(engine.ErrHeard) })
	listening := s.hints.during(func() { stop(errHinted) })
	end, err := s.line.Stream(hearing, ask, r.hear)
	listening()
	r.hinted = hinted(hearing) && ctx.Err() == nil
	r.done = r.done || r.hinted
	r.flush()
	if r.looped != nil {
		return r, r.partialEnding(end), r.looped
	}
	if r.done && ctx.Err() == nil && engine.ClassOf(err) != engine.NoModel { // else it is another model's
		return r, r.partialEnding(end), nil
	}
	return r, end, err
}

func (s *sampler) finish(last *reply, end engine.Ending) {
	f := engine.SampleFinished{Sample: s.number, Ending: end, Confidence: s.confidence.figures()}
	if !end.Cut {
		var output, all string
		if s.coder != nil {
			output, all = s.coder.printed()
			if len(last.calls) > 0 { // it was cut short in the middle of its work
				output = ""
			}
		}
		f.Answer, f.Found = read(last, output)
		f.Found.Printed = printed(all, f.Answer)
		f.Answer, f.Found = checkAnswer(s.asked, f.Answer, f.Found)
	}
	s.tell(f)
}

func (s *sampler) fail(err error) {
	f := engine.SampleFailed{Sample: s.number, Class: engine.ClassOf(err), Cause: engine.HideSecrets(err.Error())}
	var fault *engine.Fault
	if errors.As(err, &fault) {
		f.Todo = engine.HideSecrets(fault.Todo)
	}
	s.tell(f)
}

func (s *sampler) enter(p engine.Phase) {
	if p != s.phase {
		s.phase = p
		s.tell(engine.PhaseChanged{Sample: s.number, Phase: p})
	}
}

// whyStopped is the reason that a sample's context ended for.
func whyStopped(ctx context.Context) string {
	cause := context.Cause(ctx)
	for _, known := range []error{engine.ErrDecided, engine.ErrBudget, engine.ErrTokens, engine.ErrStopped, engine.ErrLowConfidence} {
		if errors.Is(cause, known) {
			return known.Error()
		}
	}
	return engine.ErrCancelled.Error()
}

func internal(v any) error {
	return &engine.Fault{Class: engine.Internal, What: fmt.Sprintf("internal error: %v", v), Todo: "please report it; the other samples continue"}
}
