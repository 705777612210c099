package serve

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	fake "github.com/aimo3/aimo3/engine/ollama/ollamatest"
	"github.com/aimo3/aimo3/engine/wire"
)

const ask42 = `{"problem":"What is 6 times 7?"}`

// TestAttempt: an attempt is created, watched, read, listed, found, exported and deleted.
func TestAttempt(t *testing.T) {
	r := start(t, nil, replies("42"))
	created := r.ask("POST", "/v1/attempts", `{"problem":"What is 6 times 7?","key":"42","samples":3}`)
	var a Standing
	created.into(t, &a)
	id := a.Attempt.Attempt
	if created.status != http.StatusAccepted || created.header.Get("Location") != "/v1/attempts/"+string(id) || a.Plan.Samples != 3 {
		t.Fatalf("created: %d %v %s", created.status, created.header, created.body)
	}
	events := r.listen(id, "").all(t)
	stored, err := r.db.Events(t.Context(), id, 0, 10_000)
	if err != nil || len(events) != len(stored) {
		t.Fatalf("%d events, %d are stored, %v", len(events), len(stored), err)
	}
	for i, e := range stored {
		var got engine.Event
		if err := json.Unmarshal([]byte(events[i].data), &got); err != nil || got.Seq != e.Seq || events[i].kind != e.Kind() {
			t.Errorf("event %d is %v, want %d %s", i, events[i], e.Seq, e.Kind())
		}
	}
	if a = r.await(id); a.State != Ended || a.Verdict == nil || a.Verdict.Answer != "42" || !*a.Verdict.Correct || a.Problem.Source != Source || a.Samples[0].Thinking != "" {
		t.Errorf("read: %+v", a)
	}
	r.ask("GET", "/v1/attempts/"+string(id)+"?words=true", "").into(t, &a)
	if !strings.Contains(a.Samples[0].Thinking, "six sevens") {
		t.Errorf("words: %+v", a.Samples[0])
	}
	for query, want := range map[string]int{"": 1, "?words=times": 1, "?words=divided": 0, "?query=times+is:right": 1, "?query=is:wrong": 0, "?query=is:right&words=divided": 0, "?before=" + string(id): 0, "?limit=1": 1} {
		var list struct{ Attempts []engine.Summary }
		got := r.ask("GET", "/v1/attempts"+query, "")
		if got.into(t, &list); len(list.Attempts) != want {
			t.Errorf("list %q: %s, want %d", query, got.body, want)
		}
	}
	if got := r.ask("GET", "/v1/attempts?query=modle:x", ""); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "did you mean model:?") {
		t.Errorf("a query that is none: %d %s", got.status, got.body)
	}
	for format, want := range map[string]string{"": `"thinking": "six sevens`, "?format=json": `"answer": "42"`, "?format=jsonl": `"kind":"attempt_finished"`} {
		if got := r.ask("GET", "/v1/attempts/"+string(id)+"/export"+format, ""); got.status != 200 || !strings.Contains(got.body, want) {
			t.Errorf("export %q: %d %s", format, got.status, got.body)
		}
	}
	if got := r.ask("DELETE", "/v1/attempts/"+string(id), ""); got.status != http.StatusNoContent {
		t.Errorf("delete: %d %s", got.status, got.body)
	}
	for _, path := range []string{"", "/events", "/export"} {
		if got := r.ask("GET", "/v1/attempts/"+string(id)+path, ""); got.status != http.StatusNotFound {
			t.Errorf("deleted%s: %d %s", path, got.status, got.body)
		}
	}
}

