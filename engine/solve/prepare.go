package solve

import (
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/confidence"
)

// prepare finds out, once for all samples, what they may use: what the model
// can do and what runs code. It tells of it and never fails; without code a
// model still reasons.
func (a *attempt) prepare(tell func(engine.Fact)) (engine.Brief, engine.Notebook) {
	solver := a.solver
	b := engine.Brief{Problem: a.problem, Plan: a.plan, Model: engine.Model{Name: a.plan.Model}}
	if solver.Describe != nil {
		if m, err := solver.Describe(a.ctx, a.plan.Model); err == nil {
			b.Model = m // else the request for a reply tells what is wrong
		}
	}
	if a.plan.Tools == engine.ToolsOff || solver.Notebook == nil || a.plan.Wordy >= a.plan.Samples {
		return b, engine.Notebook{}
	}
	slow := time.AfterFunc(2*time.Second, func() {
		tell(engine.Warning{Text: "what runs code is being made ready; that may take a while the first time"})
	})
	n, err := solver.Notebook(a.ctx, a.plan.Tools)
	slow.Stop()
	if err != nil {
		if a.ctx.Err() == nil {
			tell(engine.Warning{Text: "no code will run: " + plain(err)})
		}
		return b, engine.Notebook{}
	}
	b.Code = n.Code
	b.Code.Calls, b.Code.Caps = b.Model.Can("tools") && !a.plan.Fences, a.plan.Caps
	tell(engine.CodeChosen{Code: b.Code})
	return b, n
}

// sample takes the i-th sample.
func (a *attempt) sample(i int) {
	defer a.box.leave()
	ctx := a.samples[i]
	tell := func(f engine.Fact) { a.box.put(engine.Event{Attempt: a.id, At: a.solver.now(), Fact: f}) }
	if ctx.Err() != nil {
		tell(engine.SampleStopped{Sample: i, Why: whyStopped(ctx)})
		return
	}
	seed := a.plan.Seed + int64(i)
	tell(engine.SampleStarted{Sample: i, Seed: seed})
	a.once.Do(func() { a.brief, a.notebook = a.prepare(tell) })
	s, ask := a.sampler(i, tell)
	ask.Seed = seed
	s.run(ctx, ask)
}

// maxRetries is how often a sample's replies that loop are asked for again.
const maxRetries = 2

// sampler is what takes the i-th sample, and what it asks first.
func (a *attempt) sampler(i int, tell func(engine.Fact)) (*sampler, engine.Ask) {
	s, brief := &sampler{number: i, tell: tell, backend: a.solver.Backend, asked: a.asked, most: a.plan.Budget.Think}, a.brief
	s.retries, s.apart = maxRetries, int64(len(a.samples)) // past those of a second round too
	s.sure.tell = func(tokens int, sure float64) {
		tell(engine.SampleMeasured{Sample: i, Tokens: tokens, Confidence: sure})
	}
	s.sure.unsure = func(m *confidence.Meter) {
		if m.Below(a.least()) {
			a.stops[i](engine.ErrUnsure)
		}
	}
	if i >= a.plan.Samples-a.plan.Wordy && i < a.plan.Samples {
		brief.Code = engine.Code{}
	}
	if output := a.solver.Output; output != nil {
		s.output = func(text string) string { return output(brief, text) }
	}
	if brief.Code.Engine != "" {
		s.coder = &coder{sample: i, tell: tell, code: brief.Code, open: a.notebook.Open}
	}
	turns := a.solver.turns(brief)
	if a.again != nil {
		turns = a.again(brief)
	}
	ask := engine.Ask{
		Model: a.plan.Model, Turns: turns, Think: a.plan.Think, Options: a.plan.Options, Top: max(a.plan.Top, 0),
	}
	if brief.Code.Calls {
		tool := toolOf(brief.Code)
		ask.Tool = &tool
	}
	return s, ask
}
