package desk

import "github.com/aimo3/aimo3/engine"

// outline is an attempt without what its samples said and ran.
type outline struct {
	events  []engine.Event
	tally   *engine.Event // the latest, which the next one replaces
	tokens  int
	codes   bool // what is to run code was found, or none is to
	spoiled bool // a card could not be read, a sample failed or was stopped by hand, a strategy settled nothing, or the attempt went on otherwise than was first wished
	verdict *engine.Verdict
}

// put takes the next event. It is a Sink that never fails.
func (o *outline) put(e engine.Event) error {
	switch f := e.Fact.(type) {
	case engine.Delta, engine.PhaseChanged, engine.ReplyWasThinking, engine.CodeStarted, engine.CodeFinished, engine.SampleMeasured, nil:
		return nil
	case engine.TallyChanged:
		o.tally = &e
		return nil
	case engine.AttemptStarted:
		o.codes = o.codes || f.Plan.Tools == engine.ToolsOff || f.Plan.NoCodeSamples >= f.Plan.Samples
	case engine.CodeChosen:
		o.codes = true
	case engine.ChoiceFinished:
		o.spoiled = o.spoiled || f.Answer == ""
	case engine.SampleFinished:
		o.tokens += f.Ending.Tokens
	case engine.SampleFailed:
		o.tokens += f.Tokens
		o.spoiled = true
	case engine.FallbackUsed:
		o.spoiled = o.spoiled || f.Rung != engine.RungHost
	case engine.HintGiven, engine.RuleChanged, engine.SamplesAdded:
		o.spoiled = true
	case engine.SampleStopped:
		o.tokens += f.Tokens
		o.spoiled = o.spoiled || f.Why == engine.ErrStopped.Error()
	case engine.AttemptFinished:
		if o.tally != nil {
			o.events = append(o.events, *o.tally)
		}
		o.verdict = &f.Verdict
	}
	o.events = append(o.events, e)
	return nil
}

// kept is what to keep of the attempt, if it ended well.
func (o *outline) kept() (kept, bool) {
	if o.verdict == nil || o.spoiled || !o.codes || o.verdict.Answer == "" || !byItself(o.verdict.Why) {
		return kept{}, false
	}
	first, last := o.events[0], o.events[len(o.events)-1]
	begun, ok := first.Fact.(engine.AttemptStarted)
	return kept{Ended: last.At, Events: o.events, Attempt: engine.Summary{
		ID: first.Attempt, Begun: first.At, Took: max(last.At.Sub(first.At), 0), Problem: begun.Problem,
		Model: begun.Plan.Model, Samples: begun.Plan.Samples, Tokens: o.tokens, Verdict: o.verdict,
	}}, ok
}

// byItself says that an attempt ended by a rule or with all samples, and not from
// outside.
func byItself(why engine.Reason) bool {
	switch why {
	case engine.FourAgree, engine.Uncatchable, engine.LikelyLead, engine.WindowAgrees, engine.Consensus, engine.AllEnded:
		return true
	case engine.OutOfBudget, engine.Cancelled, engine.AllFailed:
	}
	return false
}
