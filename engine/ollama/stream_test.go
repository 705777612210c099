package ollama_test

import (
	"context"
	"encoding/json"
	"errors"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/ollama"
	fake "github.com/aimo3/aimo3/engine/ollama/ollamatest"
)

func newClient(t testing.TB, url string) *ollama.Client {
	t.Helper()
	c, err := ollama.New(url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// heard is what a Stream said: text of both channels, thinking in brackets.
type heard struct {
	strings.Builder
	pieces []engine.Piece
}

func (h *heard) say(p engine.Piece) {
	h.pieces = append(h.pieces, p)
	switch {
	case p.Phase != "":
	case p.Channel == engine.Thinking:
		h.WriteString("[" + p.Text + "]")
	default:
		h.WriteString(p.Text)
	}
}

func (h *heard) phases() (phases []engine.Phase) {
	for _, p := range h.pieces {
		if p.Phase != "" {
			phases = append(phases, p.Phase)
		}
	}
	return phases
}

func stream(t testing.TB, c *ollama.Client, ask engine.Ask) (*heard, engine.Ending, error) {
	t.Helper()
	if ask.Model == "" {
		ask.Model = "fake"
	}
	var h heard
	end, err := c.Stream(t.Context(), ask, h.say)
	return &h, end, err
}

func equalFrames(n int) []fake.Step {
	steps := make([]fake.Step, n)
	for i := range steps {
		steps[i] = fake.Say(" the")
	}
	return steps
}

const proxyPage = "<html><body>\x1b[31mGateway\nTime-out</body></html>"

// faulty is a reply gone wrong: what is heard of it and how it is told.
type faulty struct {
	name   string
	script []fake.Step
	heard  string
	class  engine.Class
	what   string // part of the error or of what to do
}

func TestRefusals(t *testing.T) {
	const runner = "model runner has unexpectedly stopped, this may be due to resource limitations or an internal error, check ollama server logs for details"
	checkFaults(t, []faulty{
		{"wrong path", []fake.Step{fake.FailAs(404, "text/plain", "404 page not found")}, "", engine.Unreachable, "OLLAMA_HOST"},
		{"runner stopped", []fake.Step{fake.Fail(500, runner)}, "", engine.Crashed, "unexpectedly stopped"},
		{"runner terminated", []fake.Step{fake.Fail(500, "llama runner process has terminated: exit status 2")}, "", engine.Crashed, "terminated"},
		{"no memory on the GPU", []fake.Step{fake.Fail(500, "llama runner process has terminated: cudaMalloc failed: CUDA error: out of memory")}, "", engine.Memory, "smaller"},
		{"no memory", []fake.Step{fake.Fail(500, "model requires more system memory (9.1 GiB) than is available (3.0 GiB)")}, "", engine.Memory, "9.1 GiB"},
		{"no layout", []fake.Step{fake.Fail(500, "memory layout cannot be allocated")}, "", engine.Memory, "smaller"},
		{"slow to load", []fake.Step{fake.Fail(500, "timed out waiting for llama runner to start - progress 0.00 - ")}, "", engine.Stalled, "OLLAMA_LOAD_TIMEOUT"},
		{"busy", []fake.Step{fake.Fail(503, "server busy, please try again.  maximum pending requests exceeded")}, "", engine.Busy, "fewer samples"},
		{"busy, no text", []fake.Step{fake.FailAs(503, "text/html", proxyPage)}, "", engine.Busy, "503"},
		{"too many", []fake.Step{fake.Fail(429, "slow down")}, "", engine.Busy, "slow down"},
		{"too long", []fake.Step{fake.Fail(400, "the input length exceeds the context length")}, "", engine.TooLong, "context window"},
		{"too long, newer text", []fake.Step{fake.Fail(400, "the prompt is longer than the context length currently available to the model; shorten it")}, "", engine.TooLong, "context window"},
		{"bad option", []fake.Step{fake.Fail(500, `option "num_predict" must be of type integer`)}, "", engine.Invalid, "num_predict"},
		{"bad request", []fake.Step{fake.Fail(400, "missing request body")}, "", engine.Invalid, "missing request body"},
		{"foreign origin", []fake.Step{fake.FailAs(403, "text/plain", "")}, "", engine.Invalid, "OLLAMA_ORIGINS"},
		{"sign-in wanted", []fake.Step{fake.Fail(401, "unauthorized")}, "", engine.Invalid, "signin"},
		{"gateway", []fake.Step{fake.FailAs(504, "text/html", proxyPage)}, "", engine.Unreachable, "gateway"},
		{"old server", []fake.Step{fake.Fail(500, "unknown model architecture: 'newest'")}, "", engine.Invalid, "update Ollama"},
		{"no chat", []fake.Step{fake.Fail(400, `"embed" does not support chat`)}, "", engine.Invalid, "chat model"},
		{"redirect", []fake.Step{fake.Redirect("http://127.0.0.1:1/")}, "", engine.Unreachable, "not followed"},
		{"unknown", []fake.Step{fake.Fail(500, "the moon is wrong")}, "", engine.Unknown, "the moon is wrong"},
		{"no answer", []fake.Step{fake.Vanish()}, "", engine.Unreachable, "without an answer"},
	})
}

func TestStreamFaults(t *testing.T) {
	checkFaults(t, []faulty{
		{"clean end without done", []fake.Step{fake.Say("4")}, "4", engine.Truncated, "without its end"},
		{"nothing at all", []fake.Step{}, "", engine.Truncated, "without its end"},
		{"repetition", equalFrames(31), strings.Repeat(" the", 31), engine.Looped, `repeated itself ("the")`},
		{"not yet repetition", equalFrames(30), strings.Repeat(" the", 30), engine.Truncated, "without its end"},
		{"socket closed", []fake.Step{fake.Say("4"), fake.HangUp()}, "4", engine.Truncated, "broke in the middle"},
		{"socket reset", []fake.Step{fake.Say("4"), fake.Reset()}, "", engine.Truncated, "broke in the middle"},
		{"half a line", []fake.Step{fake.Say("4"), fake.Raw(`{"message":{"con`)}, "4", engine.Truncated, "in the middle of a line"},
		{"half a line, socket closed", []fake.Step{fake.Say("4"), fake.Raw(`{"message":{"con`), fake.HangUp()}, "4", engine.Truncated, "broke in the middle"},
		{"bad JSON", []fake.Step{fake.Say("4"), fake.Raw("{\"message\":}\n")}, "4", engine.Garbled, "no valid frame"},
		{"no object", []fake.Step{fake.Raw("[]\n")}, "", engine.Garbled, "not a JSON object"},
		{"wrong type of field", []fake.Step{fake.Raw(`{"message":{"content":4}}` + "\n")}, "", engine.Garbled, "no valid frame"},
		{"two endings", []fake.Step{fake.Say("4"), fake.Done(), fake.Done()}, "4", engine.Garbled, "after the end"},
		{"text after the end", []fake.Step{fake.Done(), fake.Say("4")}, "", engine.Garbled, "after the end"},
		{"half a line after the end", []fake.Step{fake.Say("4"), fake.Done(), fake.Raw("{")}, "4", engine.Garbled, "after the end"},
		{"error midway", []fake.Step{fake.Say("4"), fake.FailMidway("an error was encountered while running the model: unexpected EOF")}, "4", engine.Crashed, "runner died"},
		{"error wins over done", []fake.Step{fake.Raw(`{"done":true,"error":"CUDA error: out of memory"}` + "\n")}, "", engine.Memory, "out of memory"},
		{"error as an object", []fake.Step{fake.Raw(`{"error":{"message":"server busy"}}` + "\n")}, "", engine.Busy, "server busy"},
		{"unknown error midway", []fake.Step{fake.FailMidway("the moon is wrong")}, "", engine.Unknown, "the moon is wrong"},
		{"load only", []fake.Step{fake.DoneFor("load")}, "", engine.Busy, "load the model"},
		{"unload only", []fake.Step{fake.DoneFor("unload")}, "", engine.Busy, "unload the model"},
		{"proxy page", []fake.Step{fake.FailAs(200, "text/html", proxyPage)}, "", engine.Unreachable, "is not Ollama: it sends text/html"},
		{"no content type", []fake.Step{fake.ContentType(""), fake.Say("4"), fake.Done()}, "", engine.Unreachable, "is not Ollama: it sends (nothing)"},
		{"long line", []fake.Step{fake.Raw(`{"message":{"content":"` + strings.Repeat("a", 5<<20) + "\"}}\n")}, "", engine.Oversize, "4 MB"},
		{"endless line", []fake.Step{fake.Raw(strings.Repeat("a", 5<<20)), fake.Stall()}, "", engine.Oversize, "4 MB"},
		{"stall after text", []fake.Step{fake.Say("4"), fake.Stall()}, "4", engine.Stalled, "sent nothing"},
		{"stall before text", []fake.Step{fake.Stall()}, "", engine.Stalled, "sent nothing"},
	})
}

func checkFaults(t *testing.T, tests []faulty) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.name == "socket reset" {
				tt.heard = "*" // what of a broken connection still arrives is chance
			}
			c := newClient(t, fake.NewServer(t, tt.script).URL)
			first, next := time.Hour, time.Hour
			switch tt.name {
			case "stall before text":
				first = 100 * time.Millisecond
			case "stall after text":
				next = 100 * time.Millisecond
			}
			c.Hurry(first, next, time.Hour)
			h, _, err := stream(t, c, engine.Ask{})
			if tt.heard != "*" && h.String() != tt.heard {
				t.Errorf("heard %.80q, want %.80q", h.String(), tt.heard)
			}
			if !errors.Is(err, &engine.Fault{Class: tt.class}) || !strings.Contains(engine.Hint(err), tt.what) {
				t.Errorf("class %q of %q, want %q and %q", engine.ClassOf(err), engine.Hint(err), tt.class, tt.what)
			}
			if strings.ContainsAny(engine.Hint(err), "\x1b\n") {
				t.Errorf("the error holds what a terminal obeys: %q", engine.Hint(err))
			}
		})
	}
}

