package ollama

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/ollama/ollama/api"

	"github.com/aimo3/aimo3/engine"
)

// request is the wire form of ask, for the model as the server shows it. With
// ThinkAuto it fails only for a model that is missing or cannot reply: else the chat
// request will tell what is wrong, if anything is.
func (c *Client) request(ctx context.Context, ask engine.Ask) ([]byte, error) {
	card, err := c.Show(ctx, ask.Model)
	auto := ask.Think == engine.ThinkAuto || ask.Think == ""
	if err != nil && (!auto || errors.Is(err, &engine.Fault{Class: engine.NoModel}) || ctx.Err() != nil) {
		return nil, err
	}
	if err := card.CheckReplies(); err != nil {
		return nil, err
	}
	think, err := card.think(ask)
	if err != nil {
		return nil, err
	}
	return body(ask, think, card)
}

// body is the wire form of ask. It always forbids the server to shorten the
// conversation: by default Ollama cuts a prompt that is too long, and drops
// the problem's statement from a window that has run full, without a word.
func body(ask engine.Ask, think *api.ThinkValue, card Card) ([]byte, error) {
	yes, no := true, false
	b, err := json.Marshal(&api.ChatRequest{
		Model: ask.Model, Messages: messages(ask.Turns), Stream: &yes, Think: think, Tools: tools(ask.Tool),
		Truncate: &no, Shift: &no, Options: options(ask, card),
		Logprobs: ask.TopLogprobs > 0, TopLogprobs: ask.TopLogprobs,
	})
	if err != nil {
		return nil, fmt.Errorf("write the request: %w", err)
	}
	return b, nil
}

// options names only what Ollama knows: it ignores a misspelt option. Unless the model
// comes with a penalty for repetition, there is to be none: versions up to 0.32
// have one by default, which harms long reasoning.
func options(ask engine.Ask, card Card) map[string]any {
	o := map[string]any{"seed": ask.Seed}
	if !card.sets("repeat_penalty") {
		o["repeat_penalty"] = 1.0
	}
	if ask.Options.NumCtx > 0 {
		o["num_ctx"] = ask.Options.NumCtx
	}
	if ask.Options.NumPredict > 0 {
		o["num_predict"] = ask.Options.NumPredict
	}
	for name, v := range map[string]*float64{
		"temperature": ask.Options.Temperature, "top_p": ask.Options.TopP, "min_p": ask.Options.MinP,
	} {
		if v != nil {
			o[name] = *v
		}
	}
	return o
}

// think is the thinking field for ask, nil to leave it out.
func (c Card) think(ask engine.Ask) (*api.ThinkValue, error) {
	auto := ask.Think == engine.ThinkAuto || ask.Think == ""
	if !c.thinks() {
		if auto || ask.Think == engine.ThinkOff {
			return nil, nil
		}
		return nil, &engine.Fault{
			Class: engine.Invalid,
			What:  fmt.Sprintf("the model %q cannot think, and thinking is set to %s", clean(ask.Model), ask.Think),
			Todo:  "set thinking to auto or off, or choose a thinking model such as qwen3:8b",
		}
	}
	return thinkValue(ask.Think, c.leveled()), nil
}

// thinkValue is the wire form of t for a model that thinks. Models with levels
// cannot stop thinking, others know no levels.
func thinkValue(t engine.Think, leveled bool) *api.ThinkValue {
	switch {
	case !leveled:
		return &api.ThinkValue{Value: t != engine.ThinkOff}
	case t == engine.ThinkLow, t == engine.ThinkMedium, t == engine.ThinkHigh:
		return &api.ThinkValue{Value: string(t)}
	case t == engine.ThinkOff:
		return &api.ThinkValue{Value: string(engine.ThinkLow)}
	}
	return &api.ThinkValue{Value: string(engine.ThinkMedium)}
}
