package solve_test

import (
	"context"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/enginetest"
	"github.com/aimo3/aimo3/engine/solve"
)

// TestThinkTags cuts each reply into two pieces at every place: what is thought
// and what is replied must not depend on it.
func TestThinkTags(t *testing.T) {
	tests := []struct{ name, text, thinking, reply, answer string }{
		{"no tags", `a < b, \boxed{4}`, "", `a < b, \boxed{4}`, "4"},
		{"one block", `<think>hm \boxed{1}</think>so \boxed{2}`, `hm \boxed{1}`, `so \boxed{2}`, "2"},
		{"never closed", `<think>hm \boxed{1}`, `hm \boxed{1}`, "", "1"},
		{"closed, never opened", `hm \boxed{1}</think>so \boxed{2}`, `hm \boxed{1}`, `so \boxed{2}`, "2"},
		{"two blocks", `<think>a</think>b<think>c</think>\boxed{3}`, "ac", `b\boxed{3}`, "3"},
		{"nearly a tag", `<thin> </thinker> <think`, "", `<thin> </thinker> <think`, ""},
		{"tag in a tag", `<<think>x</think>`, "x", "<", ""},
		{"closed twice", `<think>x</think>y</think>z`, "x", "yz", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for cut := range len(tt.text) + 1 {
				b := &scripted{play: func(_ context.Context, _ engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
					say(engine.Piece{Frames: 1, Channel: engine.Reply, Text: tt.text[:cut]})
					say(engine.Piece{Frames: 1, Channel: engine.Reply, Text: tt.text[cut:]})
					return engine.Ending{}, nil
				}}
				var l log
				v, err := (&solve.Solver{Backend: b}).Attempt(t.Context(), "a1", problem, engine.Plan{Samples: 1}, l.put)
				if err != nil {
					t.Fatal(err)
				}
				s := &enginetest.Fold(l.events).Samples[0]
				if s.Thinking.String() != tt.thinking || s.Reply.String() != tt.reply || string(v.Answer) != tt.answer {
					t.Errorf("cut at %d: thinking %q, reply %q, answer %q", cut, s.Thinking.String(), s.Reply.String(), v.Answer)
				}
			}
		})
	}
}

// TestThinkingField: a server that parts thinking itself leaves a stray closing
// tag nothing to take back.
func TestThinkingField(t *testing.T) {
	b := &scripted{play: func(_ context.Context, _ engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
		say(engine.Piece{Channel: engine.Thinking, Text: "hm", Frames: 3})
		say(engine.Piece{Channel: engine.Reply, Text: `\boxed{8}`, Frames: 2})
		say(engine.Piece{Frames: 1, Channel: engine.Reply, Text: `</think>`})
		return engine.Ending{}, nil
	}}
	var l log
	v, err := (&solve.Solver{Backend: b}).Attempt(t.Context(), "a1", problem, engine.Plan{Samples: 1}, l.put)
	if err != nil || v.Answer != "8" {
		t.Errorf("answer %q, err %v", v.Answer, err)
	}
	s := &enginetest.Fold(l.events).Samples[0]
	if s.Thinking.String() != "hm" || s.Frames != 5 || s.Phase != engine.Answering {
		t.Errorf("thinking %q, %d frames, phase %s", s.Thinking.String(), s.Frames, s.Phase)
	}
}
