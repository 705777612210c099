package serve

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	fake "github.com/aimo3/aimo3/engine/ollama/ollamatest"
)

// TestSteered: an attempt that runs is told something, gets another rule and one sample
// more, and one that has ended is added to, once by one key.
func TestSteered(t *testing.T) {
	r := start(t, func(o *Options, _ *bounds) { o.Plan.Samples = 1 }, []fake.Step{fake.Think("hm"), fake.Stall()}, replies("42"))
	id := r.create(ask42)
	at := "/v1/attempts/" + string(id)
	for _, wish := range [][2]string{{"/samples", `{"samples":1}`}, {"/rule", `{"stop":"uncatchable"}`}, {"/hint", `{"text":"mind the sign","sample":0}`}} {
		if got := r.ask("POST", at+wish[0], wish[1]); got.status != http.StatusAccepted || !strings.Contains(got.body, string(id)) {
			t.Fatalf("%v: %d %s", wish, got.status, got.body)
		}
	}
	if a := r.await(id); a.State != Ended || a.Verdict.Votes != 2 {
		t.Fatalf("%+v", a)
	}
	var kinds []string
	for _, e := range r.listen(id, "").all(t) {
		kinds = append(kinds, e.kind)
	}
	for _, kind := range []string{"samples_added", "rule_changed", "hint_given"} {
		if !slices.Contains(kinds, kind) {
			t.Errorf("no %s in %v", kind, kinds)
		}
	}
	if !slices.ContainsFunc(r.model.Asked(), func(a fake.Request) bool {
		return strings.Contains(a.Messages[len(a.Messages)-1].Content, "mind the sign")
	}) {
		t.Error("the model never heard the hint")
	}
	var added Standing
	r.ask("POST", at+"/extend", `{"samples":2}`, "Idempotency-Key", "k1").into(t, &added)
	more := added.Attempt.Attempt
	if a := r.await(more); a.State != Ended || a.Verdict.Carried != 2 || a.Verdict.Votes < 3 || more == id {
		t.Fatalf("%+v", a)
	}
	if got := r.ask("POST", at+"/extend", `{"samples":2}`, "Idempotency-Key", "k1"); got.status != http.StatusOK || !strings.Contains(got.body, string(more)) {
		t.Errorf("the same again: %d %s", got.status, got.body)
	}
	if got := r.ask("POST", at+"/extend", `{"samples":3}`, "Idempotency-Key", "k1"); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "key_reused") {
		t.Errorf("the key for another wish: %d %s", got.status, got.body)
	}
}

// TestNotSteered: what cannot be done is refused with why, and nothing is begun.
func TestNotSteered(t *testing.T) {
	gate := make(chan struct{})
	r := start(t, func(o *Options, _ *bounds) { o.Plan.Samples = 1 }, append([]fake.Step{fake.Gate(gate)}, replies("42")...))
	id := r.create(ask42)
	running := "/v1/attempts/" + string(id)
	for _, no := range []struct {
		path, body string
		status     int
		says       string
	}{
		{running + "/rule", `{"stop":"never"}`, 422, "problem:invalid"},
		{running + "/rule", `{"stop":"deepconf:0.9:2"}`, 422, "problem:invalid"},
		{running + "/samples", `{"samples":512}`, 422, "at most 512"},
		{running + "/hint", `{"text":"  "}`, 422, "a hint has from 1"},
		{running + "/extend", `{"samples":1}`, 422, "has not ended"},
		{"/v1/attempts/nobody/hint", `{"text":"x"}`, 404, "unknown_attempt"},
		{"/v1/attempts/nobody/extend", `{"samples":1}`, 404, "unknown_attempt"},
	} {
		if got := r.ask("POST", no.path, no.body); got.status != no.status || !strings.Contains(got.body, no.says) {
			t.Errorf("%s %s: %d %s, want %d %s", no.path, no.body, got.status, got.body, no.status, no.says)
		}
	}
	close(gate)
	r.await(id)
	r.ended()
	if got := r.ask("POST", running+"/hint", `{"text":"x"}`); got.status != http.StatusConflict || !strings.Contains(got.body, "not_running") {
		t.Errorf("once it has ended: %d %s", got.status, got.body)
	}
	if got := r.ask("POST", running+"/extend", `{"samples":512}`); got.status != http.StatusUnprocessableEntity {
		t.Errorf("too many: %d %s", got.status, got.body)
	}
	if all := r.ended(); len(all) != 1 {
		t.Errorf("there are %d attempts", len(all))
	}
}
