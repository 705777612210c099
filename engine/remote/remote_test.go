package remote

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	fake "github.com/aimo3/aimo3/engine/ollama/ollamatest"
	"github.com/aimo3/aimo3/engine/secure"
	"github.com/aimo3/aimo3/engine/serve"
)

// TestAnAttempt: asked for, watched, listed, deleted and brought back, by the very events
// that the server stored.
func TestAnAttempt(t *testing.T) {
	r := start(t, nil, replies("42"))
	connected(t, r.Client)
	id, kept, err := r.Create(t.Context(), forty2, engine.Plan{}, false)
	if err != nil || kept != nil {
		t.Fatal(kept, err)
	}
	heard, over, err := all(t, r.Client, id)
	if err != nil || !over {
		t.Fatal(over, err)
	}
	stored, err := r.db.Events(t.Context(), id, 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	same(t, heard, stored)
	pages := []engine.Event{}
	for after := uint64(0); ; {
		page, err := r.Events(t.Context(), id, after, 3)
		if err != nil {
			t.Fatal(err)
		}
		if pages = append(pages, page...); len(page) < 3 {
			break
		}
		after = page[2].Seq
	}
	same(t, pages, stored)
	list := func(typed string, want int) {
		t.Helper()
		f, err := engine.ParseFilter(typed, time.Now())
		if err != nil {
			t.Fatal(err)
		}
		got, err := r.Attempts(t.Context(), f)
		if err != nil || len(got) != want || want > 0 && (got[0].ID != id || got[0].Verdict.Answer != "42") {
			t.Errorf("%q lists %+v, %v", typed, got, err)
		}
	}
	list("", 1)
	list("times", 1)
	list("divided", 0)
	list("times verdict:42 after:today", 1)
	list("times before:yesterday", 0)
	passages(t, r, id)
	if m, err := r.Mark(t.Context(), id, engine.Marks{Starred: true, Tags: []string{"#Hard"}, Note: "so"}.Alone()); err != nil || m.Tags[0] != "hard" {
		t.Errorf("marked %+v, %v", m, err)
	}
	list("tag:hard is:starred", 1)
	if _, err := r.Mark(t.Context(), id, engine.Marks{Tags: []string{"a b"}}.Alone()); engine.ClassOf(err) != engine.Invalid || !strings.Contains(engine.Hint(err), "is no tag") {
		t.Errorf("a tag that is none: %v", err)
	}
	list("tag:hard is:starred", 1)
	if err := r.Delete(t.Context(), id); err != nil {
		t.Error(err)
	}
	list("", 0)
	if err := r.Restore(t.Context(), id); err != nil {
		t.Error(err)
	}
	list("", 1)
	if splits, err := r.Splits(t.Context()); err != nil || len(splits) != 0 {
		t.Errorf("splits %v, %v", splits, err)
	}
	if err := r.Stop(t.Context(), id, -1); engine.ClassOf(err) != engine.Invalid || !strings.Contains(engine.Hint(err), "does not run in this server") {
		t.Errorf("stopped: %v", err)
	}
}

// passages: words of a reply are found in what a sample said, and those of the statement are not.
func passages(t *testing.T, r *rig, id engine.AttemptID) {
	t.Helper()
	if p, ok, err := r.Passage(t.Context(), id, "boxed"); err != nil || !ok || p.Text != `So \boxed{42}.` || p.Cell != 0 { // of any sample: the first may be stopped, once others agree
		t.Errorf("the passage is %+v, %t, %v", p, ok, err)
	}
	if p, ok, err := r.Passage(t.Context(), id, "times"); err != nil || ok {
		t.Errorf("of what the statement has: %+v, %v", p, err)
	}
}

func same(t *testing.T, got, want []engine.Event) {
	t.Helper()
	a, err := json.Marshal(got)
	b, bad := json.Marshal(want)
	if err != nil || bad != nil || string(a) != string(b) || len(want) == 0 {
		t.Errorf("%v %v: heard\n%s\nstored\n%s", err, bad, a, b)
	}
}

// TestWhatIsAskedIsWhatIsAttempted: a plan that differs from the server's own in every
// field is attempted as it is, and where it says nothing the server's counts.
func TestWhatIsAskedIsWhatIsAttempted(t *testing.T) {
	r := start(t, func(o *serve.Options) { o.Plan.Model = "fake:latest" }, replies("42"))
	r.model.Install(fake.Model{Name: "spare"})
	connected(t, r.Client)
	warm := 0.5
	plan := engine.Plan{
		Model: "fake:latest", Fallback: []string{"spare:latest"}, Samples: 3, Parallel: 1, Stop: "four-agree", Seed: 7, Think: engine.ThinkOff, Tools: engine.ToolsOff, Fences: true,
		NoCodeSamples: 1, Caps: engine.Caps{Cells: 5, CellTimeout: 3 * time.Second}, Choose: []string{"verify", "select"}, Judge: "fake:latest", Range: "integer:0..99",
		TopLogprobs: 2, Options: engine.Options{NumCtx: 4096, NumPredict: 512, Temperature: &warm}, Budget: engine.Budget{Wall: 5 * time.Minute, Tokens: 9000, Think: 800},
	}
	check := func(asked, want engine.Plan) {
		t.Helper()
		id, _, err := r.Create(t.Context(), forty2, asked, true)
		if err != nil {
			t.Fatal(err)
		}
		events, _, err := all(t, r.Client, id)
		if err != nil {
			t.Fatal(err)
		}
		first, _ := events[0].Fact.(engine.AttemptStarted)
		first.Plan.Options.MinP, first.Plan.Options.TopP, first.Plan.Digests = nil, nil, nil // which the server finds
		got, _ := json.Marshal(first.Plan)
		if wanted, _ := json.Marshal(want.WithDefaults()); string(got) != string(wanted) {
			t.Errorf("attempted\n%s\nwant\n%s", got, wanted)
		}
	}
	check(plan, plan)
	theirs := engine.Plan{Model: "fake:latest", Samples: 2, Stop: engine.StopNone, Tools: engine.ToolsOff}
	check(r.Plan(engine.Plan{}), theirs)
	said := theirs
	said.Samples, said.Seed = 5, 3
	check(r.Plan(engine.Plan{Samples: 5, Seed: 3}), said)
}

// TestNoBudget can be asked for where the server has none itself, and is refused elsewhere.
func TestNoBudget(t *testing.T) {
	for _, theirs := range []time.Duration{-1, 0} {
		r := start(t, func(o *serve.Options) { o.Plan.Model, o.Plan.Budget.Wall = "fake:latest", theirs }, replies("42"))
		none := engine.Plan{Samples: 1, Tools: engine.ToolsOff, Budget: engine.Budget{Wall: -1}}
		id, _, err := r.Create(t.Context(), forty2, none, true)
		if theirs == 0 {
			if err == nil || !strings.Contains(err.Error(), `budget: "none" is not a time`) {
				t.Errorf("where there is one: %v", err)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if events, _, err := all(t, r.Client, id); err != nil || events[0].Fact.(engine.AttemptStarted).Plan.Budget.Wall != -1 {
			t.Errorf("%v, %v", events[0], err)
		}
	}
}

// TestAnAttemptIsNamed by its ID, a beginning of it that no other has, or as the last one.
func TestAnAttemptIsNamed(t *testing.T) {
	r := start(t, func(o *serve.Options) { o.Plan.Model = "fake:latest" }, replies("42"))
	var ids []string
	for range 2 {
		id, _, err := r.Create(t.Context(), forty2, engine.Plan{Samples: 1, Tools: engine.ToolsOff}, true)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := all(t, r.Client, id); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, string(id))
	}
	for name, want := range map[string]string{ids[0]: ids[0], ids[1][:len(ids[1])-1]: ids[1], "last": ids[1], ids[0][:4]: "", "nobody": "", "": ""} {
		if a, err := r.Attempt(t.Context(), name); string(a.ID) != want || (err == nil) != (want != "") {
			t.Errorf("%q is %q, %v; want %q", name, a.ID, err, want)
		}
	}
}

// TestWhatWasSolvedBeforeIsKept: the same again is the verdict that the server has, with
// its attempt, unless it is to be solved afresh.
func TestWhatWasSolvedBeforeIsKept(t *testing.T) {
	r := start(t, nil, replies("42"))
	connected(t, r.Client)
	first, _, err := r.Create(t.Context(), forty2, engine.Plan{}, false)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := all(t, r.Client, first); err != nil {
		t.Fatal(err)
	}
	for { // the desk keeps the verdict once the attempt is over, a moment after its last event
		id, kept, err := r.Create(t.Context(), forty2, engine.Plan{}, false)
		if err != nil {
			t.Fatal(err)
		}
		if kept == nil {
			if _, _, err := all(t, r.Client, id); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if kept.Attempt.Verdict == nil || kept.Attempt.Verdict.Answer != "42" || !kept.Here || kept.Attempt.ID != id || kept.From == "" || kept.Ended.IsZero() {
			t.Errorf("kept %+v of %+v", kept, kept.Attempt)
		}
		break
	}
	if id, kept, err := r.Create(t.Context(), forty2, engine.Plan{}, true); err != nil || kept != nil || id == first {
		t.Errorf("afresh: %s %v %v", id, kept, err)
	}
}

// TestOneThatWaits has no events until its turn comes; one that never begins says why.
func TestOneThatWaits(t *testing.T) {
	r := start(t, func(o *serve.Options) { o.Running = 1 }, append(replies("42")[:2], fake.Stall()))
	connected(t, r.Client)
	running, _, err := r.Create(t.Context(), forty2, engine.Plan{Samples: 1}, true)
	if err != nil {
		t.Fatal(err)
	}
	waits, _, err := r.Create(t.Context(), forty2, engine.Plan{Samples: 1}, true)
	if err != nil {
		t.Fatal(err)
	}
	type end struct {
		events []engine.Event
		over   bool
		err    error
	}
	ended := make(chan end, 1)
	go func() {
		events, over, err := all(t, r.Client, waits)
		ended <- end{events, over, err}
	}()
	next := r.LinkWatch()
	for l, _ := next(t.Context()); len(l.Taken) < 2; l, _ = next(t.Context()) {
	}
	if err := r.Stop(t.Context(), waits, -1); err != nil {
		t.Error(err)
	}
	if e := <-ended; len(e.events) != 0 || !e.over || !strings.Contains(engine.Hint(e.err), "stopped before it began") {
		t.Errorf("%+v", e)
	}
	if err := r.Stop(t.Context(), running, -1); err != nil {
		t.Error(err)
	}
	if events, over, err := all(t, r.Client, running); err != nil || !over || len(events) == 0 {
		t.Errorf("%d events, %v %v", len(events), over, err)
	}
}

// TestWatchedAnew: a second watch of an attempt begins with its first event and takes the
// place of the one before; that leaves the attempt alone.
func TestWatchedAnew(t *testing.T) {
	r := start(t, nil, append(replies("42")[:2], fake.Stall()))
	connected(t, r.Client)
	id, _, err := r.Create(t.Context(), forty2, engine.Plan{Samples: 1}, true)
	if err != nil {
		t.Fatal(err)
	}
	began, ended := make(chan uint64, 100), make(chan bool, 1)
	watch := func() {
		over, err := r.Watch(t.Context(), id, func(e engine.Event) error {
			began <- e.Seq
			return nil
		})
		ended <- over
		if err != nil {
			t.Error(err)
		}
	}
	go watch()
	<-began
	go watch()
	if over := <-ended; over {
		t.Error("the first watch says that the attempt is over")
	}
	for n := range began {
		if n == 1 {
			break
		}
	}
	if err := r.Stop(t.Context(), id, -1); err != nil {
		t.Error(err)
	}
	if over := <-ended; !over {
		t.Error("the second says that it goes on")
	}
}

// TestChecks are the server's own, and first the connection.
func TestChecks(t *testing.T) {
	r := start(t, func(o *serve.Options) {
		o.Version = "v9"
		o.Checks = func(context.Context, bool) []engine.Finding {
			return []engine.Finding{{Component: "disk", State: engine.Warn, What: "little room", Todo: "free some"}}
		}
	}, replies("42"))
	found := r.Check(t.Context())
	if len(found) != 2 || found[0].State != engine.Pass || !strings.Contains(found[0].What, "aimo3 v9") || found[1].What != "little room" || found[1].Todo != "free some" || found[1].State != engine.Warn {
		t.Errorf("%+v", found)
	}
	gone := clientOf(t, "http://127.0.0.1:1", defaultBounds())
	if found := gone.Check(t.Context()); len(found) != 1 || found[0].State != engine.Fail || !strings.Contains(found[0].What, "no server of aimo3 answers at http://127.0.0.1:1") {
		t.Errorf("of nobody: %+v", found)
	}
}

// TestAddresses: what is no address of a server says so, and a key goes only where nobody
// can read it on the way.
func TestAddresses(t *testing.T) {
	for _, tt := range []struct{ text, key, want string }{
		{"http://localhost:8000", "k", ""},
		{"http://127.0.0.1:8000/", "k", ""},
		{"http://[::1]:8000", "k", ""},
		{"https://solver.example/aimo3/", "k", ""},
		{"http://solver.example", "", ""},
		{"http://solver.example", "k", "for all on the way to read"},
		{"http://127.0.0.1.evil.example", "k", "for all on the way to read"},
		{"localhost:8000", "", "has no http://"},
		{"ftp://localhost", "", "neither http:// nor https://"},
		{"http://", "", "names no host"},
		{"http://me:secret@localhost", "", "holds a name or password"},
		{"http://localhost?x=1", "", "something after its path"},
		{"http://local host", "", "cannot be read"},
		{"https://me:" + strings.Repeat("secret", 30) + "@localhost", "", "holds a name or password"},
		{"https://me:my secret@localhost", "", "cannot be read"},
		{"me:secret@localhost", "", "has no http://"},
		{"localhost:8000?key=secret", "", "has no http://"},
		{"http://localhost/" + strings.Repeat("x", 60) + "aimo3_0123456789_" + strings.Repeat("s", 37) + "secret?", "", "something after its path"},
	} {
		at, err := ParseAddress(tt.text)
		if err == nil {
			_, err = New(Options{Address: at, Key: secure.NewSecret(tt.key)})
		}
		if tt.want == "" && err != nil || tt.want != "" && (engine.ClassOf(err) != engine.Invalid || !strings.Contains(err.Error(), tt.want)) || strings.Contains(engine.Hint(err), "secret") {
			t.Errorf("%s with the key %q: %v, want %q", tt.text, tt.key, err, tt.want)
		}
	}
}

// TestTheKeyIsShown to the server as a bearer, and below the path of the address.
func TestTheKeyIsShown(t *testing.T) {
	asked := make(chan string, 10)
	c := clientOf(t, served(t, func(w http.ResponseWriter, r *http.Request) {
		asked <- r.URL.Path + " " + r.Header.Get("Authorization")
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"version":1}`))
	})+"/below/", defaultBounds(), "aimo3_k_s")
	connected(t, c)
	if got := <-asked; got != "/below/v1/server Bearer aimo3_k_s" {
		t.Errorf("asked %q", got)
	}
}
