package solve

import (
	"context"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/hear"
)

// Line is how one sample asks a server for its replies. It belongs to one goroutine.
type Line interface {
	engine.Backend
	// Tries begins to count the tries at the next reply.
	Tries() Recovery
	// Close says that nothing more is asked.
	Close()
}

// Recovery says whether a reply that came to nothing is asked for again. It is of
// one reply, and its methods are called from one goroutine.
type Recovery interface {
	// Failed is told why a try failed. It says how long Wait will wait before the
	// next try and how many tries there are at most, 0 if they are not counted; or,
	// if there is to be none, the error that the sample ends with.
	Failed(err error) (wait time.Duration, of int, end error)
	// Held says whether requests for the model are held back now, after too many
	// failures in a row that were its own.
	Held() bool
	// Wait waits as long as Failed said. It returns at once when ctx ends.
	Wait(ctx context.Context)
}

// direct is the Line that asks for no reply again.
type direct struct{ engine.Backend }

func (d direct) Tries() Recovery { return d }
func (direct) Close()            {}

func (direct) Failed(err error) (wait time.Duration, of int, end error) { return 0, 0, err }
func (direct) Held() bool                                               { return false }
func (direct) Wait(context.Context)                                     {}

func (s *Solver) line(model string, moved func(engine.FallbackUsed)) Line {
	if s.Line == nil {
		return direct{s.Backend}
	}
	return s.Line(model, moved)
}

// tooLate says whether ctx will have ended by then.
func tooLate(ctx context.Context, wait time.Duration) bool {
	deadline, ok := ctx.Deadline()
	return ok && time.Until(deadline) < wait
}

// loops is what becomes of replies in which the model repeats itself.
type loops struct {
	left     int   // how often one may still be asked for again, in the whole sample
	retried  int   // how often one was
	seedStep int64 // how far the seed of a try is from that of the one before
}

// heardBefore is what a sampler keeps of a whole conversation, as it was before a
// reply. What else it knows of a reply is in the reply itself.
type heardBefore struct {
	thinkTokens int
	confidence  confidenceMeter
}

func (s *sampler) before() heardBefore { return heardBefore{s.thinkTokens, s.confidence.copy()} }

// void forgets what was heard since.
func (s *sampler) void(b heardBefore) {
	s.thinkTokens, s.confidence, s.loop, s.phase = b.thinkTokens, b.confidence, hear.Loop{}, engine.Queued
}

// replyWithRetries asks for one reply, and again if it comes to nothing: with another
// seed if the model repeats itself, and after a wait with the same one if that is the
// server's fault. What such a reply said is forgotten, but that its tokens count; ask
// is left as it was asked last.
func (s *sampler) replyWithRetries(ctx context.Context, ask *engine.Ask) (*reply, engine.Ending, error) {
	var all engine.Ending
	tries := s.line.Tries()
	for try := 1; ; {
		before := s.before()
		r, end, err := s.reply(ctx, *ask)
		if err == nil || ctx.Err() != nil {
			return r, all.Plus(end), err
		}
		all = all.Plus(r.partialEnding(end))
		again := engine.SampleRetried{Sample: s.number, Class: engine.ClassOf(err), Why: engine.HideSecrets(err.Error())}
		looped := again.Class == engine.Looped && s.loops.left > 0
		if looped {
			s.loops.left, s.loops.retried = s.loops.left-1, s.loops.retried+1
			ask.Seed += s.loops.seedStep
			again.Try = s.loops.retried + 1
		} else {
			failure := err
			if again.Wait, again.Of, err = tries.Failed(failure); err != nil {
				return r, all, err
			}
			if (tries.Held() || tooLate(ctx, again.Wait)) && s.fallBack != nil && s.fallBack(failure) {
				return r, all, failure
			}
			try++
			again.Try = try
		}
		again.Seed = ask.Seed
		s.void(before)
		s.tell(again)
		if !looped {
			tries.Wait(ctx)
		}
		if ctx.Err() != nil {
			return r, all, context.Cause(ctx)
		}
	}
}