// TestGoesOn: an attempt goes on when its client leaves, waits for its turn, is refused
// where there is no room, and is stopped by hand.
func TestGoesOn(t *testing.T) {
	gate := make(chan struct{})
	held := append([]fake.Step{fake.Think("hm"), fake.Gate(gate)}, replies("42")...)
	r := start(t, func(o *Options, _ *bounds) { o.Running, o.Queue, o.Plan.Samples = 1, 1, 1 }, held)
	first, second := r.create(ask42), r.create(`{"problem":"2+2?"}`)
	if got := r.ask("POST", "/v1/attempts/"+string(second)+"/restore", ""); got.status != http.StatusNoContent {
		t.Errorf("one that waits and was never deleted: %d %s", got.status, got.body)
	}
	full := r.ask("POST", "/v1/attempts", `{"problem":"3+3?"}`)
	if full.status != http.StatusServiceUnavailable || full.header.Get("Retry-After") == "" || !strings.Contains(full.body, "problem:full") {
		t.Errorf("the third: %d %v %s", full.status, full.header, full.body)
	}
	states := func(want1, want2 State) {
		t.Helper()
		for id, want := range map[engine.AttemptID]State{first: want1, second: want2} {
			var a Standing
			if got := r.ask("GET", "/v1/attempts/"+string(id), ""); got.status != 200 {
				t.Errorf("%d %s", got.status, got.body)
			} else if got.into(t, &a); a.State != want {
				t.Errorf("attempt %s is %s, want %s", id, a.State, want)
			}
		}
	}
	states(Running, Queued)
	waiting := r.listen(second, "")
	if got := r.ask("POST", "/v1/attempts/"+string(second)+"/stop", ""); got.status != http.StatusAccepted || !strings.Contains(got.body, "stopped before it began") {
		t.Errorf("stop: %d %s", got.status, got.body)
	}
	if all := waiting.all(t); len(all) != 0 {
		t.Errorf("the stopped one told %v", all)
	}
	states(Running, Failed)
	if got := r.ask("POST", "/v1/attempts/"+string(first)+"/stop?sample=0", ""); got.status != http.StatusAccepted {
		t.Errorf("stop a sample: %d %s", got.status, got.body)
	}
	r.model.AwaitGone(t, 1) // else its reply might end before it is stopped
	close(gate)
	if a := r.await(first); a.Verdict == nil || a.Samples[0].State != "stopped" {
		t.Errorf("the first: %+v", a)
	}
	if got := r.ask("POST", "/v1/attempts/"+string(first)+"/stop", ""); got.status != http.StatusConflict {
		t.Errorf("stop again: %d %s", got.status, got.body)
	}
}

// TestWhatCannotBeIsRefusedThoughItWouldWait: an attempt that cannot be made is refused in the same
// words whether it could begin at once or would have to wait.
func TestWhatCannotBeIsRefusedThoughItWouldWait(t *testing.T) {
	gate := make(chan struct{})
	r := start(t, func(o *Options, _ *bounds) { o.Running, o.Queue, o.Plan.Samples = 1, 8, 1 }, []fake.Step{fake.Think("hm"), fake.Gate(gate), fake.Done()})
	wrong := map[string]string{
		`{"problem":"2+2?","model":"nobody"}`: "/v1/attempts", `{"problem":"2+2?","judge":"nobody"}`: "/v1/attempts",
		`{"model":"aimo3/nobody","messages":[{"role":"user","content":"2+2?"}]}`:               "/v1/chat/completions",
		`{"model":"aimo3/nobody","stream":true,"messages":[{"role":"user","content":"2+2?"}]}`: "/v1/chat/completions",
	}
	instance := regexp.MustCompile(`"instance":"[^"]*"`)
	ask := func(body string) string {
		got := r.ask("POST", wrong[body], body)
		return fmt.Sprint(got.status, instance.ReplaceAllString(got.body, ""))
	}
	free := map[string]string{}
	for body := range wrong {
		if free[body] = ask(body); !strings.HasPrefix(free[body], "422") || !strings.Contains(free[body], "nobody") {
			t.Errorf("with a place free, %s: %s", body, free[body])
		}
	}
	r.create(ask42)
	for body := range wrong {
		if taken := ask(body); taken != free[body] {
			t.Errorf("with all places taken, %s: %s, want %s", body, taken, free[body])
		}
	}
	if _, waiting, _ := r.hub.counts(); waiting != 0 {
		t.Errorf("%d wait", waiting)
	}
	close(gate)
}

// TestDeleteRunning: what runs is stopped and deleted.
func TestDeleteRunning(t *testing.T) {
	r := start(t, nil, []fake.Step{fake.Think("hm"), fake.Stall()})
	id := r.create(ask42)
	if got := r.ask("DELETE", "/v1/attempts/"+string(id), ""); got.status != http.StatusNoContent {
		t.Errorf("%d %s", got.status, got.body)
	}
	if _, deleted, err := r.db.Stored(t.Context(), id); err != nil || !deleted {
		t.Errorf("deleted %v, %v", deleted, err)
	}
}

// TestDeleteWaiting: what waits for its turn is gone once it is deleted, as if it had never
// been wished for.
func TestDeleteWaiting(t *testing.T) {
	r := start(t, func(o *Options, _ *bounds) { o.Running = 1 }, []fake.Step{fake.Think("hm"), fake.Stall()})
	first := r.create(ask42)
	second := r.create(`{"problem":"What is 2+2, as a number?"}`)
	path := "/v1/attempts/" + string(second)
	bodies := map[string]string{"PUT": `{"note":"so"}`, "POST": `{"samples":1}`}
	for _, step := range []struct {
		method, path string
		want         int
	}{
		{"GET", path, 200},
		{"PUT", path + "/marks", 409},
		{"GET", path + "/export", 409},
		{"POST", path + "/extend", 409},
		{"DELETE", path, 204},
		{"GET", path, 404},
		{"PUT", path + "/marks", 404},
		{"GET", path + "/events", 404},
		{"GET", path + "/events?limit=9", 404},
		{"DELETE", path, 404},
		{"DELETE", "/v1/attempts/" + string(first), 204},
	} {
		if got := r.ask(step.method, step.path, bodies[step.method]); got.status != step.want {
			t.Errorf("%s %s: %d %s, want %d", step.method, step.path, got.status, got.body, step.want)
		}
	}
}