func TestStreamEnds(t *testing.T) {
	said := func(s string) string {
		b, _ := json.Marshal(map[string]any{"message": map[string]string{"content": s}})
		return string(b)
	}
	end := `{"message":{"content":""},"done":true,"done_reason":"stop","eval_count":2,"eval_duration":2000000000,"prompt_eval_count":7}`
	tests := []struct {
		name   string
		script []fake.Step
		want   string
	}{
		{"both channels", []fake.Step{fake.Think("hm"), fake.Say("4"), fake.Say("2"), fake.Done()}, "[hm]42"},
		{"plain JSON type", []fake.Step{fake.ContentType("application/json; charset=utf-8"), fake.Say("42"), fake.Done()}, "42"},
		{"blank lines", []fake.Step{fake.Raw("\n\n  \n"), fake.Say("4"), fake.Raw("\n"), fake.Say("2"), fake.Done(), fake.Raw("\n\n")}, "42"},
		{"CRLF", []fake.Step{fake.Raw(said("42") + "\r\n\r\n" + end + "\r\n")}, "42"},
		{"no last line end", []fake.Step{fake.Say("42"), fake.Raw(end)}, "42"},
		{"reason without done", []fake.Step{fake.Say("42"), fake.Raw(`{"done_reason":"stop","eval_count":2,"eval_duration":2000000000,"prompt_eval_count":7}` + "\n")}, "42"},
		{"text in the last frame", []fake.Step{fake.Raw(strings.Replace(end, `"content":""`, `"content":"42"`, 1) + "\n")}, "42"},
		{"unknown fields", []fake.Step{fake.Raw(`{"new":[1,{"a":null}],"message":{"content":"42","x":1}}` + "\n"), fake.Done()}, "42"},
		{"error that says nothing", []fake.Step{fake.Raw(`{"error":null,"message":{"content":"42"}}` + "\n"), fake.Done()}, "42"},
		{"byte by byte", []fake.Step{fake.Split(1, said("日本 \U0001F600 <b>")+"\n"+end+"\n")}, "日本 \U0001F600 <b>"},
		{"odd log-probabilities", []fake.Step{fake.Raw(`{"message":{"content":"42"},"logprobs":{"content":[]}}` + "\n" + `{"message":{"content":"!"},"logprobs":"none","done":false}` + "\n"), fake.Done()}, "42!"},
		{"times that are fractions", []fake.Step{fake.Say("42"), fake.Raw(strings.NewReplacer("2000000000", "2000000000.5", `:7`, `:7.0`).Replace(end) + "\n")}, "42"},
		{"times that are no numbers", []fake.Step{fake.Say("42"), fake.Raw(strings.Replace(end, "{", `{"load_duration":"1ms","prompt_eval_duration":null,`, 1) + "\n")}, "42"},
		{"open after the end", []fake.Step{fake.Say("42"), fake.Done(), fake.Stall()}, "42"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := newClient(t, fake.NewServer(t, tt.script).URL)
			c.Hurry(time.Hour, time.Hour, 100*time.Millisecond) // a complete reply waits for nothing else
			h, end, err := stream(t, c, engine.Ask{})
			if err != nil || h.String() != tt.want {
				t.Errorf("heard %q and %v, want %q", h.String(), err, tt.want)
			}
			if end.Tokens != 2 || end.PromptTokens != 7 || end.Rate() != 1 || end.Cut {
				t.Errorf("ending %+v", end)
			}
		})
	}
}

