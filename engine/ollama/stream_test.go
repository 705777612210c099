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
	. "github.com/aimo3/aimo3/engine/ollama/ollamatest"
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
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	if ask.Model == "" {
		ask.Model = "fake"
	}
	var h heard
	end, err := c.Stream(ctx, ask, h.say)
	return &h, end, err
}

func equalFrames(n int) []Step {
	steps := make([]Step, n)
	for i := range steps {
		steps[i] = Say(" the")
	}
	return steps
}

const proxyPage = "<html><body>\x1b[31mGateway\nTime-out</body></html>"

func TestStreamFaults(t *testing.T) {
	const runner = "model runner has unexpectedly stopped, this may be due to resource limitations or an internal error, check ollama server logs for details"
	tests := []struct {
		name   string
		script []Step
		heard  string
		class  engine.Class
		what   string // part of the error or of what to do
	}{
		{"clean end without done", []Step{Say("4")}, "4", engine.Truncated, "without its end"},
		{"nothing at all", []Step{}, "", engine.Truncated, "without its end"},
		{"repetition", equalFrames(31), strings.Repeat(" the", 31), engine.Truncated, `repeated itself ("the")`},
		{"not yet repetition", equalFrames(30), strings.Repeat(" the", 30), engine.Truncated, "without its end"},
		{"socket closed", []Step{Say("4"), HangUp()}, "4", engine.Truncated, "broke in the middle"},
		{"socket reset", []Step{Say("4"), Reset()}, "", engine.Truncated, "broke in the middle"},
		{"half a line", []Step{Say("4"), Raw(`{"message":{"con`)}, "4", engine.Truncated, "in the middle of a line"},
		{"half a line, socket closed", []Step{Say("4"), Raw(`{"message":{"con`), HangUp()}, "4", engine.Truncated, "broke in the middle"},
		{"bad JSON", []Step{Say("4"), Raw("{\"message\":}\n")}, "4", engine.Garbled, "no valid frame"},
		{"no object", []Step{Raw("[]\n")}, "", engine.Garbled, "not a JSON object"},
		{"wrong type of field", []Step{Raw(`{"message":{"content":4}}` + "\n")}, "", engine.Garbled, "no valid frame"},
		{"two endings", []Step{Say("4"), Done(), Done()}, "4", engine.Garbled, "after the end"},
		{"text after the end", []Step{Done(), Say("4")}, "", engine.Garbled, "after the end"},
		{"half a line after the end", []Step{Say("4"), Done(), Raw("{")}, "4", engine.Garbled, "after the end"},
		{"error midway", []Step{Say("4"), FailMidway("an error was encountered while running the model: unexpected EOF")}, "4", engine.Crashed, "runner died"},
		{"error wins over done", []Step{Raw(`{"done":true,"error":"CUDA error: out of memory"}` + "\n")}, "", engine.Memory, "out of memory"},
		{"error as an object", []Step{Raw(`{"error":{"message":"server busy"}}` + "\n")}, "", engine.Busy, "server busy"},
		{"unknown error midway", []Step{FailMidway("the moon is wrong")}, "", engine.Unknown, "the moon is wrong"},
		{"load only", []Step{DoneFor("load")}, "", engine.Truncated, "load the model"},
		{"unload only", []Step{DoneFor("unload")}, "", engine.Truncated, "unload the model"},
		{"proxy page", []Step{FailAs(200, "text/html", proxyPage)}, "", engine.Garbled, "text/html"},
		{"no content type", []Step{ContentType(""), Say("4"), Done()}, "", engine.Garbled, "not what Ollama sends"},
		{"long line", []Step{Raw(`{"message":{"content":"` + strings.Repeat("a", 5<<20) + "\"}}\n")}, "", engine.Oversize, "4 MB"},
		{"endless line", []Step{Raw(strings.Repeat("a", 5<<20)), Stall()}, "", engine.Oversize, "4 MB"},
		{"stall after text", []Step{Say("4"), Stall()}, "4", engine.Stalled, "sent nothing"},
		{"stall before text", []Step{Stall()}, "", engine.Stalled, "sent nothing"},

		{"wrong path", []Step{FailAs(404, "text/plain", "404 page not found")}, "", engine.Unreachable, "OLLAMA_HOST"},
		{"runner stopped", []Step{Fail(500, runner)}, "", engine.Crashed, "unexpectedly stopped"},
		{"runner terminated", []Step{Fail(500, "llama runner process has terminated: exit status 2")}, "", engine.Crashed, "terminated"},
		{"no memory on the GPU", []Step{Fail(500, "llama runner process has terminated: cudaMalloc failed: CUDA error: out of memory")}, "", engine.Memory, "smaller"},
		{"no memory", []Step{Fail(500, "model requires more system memory (9.1 GiB) than is available (3.0 GiB)")}, "", engine.Memory, "9.1 GiB"},
		{"no layout", []Step{Fail(500, "memory layout cannot be allocated")}, "", engine.Memory, "smaller"},
		{"slow to load", []Step{Fail(500, "timed out waiting for llama runner to start - progress 0.00 - ")}, "", engine.Stalled, "OLLAMA_LOAD_TIMEOUT"},
		{"busy", []Step{Fail(503, "server busy, please try again.  maximum pending requests exceeded")}, "", engine.Busy, "fewer samples"},
		{"busy, no text", []Step{FailAs(503, "text/html", proxyPage)}, "", engine.Busy, "503"},
		{"too many", []Step{Fail(429, "slow down")}, "", engine.Busy, "slow down"},
		{"too long", []Step{Fail(400, "the input length exceeds the context length")}, "", engine.TooLong, "context window"},
		{"too long, newer text", []Step{Fail(400, "the prompt is longer than the context length currently available to the model; shorten it")}, "", engine.TooLong, "context window"},
		{"bad option", []Step{Fail(500, `option "num_predict" must be of type integer`)}, "", engine.Invalid, "num_predict"},
		{"bad request", []Step{Fail(400, "missing request body")}, "", engine.Invalid, "missing request body"},
		{"foreign origin", []Step{FailAs(403, "text/plain", "")}, "", engine.Invalid, "OLLAMA_ORIGINS"},
		{"sign-in wanted", []Step{Fail(401, "unauthorized")}, "", engine.Invalid, "signin"},
		{"gateway", []Step{FailAs(504, "text/html", proxyPage)}, "", engine.Unreachable, "gateway"},
		{"old server", []Step{Fail(500, "unknown model architecture: 'newest'")}, "", engine.Invalid, "update Ollama"},
		{"no chat", []Step{Fail(400, `"embed" does not support chat`)}, "", engine.Invalid, "chat model"},
		{"redirect", []Step{Redirect("http://127.0.0.1:1/")}, "", engine.Unreachable, "not followed"},
		{"unknown", []Step{Fail(500, "the moon is wrong")}, "", engine.Unknown, "the moon is wrong"},
		{"no answer", []Step{Vanish()}, "", engine.Unreachable, "without an answer"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.name == "socket reset" {
				tt.heard = "*" // what of a broken connection still arrives is chance
			}
			c := newClient(t, NewServer(t, tt.script).URL)
			c.Hurry(300*time.Millisecond, 300*time.Millisecond, 300*time.Millisecond)
			if !strings.HasPrefix(tt.name, "stall") {
				c.Hurry(10*time.Second, 10*time.Second, 10*time.Second)
			}
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
		script []Step
		want   string
	}{
		{"both channels", []Step{Think("hm"), Say("4"), Say("2"), Done()}, "[hm]42"},
		{"plain JSON type", []Step{ContentType("application/json; charset=utf-8"), Say("42"), Done()}, "42"},
		{"blank lines", []Step{Raw("\n\n  \n"), Say("4"), Raw("\n"), Say("2"), Done(), Raw("\n\n")}, "42"},
		{"CRLF", []Step{Raw(said("42") + "\r\n\r\n" + end + "\r\n")}, "42"},
		{"no last line end", []Step{Say("42"), Raw(end)}, "42"},
		{"reason without done", []Step{Say("42"), Raw(`{"done_reason":"stop","eval_count":2,"eval_duration":2000000000,"prompt_eval_count":7}` + "\n")}, "42"},
		{"text in the last frame", []Step{Raw(strings.Replace(end, `"content":""`, `"content":"42"`, 1) + "\n")}, "42"},
		{"unknown fields", []Step{Raw(`{"new":[1,{"a":null}],"message":{"content":"42","x":1}}` + "\n"), Done()}, "42"},
		{"error that says nothing", []Step{Raw(`{"error":null,"message":{"content":"42"}}` + "\n"), Done()}, "42"},
		{"byte by byte", []Step{Split(1, said("日本 \U0001F600 <b>")+"\n"+end+"\n")}, "日本 \U0001F600 <b>"},
		{"open after the end", []Step{Say("42"), Done(), Stall()}, "42"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := newClient(t, NewServer(t, tt.script).URL)
			c.Hurry(10*time.Second, 10*time.Second, 100*time.Millisecond)
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
	c := newClient(t, NewServer(t, []Step{Say("4"), DoneFor("length")}).URL)
	if _, end, err := stream(t, c, engine.Ask{}); err != nil || !end.Cut {
		t.Errorf("cut %v, error %v", end.Cut, err)
	}
}

func TestCancelIsSeenByTheServer(t *testing.T) {
	srv := NewServer(t, []Step{Say("4"), Stall()})
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
	srv := NewServer(t, []Step{Say("4"), Stall()}, []Step{Say("4"), Done()}, []Step{Raw("x\n")})
	c, err := ollama.New(srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	c.Hurry(time.Second, 100*time.Millisecond, time.Second)
	for range 3 {
		_, _ = c.Stream(t.Context(), engine.Ask{Model: "fake"}, func(engine.Piece) {})
	}
	c.Close()
	deadline := time.Now().Add(5 * time.Second)
	for {
		buf := make([]byte, 1<<20)
		stacks := string(buf[:runtime.Stack(buf, true)])
		if !strings.Contains(stacks, "engine/ollama.(") && !strings.Contains(stacks, "persistConn") {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal(stacks)
		}
		runtime.Gosched()
	}
}
