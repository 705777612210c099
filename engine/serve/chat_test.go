package serve

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	fake "github.com/aimo3/aimo3/engine/ollama/ollamatest"
)

// TestChat: the API of OpenAI has the thinking as reasoning, the answer as content and
// the votes beside them; in one piece and as a stream, solved and recalled.
func TestChat(t *testing.T) {
	r := start(t, nil, replies("42"))
	const ask = `{"model":"aimo3/fake","messages":[{"role":"system","content":"be brief"},{"role":"user","content":[{"type":"text","text":"What is 6 times 7?"}]}],"user":"x","stream":`
	for range 2 { // the second is recalled
		var c completion
		got := r.ask("POST", "/v1/chat/completions", ask+`false}`)
		if got.status != 200 {
			t.Fatalf("%d %s", got.status, got.body)
		}
		got.into(t, &c)
		said := c.Choices[0].Said
		if *said.Content != "42" || c.Object != "chat.completion" || *c.Choices[0].FinishReason != "stop" || c.Aimo3.Verdict.Votes != 2 || len(c.Aimo3.Tally.Votes) != 1 || c.Model != "aimo3/fake" {
			t.Errorf("%s", got.body)
		}
	}
	got := r.ask("POST", "/v1/chat/completions", `{"model":"aimo3","messages":[{"role":"user","content":"What is 7 times 6?"}],"stream":true,"stream_options":{"include_usage":true}}`)
	var content, reasoning strings.Builder
	var last completion
	chunks := strings.Split(strings.TrimSpace(got.body), "\n\n")
	for _, text := range chunks[:len(chunks)-1] {
		var c completion
		if err := json.Unmarshal([]byte(strings.TrimPrefix(text, "data: ")), &c); err != nil || c.Object != "chat.completion.chunk" {
			t.Fatalf("%q: %v", text, err)
		}
		for _, choice := range c.Choices {
			reasoning.WriteString(choice.Delta.Reasoning)
			if choice.Delta.Content != nil {
				content.WriteString(*choice.Delta.Content)
			}
		}
		if last = c; c.Aimo3 != nil && (c.Aimo3.Verdict.Answer != "42" || *c.Choices[0].FinishReason != "stop") {
			t.Errorf("the end: %s", text)
		}
	}
	if content.String() != "42" || !strings.Contains(reasoning.String(), "six sevens") || !strings.Contains(reasoning.String(), "[reply 2: 42]") || chunks[len(chunks)-1] != "data: [DONE]" || last.Usage == nil {
		t.Errorf("content %q, reasoning %q, end %q", &content, &reasoning, chunks[len(chunks)-1])
	}
}

// TestChatRefused: what cannot be asked is told as at every other place.
func TestChatRefused(t *testing.T) {
	r := start(t, nil, replies("42"))
	for body, want := range map[string]string{
		`{"model":"gpt-4","messages":[{"role":"user","content":"2+2?"}]}`:                                                               "404 no_model a model is called aimo3/NAME",
		`{"model":"aimo3/gpt-4","messages":[{"role":"user","content":"2+2?"}]}`:                                                         "422 no_model no model",
		`{"model":"aimo3","messages":[]}`:                                                                                               "422 unprocessable_entity body.messages",
		`{"model":"aimo3","messages":[{"role":"system","content":"x"}]}`:                                                                "422 invalid body.messages: no turn",
		`{"model":"aimo3","messages":[{"role":"user","content":""}]}`:                                                                   "422 invalid the problem is empty",
		`{"model":"aimo3","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"http://169.254.169.254/"}}]}]}`: "422 invalid body.messages: the content must be text",
		`{"model":"aimo3","messages":[{"role":"user","content":"2+2?"}],"n":2}`:                                                         "422 unprocessable_entity body.n",
		`{"model":"aimo3","messages":[{"role":"user","content":"2+2?"}],"temperature":"hot"}`:                                           "422 unprocessable_entity body.temperature",
	} {
		var p struct{ Type, Detail string }
		got := r.ask("POST", "/v1/chat/completions", body)
		got.into(t, &p)
		wanted := strings.SplitN(want, " ", 3)
		if p.Type != typePrefix+wanted[1] || !strings.HasPrefix(p.Detail, wanted[2]) || strconv.Itoa(got.status) != wanted[0] {
			t.Errorf("%s: %d %s, want %s", body, got.status, got.body, want)
		}
	}
	if n := len(r.model.Asked()); n > 0 {
		t.Errorf("%d requests were made of the model", n)
	}
}

// TestChatLeft: the attempt of a client that has gone is stopped.
func TestChatLeft(t *testing.T) {
	r := start(t, nil, []fake.Step{fake.Think("hm"), fake.Stall()})
	resp := r.open("POST", "/v1/chat/completions", `{"model":"aimo3","messages":[{"role":"user","content":"2+2?"}],"stream":true}`)
	r.model.AwaitAsked(t, 2)
	_ = resp.Body.Close()
	r.model.AwaitGone(t, 2)
	if all := r.ended(); len(all) != 1 || all[0].Verdict == nil || all[0].Verdict.Why != engine.Cancelled {
		t.Errorf("it ended as %+v", all)
	}
}

// TestModels: every installed model that can reply is offered.
func TestModels(t *testing.T) {
	r := start(t, nil, replies("42"))
	r.model.Install(fake.Model{Name: "nomic-embed-text:latest", Capabilities: []string{"embedding"}})
	var list struct{ Data []offered }
	if r.ask("GET", "/v1/models", "").into(t, &list); len(list.Data) != 1 || list.Data[0].ID != "aimo3/fake:latest" && list.Data[0].ID != "aimo3/fake" {
		t.Errorf("%+v", list)
	}
}

// TestOthers: grading and the description of all of it.
func TestOthers(t *testing.T) {
	r := start(t, nil, replies("42"))
	got := r.ask("POST", "/v1/grade", `{"rows":[{"id":"a","gold":"1/2","pred":"0.5"},{"text":"So \\boxed{7}.","expect":"8"},{"gold":"1"}]}`)
	for _, want := range []string{`"id":"a"`, `"verdict":"equal"`, `"verdict":"different"`, `"answer":"7"`, `"error":"a row has gold and pred, or text and expect"`} {
		if !strings.Contains(got.body, want) {
			t.Errorf("no %s in %s", want, got.body)
		}
	}
	var api struct {
		OpenAPI string
		Paths   map[string]any
	}
	if r.ask("GET", "/openapi.json", "").into(t, &api); api.OpenAPI != "3.1.0" || len(api.Paths) != 20 {
		t.Errorf("openapi %s with %d paths", api.OpenAPI, len(api.Paths))
	}
	r.model.Close()
	if got := r.ask("POST", "/v1/attempts", ask42); got.status != 503 || got.header.Get("Retry-After") == "" || strings.Contains(got.body, "127.0.0.1") {
		t.Errorf("%d %s", got.status, got.body)
	}
}
