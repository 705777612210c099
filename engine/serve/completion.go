package serve

import (
	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/wire"
)

// completion is an answer at the API of OpenAI: what was thought as reasoning, the
// verdict's answer as content, and the votes as aimo3.
type completion struct {
	ID      string       `json:"id"`
	Object  string       `json:"object" enum:"chat.completion,chat.completion.chunk"`
	Created int64        `json:"created"`
	Model   string       `json:"model"`
	Choices []chatChoice `json:"choices"`
	Usage   *chatUsage   `json:"usage,omitempty"`
	Aimo3   *votes       `json:"aimo3,omitempty"`
}

type chatChoice struct {
	Index        int       `json:"index"`
	Said         *chatSaid `json:"message,omitempty"`
	Delta        *chatSaid `json:"delta,omitempty"`
	FinishReason *string   `json:"finish_reason" enum:"stop"`
}

type chatSaid struct {
	Role      string  `json:"role,omitempty"`
	Content   *string `json:"content,omitempty"`
	Reasoning string  `json:"reasoning_content,omitempty"`
}

type chatUsage struct {
	Prompt     int `json:"prompt_tokens"`
	Completion int `json:"completion_tokens"`
	Total      int `json:"total_tokens"`
}

// votes are what the API of OpenAI has no place for.
type votes struct {
	Attempt engine.AttemptID `json:"attempt"`
	Verdict *engine.Verdict  `json:"verdict"`
	Tally   engine.Tally     `json:"tally"`
}

func orNone(a engine.Answer) string {
	if a == "" {
		return "no answer"
	}
	return string(a)
}

// content is the answer, or that there is none.
func (t *teller) content() string {
	v := t.progress.Verdict
	if v.Answer == "" {
		return "No answer was found: " + v.Why.Words() + "."
	}
	return string(v.Answer)
}

// reasoning is what the first sample thought that gave the answer, else the first one.
func (t *teller) reasoning() string {
	chosen := 0
	for i := range t.progress.Tally.Votes {
		if v := &t.progress.Tally.Votes[i]; v.Answer == t.progress.Verdict.Answer && len(v.Samples) > 0 {
			chosen = v.Samples[0]
		}
	}
	if s := t.progress.SampleAt(chosen); s != nil {
		return s.Thinking.String()
	}
	return ""
}

func (t *teller) figures() *chatUsage {
	u := &chatUsage{}
	for i := range t.progress.Samples {
		s := &t.progress.Samples[i]
		n, _ := s.Tokens()
		u.Prompt, u.Completion = u.Prompt+s.Ending.PromptTokens, u.Completion+n
	}
	u.Total = u.Prompt + u.Completion
	return u
}

func (t *teller) votes() *votes {
	return &votes{t.id, t.progress.Verdict, wire.Of(&t.progress, false).Tally}
}
