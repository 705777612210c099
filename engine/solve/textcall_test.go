package solve_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
)

// TestTextCalls: a call that a model wrote into its reply is run, and goes back as
// one; what it only thought of, or wrote beside its answer, is not.
func TestTextCalls(t *testing.T) {
	const object = `{"name":"python","arguments":{"code":"40 + 2"}}`
	tests := []struct {
		name, thinking, reply string
		before                string // what is left of the text; "-" where nothing is run
		answer                engine.Answer
	}{
		{"nothing but a call", "hm", object, "", "7"},
		{"words, then a call", "", "I add.\n<tool_call>" + object + "</tool_call>", "I add.\n", "7"},
		{"a fence", "", "I add.\n```python\n40 + 2\n```", "I add.\n", "7"},
		{"only thought of", "I could call " + object, "So \\boxed{5}.", "-", "5"},
		{"thought of in tags", "", "<think>I could call\n" + object + "\n</think>So \\boxed{5}.", "-", "5"},
		{"it goes on to its answer", "", object + "\nSo \\boxed{5}.", "-", "5"},
		{"it has its answer", "", "So \\boxed{5}, by\n```python\n40 + 2\n```", "-", "5"},
	}
	for _, tt := range tests {
		for _, tools := range []bool{true, false} {
			if !tools && tt.name == "it has its answer" {
				continue // where fences are asked for, they are calls
			}
			b := &scripted{play: func(_ context.Context, ask engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
				if len(ask.Turns) > 1 {
					say(engine.Piece{Frames: 1, Channel: engine.Reply, Text: `\boxed{7}`})
					return engine.Ending{}, nil
				}
				say(engine.Piece{Frames: 1, Channel: engine.Thinking, Text: tt.thinking})
				for _, r := range tt.reply {
					say(engine.Piece{Frames: 1, Channel: engine.Reply, Text: string(r)})
				}
				return engine.Ending{}, nil
			}}
			v, l := attemptCode(t, b, python(), engine.Plan{}, tools)
			var ran []string
			for _, e := range l.events {
				if f, ok := e.Fact.(engine.CodeStarted); ok {
					ran = append(ran, f.Code)
				}
			}
			if v.Answer != tt.answer || len(ran) > 1 || (len(ran) == 0) != (tt.before == "-") {
				t.Errorf("%s, tools %v: %q after running %q, want %q", tt.name, tools, v.Answer, ran, tt.answer)
			}
			if tt.before == "-" || !tools {
				continue
			}
			said, told := b.asked[1].Turns[1], b.asked[1].Turns[2]
			if said.Text != tt.before || len(said.Calls) != 1 || said.Calls[0].Name != "python" || told.Role != "tool" || !strings.Contains(told.Text, "42") && !strings.Contains(told.Text, "40 + 2") {
				t.Errorf("%s: %+v is told %+v", tt.name, said, told)
			}
		}
	}
}

// TestTextCallsAreRunInOrder: a reply may end with more than one.
func TestTextCallsAreRunInOrder(t *testing.T) {
	b := codingTo(`\boxed{7}`)
	play := b.play
	b.play = func(ctx context.Context, ask engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
		if len(ask.Turns) > 1 {
			return play(ctx, ask, say)
		}
		say(engine.Piece{Frames: 1, Channel: engine.Reply, Text: `[TOOL_CALLS][{"name":"python","arguments":{"code":"a"}},{"name":"python","arguments":{"code":"b"}}]`})
		return engine.Ending{}, nil
	}
	_, l := attemptCode(t, b, python(), engine.Plan{}, true)
	var ran []string
	for _, e := range l.events {
		if f, ok := e.Fact.(engine.CodeStarted); ok {
			ran = append(ran, f.Code)
		}
	}
	if !slices.Equal(ran, []string{"a", "b"}) {
		t.Errorf("ran %q", ran)
	}
}
