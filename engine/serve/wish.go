package serve

import (
	"fmt"
	"strings"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/answer"
	"github.com/aimo3/aimo3/engine/answer/asked"
	"github.com/aimo3/aimo3/engine/desk"
)

// maxBudget is the longest time that a client may have an attempt take, unless the
// server's own default is longer.
const maxBudget = time.Hour

// wish is what a client wants attempted. What it leaves open is as the server was
// started; its fields are named like the flags of `aimo3 solve`.
type wish struct {
	Problem string `json:"problem" minLength:"1" maxLength:"20000" doc:"statement"`
	Key     string `json:"key,omitempty" maxLength:"1000" doc:"the right answer, if it is known; never shown to the model"`
	Cache   *bool  `json:"cache,omitempty" doc:"false: solve afresh, though the same was solved before"`

	Model         string   `json:"model,omitempty" maxLength:"300" doc:"an installed model"`
	Samples       int      `json:"samples,omitempty" minimum:"1" maximum:"512"`
	Parallel      int      `json:"parallel,omitempty" minimum:"1" maximum:"512"`
	Stop          string   `json:"stop,omitempty" maxLength:"200" doc:"none, four-agree, uncatchable, asc:P, esc:W, deepconf:TAU:N, or several joined by commas"`
	Choose        string   `json:"choose,omitempty" maxLength:"200" doc:"verify, select, second-round, several joined by commas, or none"`
	Judge         string   `json:"judge,omitempty" maxLength:"300"`
	Budget        string   `json:"budget,omitempty" maxLength:"20" doc:"time for the attempt, such as 5m"`
	TokenBudget   int      `json:"token_budget,omitempty" minimum:"1" maximum:"1073741824"`
	ThinkBudget   int      `json:"think_budget,omitempty" minimum:"1" maximum:"4194304"`
	NumCtx        int      `json:"num_ctx,omitempty" minimum:"256" maximum:"4194304"`
	NumPredict    int      `json:"num_predict,omitempty" minimum:"1" maximum:"4194304"`
	Temperature   *float64 `json:"temperature,omitempty" minimum:"0" maximum:"2"`
	Seed          *int64   `json:"seed,omitempty" minimum:"0" maximum:"2147483647"`
	Think         string   `json:"think,omitempty" enum:"auto,on,off,low,medium,high"`
	Tools         string   `json:"tools,omitempty" enum:"auto,python,embedded,off"`
	Fences        *bool    `json:"fences,omitempty"`
	NoCodeSamples *int     `json:"no_code_samples,omitempty" minimum:"0" maximum:"512"`
	Cells         int      `json:"cells,omitempty" minimum:"1" maximum:"1024"`
	Cell          string   `json:"cell,omitempty" maxLength:"20" doc:"time for one cell, such as 6s"`
	Logprobs      *int     `json:"logprobs,omitempty" minimum:"0" maximum:"100"`
	Answer        string   `json:"answer,omitempty" maxLength:"100" doc:"range of the answer: integer:0..99999, integer, any"`
}

// problem is the problem of a wish.
func (w *wish) problem() (engine.Problem, error) {
	p, err := engine.NewProblem(Source, w.Problem)
	if err != nil {
		return p, err
	}
	if p.Key = strings.TrimSpace(w.Key); p.Key != "" {
		_, err = answer.Parse(p.Key)
	}
	return p, wrong("key", err)
}

// wrong is an invalid field of a wish; nil if err is.
func wrong(field string, err error) error {
	if err == nil {
		return nil
	}
	return &engine.Fault{Class: engine.Invalid, What: field + ": " + engine.Hint(err)}
}

// plan is what a wish makes of the server's own plan.
func (w *wish) plan(p engine.Plan) (engine.Plan, error) {
	set(&p.Model, w.Model)
	set(&p.Judge, w.Judge)
	set(&p.Samples, w.Samples)
	set(&p.Parallel, w.Parallel)
	set(&p.Budget.Tokens, w.TokenBudget)
	set(&p.Budget.Think, w.ThinkBudget)
	set(&p.Options.NumCtx, w.NumCtx)
	set(&p.Options.NumPredict, w.NumPredict)
	set(&p.Options.Temperature, w.Temperature)
	set(&p.Think, engine.Think(w.Think))
	set(&p.Tools, engine.Tools(w.Tools))
	set(&p.Caps.Cells, w.Cells)
	setTo(&p.Seed, w.Seed)
	setTo(&p.Fences, w.Fences)
	setTo(&p.NoCodeSamples, w.NoCodeSamples)
	if setTo(&p.TopLogprobs, w.Logprobs); p.TopLogprobs == 0 && w.Logprobs != nil {
		p.TopLogprobs = -1
	}
	longest := max(maxBudget, p.Budget.Wall)
	for _, parse := range []func() error{
		func() error { return read("stop", w.Stop, &p.Stop, engine.ParseStop) },
		func() error {
			return read("choose", w.Choose, &p.Choose, func(s string) ([]string, error) { return engine.ParseChoose(s, desk.Strategy) })
		},
		func() error { return read("budget", w.Budget, &p.Budget.Wall, within(longest)) },
		func() error { return read("cell", w.Cell, &p.Caps.CellTimeout, within(maxBudget)) },
		func() error {
			return read("answer", w.Answer, &p.Range, func(s string) (string, error) {
				r, err := asked.ParseRange(s)
				return r.String(), err
			})
		},
	} {
		if err := parse(); err != nil {
			return p, err
		}
	}
	return p, nil
}

// set takes what was given.
func set[T comparable](to *T, given T) {
	var none T
	if given != none {
		*to = given
	}
}

func setTo[T any](to, given *T) {
	if given != nil {
		*to = *given
	}
}

func read[T any](field, given string, to *T, parse func(string) (T, error)) error {
	if given == "" {
		return nil
	}
	v, err := parse(given)
	if err == nil {
		*to = v
	}
	return wrong(field, err)
}

// within reads a time that is no longer than longest.
func within(longest time.Duration) func(string) (time.Duration, error) {
	return func(s string) (time.Duration, error) {
		d, err := time.ParseDuration(s)
		if err != nil || d <= 0 || d > longest {
			return 0, fmt.Errorf("%q is not a time such as 90s or 5m, to %v", s, longest)
		}
		return d, nil
	}
}
