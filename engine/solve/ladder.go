package solve

import (
	"cmp"
	"context"
	"errors"
	"strconv"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/confidence"
)

// minWindow is the context window, in tokens, below which an attempt does not go by
// itself.
const minWindow = 4096

// errFellBack ends the samples of an era.
var errFellBack = errors.New("the attempt goes on otherwise")

// era is what all samples of an attempt have in common until it goes on with a smaller
// window or another model. What samples of an earlier era say is void.
type era struct {
	sampling
	ctx context.Context // ends with the era
	end context.CancelCauseFunc
}

func newEra(c sampling) *era {
	e := &era{sampling: c}
	e.ctx, e.end = context.WithCancelCause(context.Background())
	return e
}

// sample takes the i-th sample, and again in each era that begins before it has ended.
func (a *attempt) sample(i int) {
	defer a.box.leave()
	for !a.sampleOf(a.box.latest(), i) {
	}
}

// sampleOf takes the i-th sample in an era, and says whether it has ended and not the
// era.
func (a *attempt) sampleOf(e *era, i int) (ended bool) {
	tell := func(f engine.Fact) {
		if a.box.putOf(e, engine.Event{Attempt: a.id, At: a.solver.now(), Fact: f}) && ends(f) {
			ended = true // only the sample's own goroutine tells its end
		}
	}
	slot := a.slots.at(i)
	ctx, stop := context.WithCancelCause(slot.ctx)
	defer stop(nil)
	defer context.AfterFunc(e.ctx, func() { stop(context.Cause(e.ctx)) })()
	if ctx.Err() != nil {
		tell(engine.SampleStopped{Sample: i, Why: whyStopped(ctx)})
		return ended
	}
	e.takeSample(ctx, i, tell, hooks{
		prepare:  a.ctx,
		turns:    a.round.ask,
		hints:    &slot.hints,
		fallBack: func(err error) bool { return a.fallBack(e, err) },
		checkConfidence: func(m *confidence.Meter) {
			if m.Below(a.minConfidence()) {
				slot.stop(engine.ErrLowConfidence)
			}
		},
	})
	return ended
}

// fallBack has the attempt step down the ladder after a sample of an era failed. It
// says whether that era is over, by this step or by an earlier one: then the sample
// begins again, and else it has failed. Once a sample has finished there is no step:
// two models have no votes in one tally.
func (a *attempt) fallBack(e *era, err error) bool {
	a.falling.Lock()
	defer a.falling.Unlock()
	if a.box.latest() != e {
		return true
	}
	f, ok := a.below(e, err)
	if !ok {
		return false
	}
	c := e.sampling
	c.plan, c.resources = c.plan.After(f), new(resources)
	if !a.box.fall(e, newEra(c), engine.Event{Attempt: a.id, At: a.solver.now(), Fact: f}) {
		return false
	}
	e.end(errFellBack)
	return true
}

// below is the next step down the ladder after a failure, if there is one.
func (a *attempt) below(e *era, err error) (engine.FallbackUsed, bool) {
	f := engine.FallbackUsed{Sample: -1, Class: engine.ClassOf(err), Why: engine.HideSecrets(err.Error())}
	switch f.Class { //nolint:exhaustive // the others are not the model's
	case engine.Memory:
		was := e.plan.Options.NumCtx
		if f.NumCtx = smaller(was); f.NumCtx < was && f.NumCtx >= 2*e.promptTokens() {
			f.Rung, f.From, f.To = engine.RungWindow, strconv.Itoa(was), strconv.Itoa(f.NumCtx)
			return f, true
		}
	case engine.NoModel, engine.Crashed:
	default:
		return f, false
	}
	if len(e.plan.Fallback) == 0 {
		return f, false
	}
	f.Rung, f.From, f.To = engine.RungModel, e.plan.Model, e.plan.Fallback[0]
	f.NumCtx = a.plan.Options.NumCtx
	if a.solver.Window != nil {
		f.NumCtx = cmp.Or(a.solver.Window(a.ctx, f.To, f.NumCtx), f.NumCtx)
	}
	return f, true
}

// smaller is the window to try after one that does not fit into memory: half of it, as
// windows are rounded, but no less than the smallest.
func smaller(window int) int { return max(window/2/256*256, min(minWindow, window)) }

// promptTokens is about how many tokens a sample's first prompt takes, at three bytes
// each.
func (e *era) promptTokens() int {
	bytes := 0
	for _, t := range e.solver.turns(e.resources.brief) {
		bytes += len(t.Text)
	}
	return bytes / 3
}

// ends says whether a fact is the last one of its sample.
func ends(f engine.Fact) bool {
	switch f.(type) {
	case engine.SampleFinished, engine.SampleFailed, engine.SampleStopped:
		return true
	}
	return false
}
