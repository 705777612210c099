package solve

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/answer/asked"
	"github.com/aimo3/aimo3/engine/confidence"
)

// sampling is what all samples of an attempt have in common.
type sampling struct {
	solver     *Solver
	problem    engine.Problem
	plan       engine.Plan // with every default filled
	asked      asked.Asked
	maxSamples int // that there may be, with those that strategies add

	resources *resources
}

// resources are what the first sample finds out for all: what the model can do,
// and what runs code.
type resources struct {
	once     sync.Once
	brief    engine.Brief
	notebook engine.Notebook

	noTools     atomic.Bool // the server refused to offer the model a tool, whatever its card says
	toldNoTools sync.Once
}

func (s *Solver) sampling(problem engine.Problem, plan engine.Plan) sampling {
	plan = plan.WithDefaults()
	c := sampling{solver: s, problem: problem, plan: plan, asked: askedBy(problem, plan), maxSamples: plan.Samples, resources: new(resources)}
	for _, name := range plan.Choose {
		if way, ok := s.strategy(name); ok {
			if again, ok := way.How.(engine.Resample); ok {
				c.maxSamples += again.Samples
			}
		}
	}
	c.maxSamples = min(c.maxSamples, engine.MaxSamples)
	return c
}

// hooks are what differs between a sample of an attempt and one by itself.
type hooks struct {
	prepare         context.Context                  // ends what is found out for all
	turns           func(engine.Brief) []engine.Turn // if nil, what the prompt says
	checkConfidence func(*confidence.Meter)          // may end the sample
	hints           *hints                           // of a person; if nil, none
	fallBack        func(error) bool                 // if nil, the attempt never goes on otherwise
}

// takeSample takes the i-th sample, whose context is ctx.
func (c *sampling) takeSample(ctx context.Context, i int, tell func(engine.Fact), h hooks) {
	seed := c.plan.Seed + int64(i)
	tell(engine.SampleStarted{Sample: i, Seed: seed})
	c.resources.once.Do(func() { c.prepare(h.prepare, tell) })
	s, ask := c.sampler(i, tell, h)
	ask.Seed = seed
	s.run(ctx, ask)
}

// prepare finds out, once for all samples, what they may use: what the model
// can do and what runs code. It tells of it and never fails; without code a
// model still reasons.
func (c *sampling) prepare(ctx context.Context, tell func(engine.Fact)) {
	b := engine.Brief{Problem: c.problem, Plan: c.plan, Model: engine.Model{Name: c.plan.Model}}
	defer func() { c.resources.brief = b }()
	if c.solver.Describe != nil {
		if m, err := c.solver.Describe(ctx, c.plan.Model); err == nil {
			b.Model = m // else the request for a reply tells what is wrong
		}
	}
	if c.plan.Tools == engine.ToolsOff || c.solver.Notebook == nil || c.plan.NoCodeSamples >= c.plan.Samples {
		return
	}
	slow := time.AfterFunc(2*time.Second, func() {
		tell(engine.Warning{Text: "setting up the code sandbox (slow the first time)"})
	})
	n, err := c.solver.Notebook(ctx, c.plan.Tools)
	slow.Stop()
	if err != nil {
		if ctx.Err() == nil {
			tell(engine.Warning{Text: "running without code: " + whatHappened(err)})
		}
		return
	}
	c.resources.notebook = n
	b.Code = n.Code
	b.Code.Calls, b.Code.Caps = b.Model.Can("tools") && !c.plan.Fences, c.plan.Caps
	tell(engine.CodeChosen{Code: b.Code})
}

// maxRetries is how often a sample's replies that loop are asked for again.
const maxRetries = 2

// sampler is what takes the i-th sample, and what it asks first.
func (c *sampling) sampler(i int, tell func(engine.Fact), h hooks) (*sampler, engine.Ask) {
	brief := c.resources.brief
	brief.Code.Calls = brief.Code.Calls && !c.resources.noTools.Load()
	s := &sampler{
		number: i, tell: tell, asked: c.asked, maxThinkTokens: c.plan.Budget.Think,
		loops: loops{left: maxRetries, seedStep: int64(c.maxSamples)}, // seeds of later tries are past those of all samples
	}
	s.line = c.solver.line(c.plan.Model, func(f engine.FallbackUsed) {
		f.Sample = i
		tell(f)
	})
	s.confidence.report = func(tokens int, mean float64) {
		tell(engine.SampleMeasured{Sample: i, Tokens: tokens, Confidence: mean})
	}
	s.confidence.check, s.fallBack, s.hints = h.checkConfidence, h.fallBack, h.hints.again()
	if i >= c.plan.Samples-c.plan.NoCodeSamples && i < c.plan.Samples {
		brief.Code = engine.Code{}
	}
	if output := c.solver.Output; output != nil {
		s.output = func(text string) string { return output(brief, text) }
	}
	if brief.Code.Engine != "" {
		s.coder = &coder{sample: i, tell: tell, code: brief.Code, open: c.resources.notebook.Open}
	}
	turns := h.turns
	if turns == nil {
		turns = c.solver.turns
	}
	s.withFences = func() []engine.Turn {
		c.goOnWithFences(tell)
		brief.Code.Calls, s.coder.code.Calls = false, false
		return turns(brief)
	}
	ask := engine.Ask{
		Model: c.plan.Model, Digest: c.plan.Digest(c.plan.Model), Turns: turns(brief), Think: c.plan.Think, Options: c.plan.Options, TopLogprobs: max(c.plan.TopLogprobs, 0),
	}
	if brief.Code.Calls {
		tool := toolOf(brief.Code)
		ask.Tool = &tool
	}
	return s, ask
}

// goOnWithFences has all samples that begin from now on write their code in fenced
// blocks, and says so once.
func (c *sampling) goOnWithFences(tell func(engine.Fact)) {
	c.resources.noTools.Store(true)
	c.resources.toldNoTools.Do(func() {
		code := c.resources.brief.Code
		code.Calls = false
		tell(engine.Warning{Text: "the server refuses tools for " + c.plan.Model + ": going on with code in fenced blocks"})
		tell(engine.CodeChosen{Code: code})
	})
}
