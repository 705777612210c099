package desk_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/cache"
	"github.com/aimo3/aimo3/engine/desk"
	"github.com/aimo3/aimo3/engine/enginetest"
)

// shelf is a Tier in memory.
type shelf map[string][]byte

// verdicts is how many of what it has are verdicts.
func (s shelf) verdicts() (n int) {
	for key := range s {
		if strings.HasPrefix(key, "verdict") {
			n++
		}
	}
	return n
}

func (s shelf) Name() string                                             { return "shelf" }
func (s shelf) Get(_ context.Context, key string) ([]byte, error)        { return s[key], nil }
func (s shelf) Clear(context.Context) error                              { clear(s); return nil }
func (s shelf) Figures(context.Context) (f engine.CacheFigures, _ error) { return f, nil }
func (s shelf) Put(_ context.Context, key string, value []byte, _ string, _ time.Time) error {
	s[key] = value
	return nil
}

// known is a server whose models have digests, and whose replies may be others.
type known struct {
	server
	digests map[string]string
	busy    string
	reply   func(n int, ask engine.Ask) (string, error) // to the n-th request, from 1
}

func newKnown() *known {
	return &known{digests: map[string]string{"qwen3:8b": "d8", "qwen3:4b": "d4"}}
}

func (k *known) Server(ctx context.Context) engine.Server {
	s := k.server.Server(ctx)
	if s.Busy = k.busy; s.Fault != nil {
		s.Models = nil
	}
	for i := range s.Models {
		s.Models[i].Digest = k.digests[s.Models[i].Name]
	}
	return s
}

func (k *known) Stream(ctx context.Context, ask engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
	if k.reply == nil {
		return k.server.Stream(ctx, ask, say)
	}
	k.asked = append(k.asked, ask)
	text, err := k.reply(len(k.asked), ask)
	say(engine.Piece{Frames: 1, Channel: engine.Reply, Text: text})
	return engine.Ending{Tokens: 3}, err
}

// library is what is stored, by ID; true is what is deleted.
type library map[engine.AttemptID]bool

func (l library) Stored(_ context.Context, id engine.AttemptID) (here, deleted bool, err error) {
	deleted, here = l[id]
	return here, deleted, nil
}

// recording is a Recorder that only hands on.
type recording struct{ engine.Sink }

func (r recording) Put(e engine.Event) error { return r.Sink(e) }
func (recording) Close() error               { return nil }

func caching(s desk.Server, kept library, tiers ...cache.Tier) desk.Options {
	return desk.Options{
		Servers: []desk.Server{s}, Record: func(next engine.Sink) desk.Recorder { return recording{next} },
		Cache: &desk.Caching{Tiers: tiers, Stored: kept.Stored, Tools: "v1"},
	}
}

var (
	asked  = engine.Problem{Statement: "What is\n2+2?", Source: "typed"}
	wished = engine.Plan{Samples: 2, Parallel: 1, Stop: "none"}
)

// solved has asked attempted as a1, which is then stored.
func solved(t *testing.T, o desk.Options, kept library) {
	t.Helper()
	if _, err := desk.New(o).Attempt(t.Context(), "a1", asked, wished, func(engine.Event) error { return nil }); err != nil {
		t.Fatal(err)
	}
	kept["a1"] = false
}

