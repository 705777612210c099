package solve_test

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/enginetest"
	"github.com/aimo3/aimo3/engine/solve"
)

// ponderous thinks a token at a time until it is stopped or told to answer.
func ponderous(tags bool) *scripted {
	return &scripted{play: func(ctx context.Context, ask engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
		if len(ask.Turns) > 1 {
			say(engine.Piece{Frames: 1, Channel: engine.Reply, Text: `\boxed{3}`})
			return engine.Ending{Tokens: 5}, nil
		}
		channel := engine.Thinking
		if tags {
			channel = engine.Reply
			say(engine.Piece{Frames: 1, Channel: channel, Text: "<think>"})
		}
		letters := rand.New(rand.NewPCG(1, 2)) // it does not loop
		for ctx.Err() == nil {
			say(engine.Piece{Channel: channel, Text: string(rune('a' + letters.IntN(23))), Frames: 1})
		}
		return engine.Ending{}, ctx.Err()
	}}
}

func TestThinkBudget(t *testing.T) {
	for _, tags := range []bool{false, true} {
		b := ponderous(tags)
		var l log
		v, err := (&solve.Solver{Backend: b}).Attempt(t.Context(), "a1", problem, engine.Plan{Samples: 1, Budget: engine.Budget{Think: 100}}, l.put)
		if err != nil || v.Answer != "3" || len(b.asked) != 2 {
			t.Fatalf("%v, %s after %d requests", err, show(v), len(b.asked))
		}
		again := b.asked[1]
		if n := len(again.Turns[1].Text); n < 100 || n > 102 || again.Turns[1].Role != "assistant" || again.Think != engine.ThinkOff || !strings.Contains(again.Turns[2].Text, "over") {
			t.Errorf("the model is shown %+v, thinking %s", again.Turns, again.Think)
		}
		if p := enginetest.Fold(l.events); len(p.Warnings) != 1 || p.Samples[0].Ending.Tokens < 100 {
			t.Errorf("warnings %v, %d tokens", p.Warnings, p.Samples[0].Ending.Tokens)
		}
	}
}

func TestTokenBudget(t *testing.T) {
	var l log
	v, err := (&solve.Solver{Backend: ponderous(false)}).Attempt(t.Context(), "a1", problem, engine.Plan{Samples: 3, Budget: engine.Budget{Tokens: 200}}, l.put)
	if p := enginetest.Fold(l.events); err != nil || v.Why != engine.OutOfBudget || p.Samples[0].Cause != engine.ErrTokens.Error() {
		t.Errorf("%v, %s, sample 1: %s", err, show(v), p.Samples[0].Cause)
	}
}