// TestSameKey: a key stands for one attempt, while it runs, afterwards, and for a server
// that was started anew; not for another body.
func TestSameKey(t *testing.T) {
	r := start(t, nil, replies("42"))
	id := r.create(ask42, "Idempotency-Key", "k1")
	same := func(r *rig, body, key string, want int) {
		t.Helper()
		got := r.ask("POST", "/v1/attempts", body, "Idempotency-Key", key)
		if got.status != want || want == 200 && !strings.Contains(got.body, `"attempt":"`+string(id)+`"`) {
			t.Errorf("%s %s: %d %s, want %d of %s", key, body, got.status, got.body, want, id)
		}
	}
	same(r, ask42, "k1", 200)
	r.await(id)
	same(r, " "+ask42+"\n", "k1", 200)
	same(r, `{"problem":"2+2?"}`, "k1", 422)
	other := newServer(r.with, r.bounds)
	if again, _, here, err := other.sameKey(t.Context(), local, "k1", wire.Wish{Problem: "What is 6 times 7?"}); err != nil || !here || again != id {
		t.Errorf("another server: %s %v %v", again, here, err)
	}
	if _, _, here, err := other.sameKey(t.Context(), "somebody else", "k1", wire.Wish{Problem: "x"}); err != nil || here {
		t.Errorf("somebody else's key: %v %v", here, err)
	}
	if got := r.ask("DELETE", "/v1/attempts/"+string(id), ""); got.status != 204 {
		t.Fatal(got)
	}
	same(r, ask42, "k1", 409)
}

// TestCached: the same again is answered at once, unless it is wanted afresh.
func TestCached(t *testing.T) {
	r := start(t, nil, replies("42"))
	id := r.create(ask42)
	r.await(id)
	asked := len(r.model.Asked())
	var a Standing
	got := r.ask("POST", "/v1/attempts", ask42)
	if got.into(t, &a); got.status != 200 || a.Cached == nil || a.Cached.Attempt != id || a.State != Ended || len(r.model.Asked()) != asked {
		t.Errorf("again: %d %s", got.status, got.body)
	}
	if fresh := r.create(`{"problem":"What is 6 times 7?","cache":false}`); fresh == id {
		t.Error("afresh is the same attempt")
	}
}

// TestSameKeyAtOnce: of two requests that come together with one key and differ, one is
// refused.
func TestSameKeyAtOnce(t *testing.T) {
	r := start(t, nil, []fake.Step{fake.Think("hm"), fake.Stall()})
	first, err := r.hub.start(&run{id: "key1body1", key: "key1", problem: engine.Problem{Statement: "2+2?"}})
	if err != nil {
		t.Fatal(err)
	}
	if again, err := r.hub.start(&run{id: "key1body1", key: "key1"}); again != first || err != nil {
		t.Errorf("the same again: %v", err)
	}
	if _, err := r.hub.start(&run{id: "key1body2", key: "key1"}); !errors.Is(err, errReused) {
		t.Errorf("another body: %v", err)
	}
}

// TestTimeout: a client can have an attempt take less time than it would.
func TestTimeout(t *testing.T) {
	r := start(t, nil, replies("42"))
	id := r.create(`{"problem":"What is 6 times 7?","budget":"5m"}`, "X-Request-Timeout", "7")
	if a := r.await(id); a.Plan.Budget.Wall != 7*time.Second {
		t.Errorf("the budget is %v", a.Plan.Budget.Wall)
	}
}

// TestStatementsAreAsLongAsElsewhere: the server takes every statement that a desk takes.
func TestStatementsAreAsLongAsElsewhere(t *testing.T) {
	r := start(t, nil, replies("42"))
	for length, status := range map[int]int{engine.MaxStatement: 202, engine.MaxStatement + 1: 422} {
		if got := r.ask("POST", "/v1/attempts", `{"problem":"`+strings.Repeat("x", length)+`"}`); got.status != status {
			t.Errorf("of %d characters: %d, want %d", length, got.status, status)
		}
	}
}
