package ollama_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	fake "github.com/aimo3/aimo3/engine/ollama/ollamatest"
)

// TestFailoverBench ports the sixteen faults of Failover Bench's catalogue
// (github.com/failoverbench/failoverbench, scenarios/catalogue.yaml, version 0.1) from
// server-sent events to Ollama's lines: to each request comes what a client needs to
// know to do what the catalogue calls correct. A class of "" is a whole reply.
func TestFailoverBench(t *testing.T) {
	const answer = "w1 w2 w3 "
	whole := []fake.Step{words(1, 60), fake.Ended("stop", 20, 60)}
	busy := []fake.Step{fake.Fail(http.StatusServiceUnavailable, "overloaded")}
	limited := []fake.Step{fake.FailAs(http.StatusTooManyRequests, "application/json", `{"error":"rate limit reached"}`)}
	cut := []fake.Step{words(1, 40), fake.HangUp()}
	malformed := []fake.Step{words(1, 9), fake.Raw("{\"message\": {\"content\": \"w10 \"\n"), words(11, 60), fake.Ended("stop", 20, 60)}
	released := make(chan struct{})
	for _, tt := range []struct {
		id, name string
		scripts  [][]fake.Step // of the requests, in order
		classes  []engine.Class
		what     string // part of the first fault
	}{
		{"S01", "429 with Retry-After", [][]fake.Step{{retryAfter(2)}, whole}, []engine.Class{engine.Busy, ""}, "429"},
		{"S02", "429 for good", [][]fake.Step{limited}, []engine.Class{engine.Busy, engine.Busy}, "rate limit reached"},
		{"S03", "500 once", [][]fake.Step{{fake.Fail(500, "internal error")}, whole}, []engine.Class{engine.Unknown, ""}, "internal error"},
		{"S04", "503 for good", [][]fake.Step{busy}, []engine.Class{engine.Busy, engine.Busy}, "overloaded"},
		{"S05", "reset before headers", [][]fake.Step{{fake.Vanish()}, whole}, []engine.Class{engine.Unreachable, ""}, "without an answer"},
		{"S06", "no response at all", [][]fake.Step{{hold()}}, []engine.Class{engine.Stalled}, "sent nothing"},
		{"S07", "slow first token", [][]fake.Step{{release(released), fake.Gate(released), words(1, 60), fake.Done()}}, []engine.Class{""}, ""},
		{"S08", "stream cut midway", [][]fake.Step{cut, whole}, []engine.Class{engine.Truncated, ""}, "broke in the middle"},
		{"S09", "stream stalls", [][]fake.Step{{words(1, 20), fake.Stall()}, whole}, []engine.Class{engine.Stalled, ""}, "sent nothing"},
		{"S10", "malformed line", [][]fake.Step{malformed, whole}, []engine.Class{engine.Garbled, ""}, "no valid frame"},
		{"S11", "no sentinel", [][]fake.Step{{words(1, 60), fake.Raw(`{"done_reason":"stop","eval_count":60}` + "\n")}}, []engine.Class{""}, ""},
		{"S12", "context length exceeded", [][]fake.Step{{fake.Fail(400, "the input length exceeds the context length")}}, []engine.Class{engine.TooLong}, "context window"},
		{"S13", "content filter", [][]fake.Step{{fake.Fail(400, "content_policy_violation: refused")}}, []engine.Class{engine.Invalid}, "content_policy_violation"},
		{"S14", "cut, then prefill refused", [][]fake.Step{cut, whole}, []engine.Class{engine.Truncated, ""}, "broke in the middle"},
		{"S15", "flapping", [][]fake.Step{busy, busy, whole, busy, whole}, []engine.Class{engine.Busy, engine.Busy, "", engine.Busy, ""}, "overloaded"},
		{"S16", "accounting", [][]fake.Step{busy, whole}, []engine.Class{engine.Busy, ""}, "overloaded"},
	} {
		t.Run(tt.id+" "+tt.name, func(t *testing.T) {
			srv := fake.NewServer(t, tt.scripts...)
			c := newClient(t, srv.URL)
			first, next := time.Hour, time.Hour
			switch tt.id {
			case "S06":
				first = 100 * time.Millisecond
			case "S09":
				next = 100 * time.Millisecond
			}
			c.Hurry(first, next, time.Hour)
			for i, class := range tt.classes {
				h, end, err := stream(t, c, engine.Ask{Turns: []engine.Turn{{Role: "user", Text: "?"}}})
				switch {
				case class == "" && (err != nil || !strings.HasPrefix(h.String(), answer) || strings.Count(h.String(), "w") != 60 || end.Tokens == 0):
					t.Errorf("request %d: %v, heard %q, %+v; want the whole answer and its count", i, err, h.String(), end)
				case class != "" && (err == nil || engine.ClassOf(err) != class || i == 0 && !strings.Contains(engine.Hint(err), tt.what)):
					t.Errorf("request %d: class %q of %v, want %q and %q", i, engine.ClassOf(err), engine.Hint(err), class, tt.what)
				case class != "" && end.Tokens != 0:
					t.Errorf("request %d: %d tokens are counted of a reply that failed", i, end.Tokens)
				}
				c.Hurry(time.Hour, time.Hour, time.Hour)
			}
			if n := len(srv.Asked()); n != len(tt.classes) {
				t.Errorf("%d requests, want %d: a client that asks again by itself hammers a server in need", n, len(tt.classes))
			}
			for i, asked := range srv.Asked() {
				if last := asked.Messages[len(asked.Messages)-1]; last.Role != "user" { // S14: as a prefill it would be refused
					t.Errorf("request %d goes on with half a reply: %+v", i, last)
				}
			}
		})
	}
}

// words sends words by their numbers, a line each.
func words(from, to int) fake.Step {
	return func(w http.ResponseWriter, r *http.Request) bool {
		for i := from; i <= to; i++ {
			fake.Say(fmt.Sprintf("w%d ", i))(w, r)
		}
		return false
	}
}

func retryAfter(seconds int) fake.Step {
	return func(w http.ResponseWriter, r *http.Request) bool {
		w.Header().Set("Retry-After", fmt.Sprint(seconds))
		return fake.Fail(http.StatusTooManyRequests, "rate limit reached")(w, r)
	}
}

// hold says nothing at all, not even a header, until the client has gone.
func hold() fake.Step {
	return func(_ http.ResponseWriter, r *http.Request) bool { <-r.Context().Done(); return true }
}

// release lets go what waits, once the headers are out.
func release(ch chan struct{}) fake.Step {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		_ = http.NewResponseController(w).Flush()
		close(ch)
		return false
	}
}
