package serve

import (
	"fmt"
	"strings"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/answer"
	"github.com/aimo3/aimo3/engine/answer/asked"
	"github.com/aimo3/aimo3/engine/desk"
	"github.com/aimo3/aimo3/engine/wire"
)

// maxBudget is the longest time that a client may have an attempt take, unless the
// server's own default is longer.
const maxBudget = time.Hour

// problemOf is the problem of a wish.
func problemOf(w *wire.Wish) (engine.Problem, error) {
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

// planOf is what a wish makes of the server's own plan.
func planOf(w *wire.Wish, p engine.Plan) (engine.Plan, error) {
	set(&p.Model, w.Model)
	set(&p.Judge, w.Judge)
	setList(&p.Fallback, w.Fallback)
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
	for _, parse := range []func() error{
		func() error { return read("stop", w.Stop, &p.Stop, engine.ParseStop) },
		func() error {
			return read("choose", w.Choose, &p.Choose, func(s string) ([]string, error) { return engine.ParseChoose(s, desk.Strategy) })
		},
		func() error { return read("budget", w.Budget, &p.Budget.Wall, within(p.Budget.Wall)) },
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

func setList[T any](to *[]T, given []T) {
	if len(given) > 0 {
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

// within reads a time that is no longer than a server's own, or maxBudget if that is longer;
// none only where the server's own is.
func within(own time.Duration) func(string) (time.Duration, error) {
	longest := max(maxBudget, own)
	return func(s string) (time.Duration, error) {
		if s == wire.None && own < 0 {
			return own, nil
		}
		d, err := time.ParseDuration(s)
		if err != nil || d <= 0 || d > longest {
			return 0, fmt.Errorf("%q is not a time such as 90s or 5m, to %v", s, longest)
		}
		return d, nil
	}
}
