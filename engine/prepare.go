package engine

import (
	"time"

	"github.com/aimo3/aimo3/engine/confidence"
)

// prepare finds out, once for all samples, what they may use: what the model
// can do and what runs code. It tells of it and never fails; without code a
// model still reasons.
func (a *attempt) prepare(tell func(Fact)) (Brief, Notebook) {
	e := a.engine
	b := Brief{Problem: a.problem, Plan: a.plan, Model: Model{Name: a.plan.Model}}
	if e.Describe != nil {
		if m, err := e.Describe(a.ctx, a.plan.Model); err == nil {
			b.Model = m // else the request for a reply tells what is wrong
		}
	}
	if a.plan.Tools == ToolsOff || e.Notebook == nil || a.plan.Wordy >= a.plan.Samples {
		return b, Notebook{}
	}
	slow := time.AfterFunc(2*time.Second, func() { tell(Warning{"what runs code is being made ready; that may take a while the first time"}) })
	n, err := e.Notebook(a.ctx, a.plan.Tools)
	slow.Stop()
	if err != nil {
		if a.ctx.Err() == nil {
			tell(Warning{"no code will run: " + plain(err)})
		}
		return b, Notebook{}
	}
	b.Code = n.Code
	b.Code.Calls, b.Code.Caps = b.Model.Can("tools") && !a.plan.Fences, a.plan.Caps
	tell(CodeChosen{b.Code})
	return b, n
}

// sample takes the i-th sample.
func (a *attempt) sample(i int) {
	defer a.box.leave()
	ctx := a.samples[i]
	tell := func(f Fact) { a.box.put(Event{Attempt: a.id, At: a.engine.now(), Fact: f}) }
	if ctx.Err() != nil {
		tell(SampleStopped{i, whyStopped(ctx)})
		return
	}
	seed := a.plan.Seed + int64(i)
	for try := 0; ; try++ {
		tell(SampleStarted{i, seed})
		a.once.Do(func() { a.brief, a.notebook = a.prepare(tell) })
		s, ask := a.sampler(i, tell)
		ask.Seed = seed
		if !s.run(ctx, ask, try < replaced) {
			return
		}
		seed += int64(len(a.samples)) // past those of a second round too
	}
}

// replaced is how often a sample that loops is taken again.
const replaced = 2

// sampler is what takes the i-th sample, and what it asks first.
func (a *attempt) sampler(i int, tell func(Fact)) (*sampler, Ask) {
	s, brief := &sampler{number: i, tell: tell, backend: a.engine.Backend, asked: a.asked, most: a.plan.Budget.Think}, a.brief
	s.sure.tell = func(tokens int, sure float64) { tell(SampleMeasured{i, tokens, sure}) }
	s.sure.unsure = func(m *confidence.Meter) {
		if m.Below(a.least()) {
			a.stops[i](ErrUnsure)
		}
	}
	if i >= a.plan.Samples-a.plan.Wordy && i < a.plan.Samples {
		brief.Code = Code{}
	}
	if output := a.engine.Output; output != nil {
		s.output = func(text string) string { return output(brief, text) }
	}
	if brief.Code.Engine != "" {
		s.coder = &coder{sample: i, tell: tell, code: brief.Code, open: a.notebook.Open}
	}
	turns := a.engine.turns(brief)
	if a.again != nil {
		turns = a.again(brief)
	}
	ask := Ask{
		Model: a.plan.Model, Turns: turns, Think: a.plan.Think, Options: a.plan.Options, Top: max(a.plan.Top, 0),
	}
	if brief.Code.Calls {
		tool := toolOf(brief.Code)
		ask.Tool = &tool
	}
	return s, ask
}