func TestCutReply(t *testing.T) {
	c := newClient(t, fake.NewServer(t, []fake.Step{fake.Say("4"), fake.DoneFor("length")}).URL)
	if _, end, err := stream(t, c, engine.Ask{}); err != nil || !end.Cut {
		t.Errorf("cut %v, error %v", end.Cut, err)
	}
}

func TestCancelIsSeenByTheServer(t *testing.T) {
	srv := fake.NewServer(t, []fake.Step{fake.Say("4"), fake.Stall()})
	c := newClient(t, srv.URL)
	ctx, cancel := context.WithCancelCause(t.Context())
	_, err := c.Stream(ctx, engine.Ask{Model: "fake"}, func(p engine.Piece) {
		if p.Text != "" {
			cancel(engine.ErrStopped)
		}
	})
	if !errors.Is(err, engine.ErrStopped) {
		t.Errorf("error %v, want the cause", err)
	}
	srv.AwaitGone(t, 1)
}

func TestNoGoroutineStays(t *testing.T) {
	srv := fake.NewServer(t, []fake.Step{fake.Say("4"), fake.Stall()}, []fake.Step{fake.Say("4"), fake.Done()}, []fake.Step{fake.Raw("x\n")})
	c, err := ollama.New(srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	c.Hurry(time.Second, 100*time.Millisecond, time.Second)
	for range 3 {
		_, _ = c.Stream(t.Context(), engine.Ask{Model: "fake"}, func(engine.Piece) {})
	}
	c.Close()
	for {
		buf := make([]byte, 1<<20)
		stacks := string(buf[:runtime.Stack(buf, true)])
		if !strings.Contains(stacks, "engine/ollama.(") && !strings.Contains(stacks, "persistConn") {
			return
		}
		runtime.Gosched() // if one stays, the test's own time runs out, and the stacks are told
	}
}