// TestCached: whoever asks the same again gets the verdict, also after a restart, and
// nothing is asked of the model. Who asks anything else does not.
func TestCached(t *testing.T) {
	half := 0.5
	tests := []struct {
		name   string
		change func(*known, *desk.Options, *engine.Problem, *engine.Plan)
		want   bool
	}{
		{"the same", func(*known, *desk.Options, *engine.Problem, *engine.Plan) {}, true},
		{"white space", func(_ *known, _ *desk.Options, p *engine.Problem, _ *engine.Plan) { p.Statement = " What  is 2+2?\n" }, true},
		{"another source", func(_ *known, _ *desk.Options, p *engine.Problem, _ *engine.Plan) { p.Source, p.ID = "file", "7" }, true},
		{"another seed", func(_ *known, _ *desk.Options, _ *engine.Problem, p *engine.Plan) { p.Seed = 7 }, true},
		{"the model by its name", func(_ *known, _ *desk.Options, _ *engine.Problem, p *engine.Plan) { p.Model = "qwen3:8b" }, true},
		{"the judge that is the default", func(_ *known, _ *desk.Options, _ *engine.Problem, p *engine.Plan) { p.Judge = "qwen3:8b" }, true},
		{"what is the default anyway", func(_ *known, _ *desk.Options, _ *engine.Problem, p *engine.Plan) { p.Budget.Wall = engine.DefaultWall }, true},
		{"other memory", func(_ *known, o *desk.Options, _ *engine.Problem, _ *engine.Plan) {
			o.Room = func(context.Context) uint64 { return 3e9 }
		}, true},
		{"another statement", func(_ *known, _ *desk.Options, p *engine.Problem, _ *engine.Plan) { p.Statement = "What is 2+3?" }, false},
		{"a key", func(_ *known, _ *desk.Options, p *engine.Problem, _ *engine.Plan) { p.Key = "5" }, false},
		{"a changed model", func(k *known, _ *desk.Options, _ *engine.Problem, _ *engine.Plan) { k.digests["qwen3:8b"] = "d9" }, false},
		{"another model", func(_ *known, _ *desk.Options, _ *engine.Problem, p *engine.Plan) { p.Model = "qwen3:4b" }, false},
		{"another judge", func(_ *known, _ *desk.Options, _ *engine.Problem, p *engine.Plan) { p.Judge = "qwen3:4b" }, false},
		{"more samples", func(_ *known, _ *desk.Options, _ *engine.Problem, p *engine.Plan) { p.Samples = 3 }, false},
		{"another rule", func(_ *known, _ *desk.Options, _ *engine.Problem, p *engine.Plan) { p.Stop = "uncatchable" }, false},
		{"a temperature", func(_ *known, _ *desk.Options, _ *engine.Problem, p *engine.Plan) { p.Options.Temperature = &half }, false},
		{"a window", func(_ *known, _ *desk.Options, _ *engine.Problem, p *engine.Plan) { p.Options.NumCtx = 4096 }, false},
		{"the plan of an earlier attempt", func(_ *known, _ *desk.Options, _ *engine.Problem, p *engine.Plan) {
			p.Digests = map[string]string{engine.FullName("qwen3:8b"): "d7"}
		}, true},
		{"the default window as a wish", func(_ *known, _ *desk.Options, _ *engine.Problem, p *engine.Plan) {
			p.Options.NumCtx = engine.DefaultNumCtx
		}, false},
		{"a range", func(_ *known, _ *desk.Options, _ *engine.Problem, p *engine.Plan) { p.Range = "integer" }, false},
		{"other tools", func(_ *known, o *desk.Options, _ *engine.Problem, _ *engine.Plan) { o.Cache.Tools = "v2" }, false},
		{"a model that tells no digest", func(k *known, _ *desk.Options, _ *engine.Problem, _ *engine.Plan) { clear(k.digests) }, false},
		{"no digests", func(k *known, _ *desk.Options, _ *engine.Problem, _ *engine.Plan) { k.digests = nil }, false},
		{"nothing kept", func(_ *known, o *desk.Options, _ *engine.Problem, _ *engine.Plan) { o.Record = nil }, false},
		{"no cache", func(_ *known, o *desk.Options, _ *engine.Problem, _ *engine.Plan) { o.Cache = nil }, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, kept, tier := newKnown(), library{}, shelf{}
			solved(t, caching(s, kept, tier), kept)
			before := len(s.asked)
			o, problem, plan := caching(s, kept, tier), asked, wished
			tt.change(s, &o, &problem, &plan)
			got, ok := desk.New(o).Cached(t.Context(), problem, plan)
			if ok != tt.want || len(s.asked) != before {
				t.Fatalf("cached: %v, after %d more requests; want %v", ok, len(s.asked)-before, tt.want)
			}
			if ok && (got.Attempt.ID != "a1" || got.Attempt.Verdict.Answer != "4" || got.Attempt.Tokens != 6 || !got.Here || got.From != "shelf") {
				t.Errorf("got %+v", got)
			}
		})
	}
}

