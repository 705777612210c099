package solve

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/confidence"
)

// judge asks a model several times which candidate is right, and counts what it
// picks. More than half of the draws settle a vote, and once so many agree the
// others are not waited for. Models favour a place, so each draw shows the
// candidates in another order: one that always picks the same place never picks
// one of them so often.
func (a *attempt) judge(name string, how engine.Judging, all []engine.Candidate) []float64 {
	ctx, stop := context.WithCancel(a.ctx)
	defer stop()
	tokens := &spending{maxTokens: a.plan.Budget.Tokens, over: func() { a.cancel(engine.ErrTokens) }}
	tokens.used.Store(int64(a.count.tokens))
	draws := make(chan int, how.Draws)
	for i := range how.Draws {
		draws <- i
	}
	close(draws)
	var (
		wg     sync.WaitGroup
		mu     sync.Mutex
		scores = make([]float64, len(all))
		failed []error
	)
	for range min(a.plan.Parallel, how.Draws) {
		wg.Go(func() {
			for i := range draws {
				at, err := a.draw(ctx, how, all, i, tokens)
				mu.Lock()
				switch {
				case ctx.Err() != nil:
				case err != nil:
					failed = append(failed, err)
				default:
					if scores[at]++; scores[at] > majority(how) {
						stop()
					}
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	a.count.tokens = int(tokens.used.Load())
	if len(failed) > 0 && a.ctx.Err() == nil {
		a.emit(a.solver.now(), engine.Warning{Text: engine.HideSecrets(fmt.Sprintf("%s: %d of %d judge replies are unusable: %v", name, len(failed), how.Draws, failed[0]))})
	}
	return scores
}

// majority is what the picks of the draws must be above to settle a vote.
func majority(how engine.Judging) float64 { return float64(how.Draws) / 2 }

// draw asks once and returns the candidate that is picked.
func (a *attempt) draw(ctx context.Context, how engine.Judging, all []engine.Candidate, number int, tokens *spending) (int, error) {
	if ctx.Err() != nil {
		return 0, ctx.Err()
	}
	brief, think := a.resources.brief, a.plan.Think
	brief.Code = engine.Code{}
	if judge := a.plan.Judge; judge != "" && judge != a.plan.Model {
		brief.Model, think = engine.Model{Name: judge}, engine.ThinkAuto // the plan's setting is for its own model
	}
	first := number % len(all)
	order := slices.Concat(all[first:], all[:first])
	text, err := a.ask(ctx, engine.Ask{
		Model: brief.Model.Name, Digest: a.plan.Digest(brief.Model.Name), Turns: how.Turns(brief, order), Seed: a.plan.Seed + judgeSeedOffset + int64(number),
		Think: think, Options: a.plan.Options,
	}, tokens)
	if err != nil {
		return 0, err
	}
	i, ok := how.Pick(text, len(order))
	if !ok {
		return 0, errNoPick
	}
	return (i + first) % len(all), nil
}

// judgeSeedOffset keeps the judge's seeds apart from the samples'.
const judgeSeedOffset = 1 << 20

// Why a draw that was heard to its end says nothing.
var (
	errNoPick = errors.New("the judge picked no answer")
	errCut    = errors.New("the judge's reply was cut off")
)

// ask asks for one reply that is no sample's, and hears it as if it were.
func (a *attempt) ask(ctx context.Context, ask engine.Ask, tokens *spending) (text string, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = internal(v)
		}
	}()
	s := &sampler{line: a.solver.line(ask.Model, func(engine.FallbackUsed) {}), maxThinkTokens: a.plan.Budget.Think, tell: tokens.hear}
	defer s.line.Close()
	s.confidence.report, s.confidence.check = func(int, float64) {}, func(*confidence.Meter) {}
	r, end, err := s.converse(ctx, ask)
	switch {
	case err != nil:
		return "", err
	case end.Cut:
		return "", errCut
	}
	return r.text.String(), nil
}

// spending counts tokens of replies that no fact tells of.
type spending struct {
	used      atomic.Int64
	maxTokens int // 0 for no bound
	over      func()
}

// hear counts the tokens of a fact, which goes no further.
func (s *spending) hear(f engine.Fact) {
	d, ok := f.(engine.Delta)
	if n := s.used.Add(int64(d.Frames)); ok && s.maxTokens > 0 && n > int64(s.maxTokens) {
		s.over()
	}
}
