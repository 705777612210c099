package serve

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	fake "github.com/aimo3/aimo3/engine/ollama/ollamatest"
	"github.com/aimo3/aimo3/engine/wire"
)

// TestStanding: the models that are installed and what the model server does are told to
// all who may ask; hosts, and what an error says of the machine, to some.
func TestStanding(t *testing.T) {
	r := start(t, func(o *Options, _ *bounds) {
		o.Version = "v1"
		o.Check = func(q *http.Request, _ bool, _ func(*http.Request) ([]byte, error)) (Who, error) {
			return Who{ID: "k", Scopes: []Scope{Solve, Scope(q.Header.Get("X-Scope"))}}, nil
		}
	}, replies("42"))
	r.await(r.create(ask42))
	read := func(scope Scope) (s wire.Serving) {
		r.ask("GET", "/v1/server", "", "X-Scope", string(scope)).into(t, &s)
		return s
	}
	all, some := read(Admin), read("")
	if len(all.Models.Models) != 1 || all.Models.Models[0].Digest == "" || all.Models.Version == "" || all.Program != "v1" || all.Models.Fault != nil {
		t.Errorf("%+v", all)
	}
	if all.Plan.Samples != 2 || all.Plan.Tools != engine.ToolsOff || all.Attempts == nil || len(all.Attempts) > 0 {
		t.Errorf("the plan is %+v, and %v run", all.Plan, all.Attempts)
	}
	if all.Models.Host == "" || len(all.Requests) != 1 || some.Models.Host != "" || len(some.Requests) != 0 || len(some.Models.Models) != 1 {
		t.Errorf("with the scope admin\n%+v\nwithout\n%+v", all, some)
	}
	r.API.with.Server = func(context.Context) engine.Server {
		return engine.Server{Fault: &engine.Fault{Class: engine.Unreachable, What: "nothing at 10.0.0.7", Todo: "start it"}}
	}
	if f := read(Admin).Models.Fault; f == nil || f.Class != engine.Unreachable || f.What != "nothing at 10.0.0.7" || f.Todo != "start it" {
		t.Errorf("with the scope admin the fault is %+v", f)
	}
	if f := read("").Models.Fault; f == nil || f.Class != engine.Unreachable || strings.Contains(f.What, "10.0.0.7") {
		t.Errorf("without it the fault is %+v", f)
	}
}

// TestSplits: votes of scored attempts are counted.
func TestSplits(t *testing.T) {
	r := start(t, nil, replies("42"))
	r.await(r.create(`{"problem":"What is 6 times 7?","key":"42","samples":3}`))
	var got struct{ Splits []engine.Split }
	if r.ask("GET", "/v1/splits", "").into(t, &got); len(got.Splits) != 1 || got.Splits[0] != (engine.Split{Votes: 3, Of: 3, Right: 1, Scored: 1}) {
		t.Errorf("%+v", got)
	}
}

// TestSomeEvents: with a limit there are at most so many events, and those of an attempt
// that runs are not waited for.
func TestSomeEvents(t *testing.T) {
	r := start(t, nil, append(replies("42")[:2], fake.Stall()))
	id := r.create(ask42)
	l := r.listen(id, "")
	defer l.close()
	for range 6 {
		if _, err := l.next(); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct{ after, limit, from, want int }{{0, 2, 1, 2}, {2, 3, 3, 3}, {4, 1, 5, 1}} {
		got := r.ask("GET", fmt.Sprintf("/v1/attempts/%s/events?after=%d&limit=%d", id, tt.after, tt.limit), "")
		if n := strings.Count(got.body, "\nid: "); n != tt.want || !strings.Contains(got.body, fmt.Sprintf("\nid: %d\n", tt.from)) {
			t.Errorf("after %d at most %d: %s", tt.after, tt.limit, got.body)
		}
	}
	if got := r.ask("GET", "/v1/attempts/"+string(id)+"/events?after=9000&limit=5", ""); got.status != http.StatusNoContent {
		t.Errorf("where there are none: %d %s", got.status, got.body)
	}
	var s wire.Serving
	if r.ask("GET", "/v1/server", "").into(t, &s); s.Running != 1 || len(s.Attempts) != 1 || s.Attempts[0] != id {
		t.Errorf("%d run: %v, want %s", s.Running, s.Attempts, id)
	}
	r.ask("POST", "/v1/attempts/"+string(id)+"/stop", "")
}

// TestRestore: an attempt that was deleted can be brought back, and nothing else can.
func TestRestore(t *testing.T) {
	r := start(t, nil, replies("42"))
	id := r.create(ask42)
	r.await(id)
	path := "/v1/attempts/" + string(id)
	for _, step := range []struct {
		method, path string
		want         int
	}{
		{"DELETE", path, 204},
		{"GET", path, 404},
		{"POST", path + "/restore", 204},
		{"GET", path, 200},
		{"POST", path + "/restore", 204},
		{"POST", "/v1/attempts/nobody/restore", 404},
	} {
		if got := r.ask(step.method, step.path, ""); got.status != step.want {
			t.Errorf("%s %s: %d %s, want %d", step.method, step.path, got.status, got.body, step.want)
		}
	}
}