// TestCachedWhileNoServerAnswers: then the model that had the wished name counts, and
// the verdict says that nobody could be asked.
func TestCachedWhileNoServerAnswers(t *testing.T) {
	down := &engine.Fault{Class: engine.Unreachable, What: "nobody answers"}
	for _, row := range []struct {
		name   string
		change func(*known, *engine.Problem, *engine.Plan)
		want   bool
	}{
		{"the same", func(*known, *engine.Problem, *engine.Plan) {}, true},
		{"the model by its name", func(_ *known, _ *engine.Problem, p *engine.Plan) { p.Model = "Qwen3:8b" }, true},
		{"another model", func(_ *known, _ *engine.Problem, p *engine.Plan) { p.Model = "qwen3:4b" }, false},
		{"another judge", func(_ *known, _ *engine.Problem, p *engine.Plan) { p.Judge = "qwen3:4b" }, false},
		{"another problem", func(_ *known, p *engine.Problem, _ *engine.Plan) { p.Statement = "What is 2+3?" }, false},
		{"a server that starts", func(k *known, _ *engine.Problem, _ *engine.Plan) { k.busy = "starting" }, false},
		{"a server that is not usable", func(k *known, _ *engine.Problem, _ *engine.Plan) {
			k.fault = &engine.Fault{Class: engine.Invalid, What: "it is too old"}
		}, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			s, kept, tier := newKnown(), library{}, shelf{}
			solved(t, caching(s, kept, tier), kept)
			s.fault = down
			problem, plan := asked, wished
			row.change(s, &problem, &plan)
			got, ok := desk.New(caching(s, kept, tier)).Cached(t.Context(), problem, plan)
			if ok != row.want || ok && (got.Attempt.ID != "a1" || got.NoServer != "nobody answers") {
				t.Errorf("cached: %v, %+v; want %v", ok, got, row.want)
			}
			if got, ok := desk.New(desk.Options{Record: caching(s, kept).Record, Cache: caching(s, kept, tier).Cache}).Cached(t.Context(), problem, plan); row.name == "the same" && (!ok || got.NoServer == "") {
				t.Errorf("without any server: %v, %+v", ok, got)
			}
		})
	}
}

// say is a model that says the same to all.
func say(text string) func(int, engine.Ask) (string, error) {
	return func(int, engine.Ask) (string, error) { return text, nil }
}

// TestWhatIsKept: only verdicts of attempts that ended by themselves, with an answer
// and no sample failed or stopped by hand.
func TestWhatIsKept(t *testing.T) {
	broken := &engine.Fault{Class: engine.Invalid, What: "the server refused it"} // what passes would be tried again
	tests := []struct {
		name  string
		plan  engine.Plan
		reply func(d *desk.Desk, end func()) func(n int, ask engine.Ask) (string, error)
		want  bool
	}{
		{"all ended", wished, func(*desk.Desk, func()) func(int, engine.Ask) (string, error) { return say(`\boxed{4}`) }, true},
		{"another model than was wished", engine.Plan{Samples: 2, Parallel: 1, Stop: "none", Fallback: []string{"qwen3:4b"}}, func(*desk.Desk, func()) func(int, engine.Ask) (string, error) {
			return func(_ int, ask engine.Ask) (string, error) {
				if ask.Model == "qwen3:8b" {
					return "", &engine.Fault{Class: engine.NoModel, What: "it is gone"}
				}
				return `\boxed{4}`, nil
			}
		}, false},
		{"a rule", engine.Plan{Samples: 3, Parallel: 1, Stop: "uncatchable"}, func(*desk.Desk, func()) func(int, engine.Ask) (string, error) { return say(`\boxed{4}`) }, true},
		{"no answer", wished, func(*desk.Desk, func()) func(int, engine.Ask) (string, error) { return say("who knows") }, false},
		{"a sample failed", wished, func(*desk.Desk, func()) func(int, engine.Ask) (string, error) {
			return func(n int, _ engine.Ask) (string, error) {
				return `\boxed{4}`, map[bool]error{true: broken}[n == 2]
			}
		}, false},
		{"a sample was stopped", wished, func(d *desk.Desk, _ func()) func(int, engine.Ask) (string, error) {
			return func(n int, _ engine.Ask) (string, error) {
				d.Stop("a1", 1)
				return `\boxed{4}`, nil
			}
		}, false},
		{"all were stopped", wished, func(d *desk.Desk, _ func()) func(int, engine.Ask) (string, error) {
			return func(n int, _ engine.Ask) (string, error) {
				if n == 2 {
					d.Stop("a1", -1)
					return "", engine.ErrStopped
				}
				return `\boxed{4}`, nil
			}
		}, false},
		{"the context ended", wished, func(_ *desk.Desk, end func()) func(int, engine.Ask) (string, error) {
			return func(n int, _ engine.Ask) (string, error) {
				if n == 2 {
					end()
					return "", context.Canceled
				}
				return `\boxed{4}`, nil
			}
		}, false},
		{"a strategy settled nothing", engine.Plan{Samples: 2, Parallel: 1, Stop: "none", Choose: []string{"select"}}, func(*desk.Desk, func()) func(int, engine.Ask) (string, error) {
			return func(n int, _ engine.Ask) (string, error) {
				if n > 2 {
					return "", broken
				}
				return fmt.Sprintf(`\boxed{%d}`, n), nil
			}
		}, false},
		{"the budget", engine.Plan{Samples: 2, Parallel: 1, Stop: "none", Budget: engine.Budget{Tokens: 1}}, func(*desk.Desk, func()) func(int, engine.Ask) (string, error) { return say(`\boxed{4}`) }, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, kept, tier := newKnown(), library{}, shelf{}
			d := desk.New(caching(s, kept, tier))
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			s.reply = tt.reply(d, cancel)
			v, err := d.Attempt(ctx, "a1", asked, tt.plan, func(engine.Event) error { return nil })
			if got := tier.verdicts() > 0; got != tt.want {
				t.Errorf("kept: %v; want %v of %+v, %v", got, tt.want, v, err)
			}
		})
	}
}

// TestCachedDiesWithItsAttempt: once the attempt is deleted, memory says nothing of it
// either; of one that is stored elsewhere there is what matters.
func TestCachedDiesWithItsAttempt(t *testing.T) {
	s, kept, tier := newKnown(), library{}, shelf{}
	o := caching(s, kept, tier)
	var out bytes.Buffer
	o.Log = slog.New(slog.NewTextHandler(&out, nil))
	solved(t, o, kept)
	d := desk.New(o)
	look := func() (engine.Cached, bool) { return d.Cached(t.Context(), asked, wished) }
	look()
	if got, ok := look(); !ok || got.From != cache.Memory {
		t.Fatalf("%+v, %v; want it from memory", got, ok)
	}
	if !strings.Contains(out.String(), `msg="cache hit" attempt=a1 tier=memory here=true`) {
		t.Errorf("logged %s", &out)
	}
	if got := d.CacheFigures(t.Context()); len(got) != 2 || got[0].Tier != cache.Memory || got[0].Hits != 1 || got[0].Misses != 1 || got[1].Tier != tier.Name() {
		t.Errorf("figures %+v", got)
	}
	if got := desk.New(desk.Options{Servers: []desk.Server{s}}).CacheFigures(t.Context()); got != nil {
		t.Errorf("nothing is cached, and yet %+v", got)
	}
	kept["a1"] = true
	if got, ok := look(); ok {
		t.Errorf("deleted, and yet %+v", got)
	}
	delete(kept, "a1")
	got, ok := look()
	if !ok || got.Here {
		t.Fatalf("%+v, %v of one that is stored elsewhere", got, ok)
	}
	p := enginetest.Fold(got.Events)
	if p.ID != "a1" || p.Verdict == nil || p.Verdict.Answer != "4" || len(p.Samples) != 2 || p.Samples[1].State != engine.Finished || len(p.Tally.Votes) != 1 {
		t.Errorf("folds to %+v", p)
	}
	o.Cache.Stored = func(context.Context, engine.AttemptID) (bool, bool, error) { return false, false, errors.New("broken") }
	if got, ok := desk.New(o).Cached(t.Context(), asked, wished); ok {
		t.Errorf("the store cannot be asked, and yet %+v", got)
	}
}

// TestNothingIsTakenFromOtherForms: what a newer program keeps is no verdict for this
// one, and stays.
func TestNothingIsTakenFromOtherForms(t *testing.T) {
	s, kept, tier := newKnown(), library{}, shelf{}
	solved(t, caching(s, kept, tier), kept)
	newer := shelf{}
	for key, value := range maps.All(tier) {
		newer[strings.Replace(key, "/1/", "/2/", 1)] = value
	}
	before := len(newer)
	if got, ok := desk.New(caching(s, kept, newer)).Cached(t.Context(), asked, wished); ok {
		t.Errorf("of a newer form, and yet %+v", got)
	}
	solved(t, caching(s, kept, newer), kept)
	if len(newer) != 2*before {
		t.Errorf("%d kept, want what the newer program kept and as much more", len(newer))
	}
}
