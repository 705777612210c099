package serve

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/aimo3/aimo3/engine"
)

// How long what checks found is told to others who ask: so that it costs the same
// however many do.
const (
	liveKept  = 5 * time.Second
	wholeKept = time.Minute
)

// looksPerWhole is of how many looks that nobody asked for one is at everything.
const looksPerWhole = 60

// The paths of which no key is asked: those that look after a server know none.
const (
	livePath  = "/livez"
	readyPath = "/readyz"
)

func (s *API) healthRoutes(api huma.API) {
	for _, o := range []huma.Operation{
		operation("live", http.MethodGet, livePath, "Whether this server answers; needs no key, and looks at nothing else"),
		operation("ready", http.MethodGet, readyPath, "Whether attempts can be created; needs no key"),
	} {
		o.Security = []map[string][]string{{}}
		if o.Path == livePath {
			huma.Register(api, o, live)
		} else {
			huma.Register(api, o, s.ready)
		}
	}
	huma.Register(api, operation("read-health", http.MethodGet, "/health", "How this server is, and all that it stands on"), s.health)
}

// checks have the checks made that there are, once for all who ask at about the same time.
type checks struct {
	make func(ctx context.Context, live bool) []engine.Finding
	now  func() time.Time
	turn chan struct{}    // holds a value while they are made
	kept map[bool]checked // by whether they are those of live
}

// checked is what was found, and when.
type checked struct {
	all []engine.Finding
	at  time.Time
}

func newChecks(o Options) *checks {
	return &checks{make: o.Checks, now: o.Now, turn: make(chan struct{}, 1), kept: map[bool]checked{}}
}

// look returns what was found lately, or finds it now.
func (c *checks) look(ctx context.Context, live bool) (checked, error) {
	if c.make == nil {
		return checked{at: c.now()}, nil
	}
	select {
	case c.turn <- struct{}{}:
	case <-ctx.Done():
		return checked{}, ctx.Err()
	}
	defer func() { <-c.turn }()
	keep := map[bool]time.Duration{true: liveKept, false: wholeKept}[live]
	if had, is := c.kept[live]; is && c.now().Sub(had.at) < keep {
		return had, nil
	}
	found := checked{c.make(context.WithoutCancel(ctx), live), c.now()} // others wait for it though this client leaves
	c.kept[live] = found
	return found, nil
}

// renew finds it now, and keeps it for who asks next; once ctx ends it gives up.
func (c *checks) renew(ctx context.Context, live bool) {
	select {
	case c.turn <- struct{}{}:
	case <-ctx.Done():
		return
	}
	defer func() { <-c.turn }()
	if found := (checked{c.make(ctx, live), c.now()}); ctx.Err() == nil {
		c.kept[live] = found
	}
}

// keepLooking has the checks made now and then though nobody asks, so that whoever makes
// them can tell of what they find.
func (s *API) keepLooking(ctx context.Context) {
	if s.checks.make == nil {
		return
	}
	tick := time.NewTicker(s.bounds.look)
	defer tick.Stop()
	for n := 1; ; n++ {
		select {
		case <-tick.C:
			s.checks.renew(ctx, n%looksPerWhole != 0)
		case <-ctx.Done():
			return
		}
	}
}

// metrics answers with the figures of this moment.
func (s *API) metrics(w http.ResponseWriter, r *http.Request) {
	s.tellServing()
	s.with.Metrics.ServeHTTP(w, r)
}

// tellServing tells how many attempts run and wait.
func (s *API) tellServing() {
	if s.with.Serving != nil {
		running, waiting, _ := s.hub.counts()
		s.with.Serving(running, waiting)
	}
}

// well says that no check failed.
func (c checked) well() bool {
	return !slices.ContainsFunc(c.all, func(f engine.Finding) bool { return f.State == engine.Fail })
}

// component is one of them as a client sees it. Whoever may not see everything is told
// neither what was found nor what to do: that names hosts and paths.
type component struct {
	Component string  `json:"component"`
	State     string  `json:"state" enum:"pass,warn,fail"`
	What      string  `json:"what,omitempty" doc:"what was found; for keys with the scope admin, and where no keys are asked for"`
	Todo      string  `json:"todo,omitempty" doc:"what to do about it; likewise"`
	Millis    float64 `json:"duration_ms"`
}

func (c checked) told(all bool) []component {
	out := make([]component, 0, len(c.all))
	for _, f := range c.all {
		one := component{Component: f.Component, State: string(f.State), Millis: float64(f.Took.Microseconds()) / 1000}
		if all {
			one.What, one.Todo = engine.HideSecrets(f.What), engine.HideSecrets(f.Todo)
		}
		out = append(out, one)
	}
	return out
}

type liveness struct {
	Body struct {
		Live bool `json:"live"`
	}
}

func live(context.Context, *empty) (*liveness, error) {
	out := &liveness{}
	out.Body.Live = true
	return out, nil
}

type readiness struct {
	Status int
	Body   struct {
		Ready   bool        `json:"ready"`
		Checked time.Time   `json:"checked" doc:"when it was last looked, at most seconds ago"`
		Checks  []component `json:"checks"`
	}
}

func (s *API) ready(ctx context.Context, _ *empty) (*readiness, error) {
	found, err := s.checks.look(ctx, true)
	if err != nil {
		return nil, refusal(err)
	}
	out := &readiness{Status: http.StatusOK}
	_, _, out.Body.Ready = s.hub.counts()
	out.Body.Ready = out.Body.Ready && found.well()
	out.Body.Checked, out.Body.Checks = found.at, found.told(false)
	if !out.Body.Ready {
		out.Status = http.StatusServiceUnavailable
	}
	return out, nil
}

type health struct {
	Status int
	Body   struct {
		Version   string          `json:"version"`
		Ready     bool            `json:"ready" doc:"attempts can be created, and no check failed"`
		Running   int             `json:"running" doc:"attempts that run"`
		Queued    int             `json:"queued" doc:"attempts that wait"`
		Resilient []engine.Health `json:"requests" doc:"how requests to the model server fare"`
		Checked   time.Time       `json:"checked" doc:"when it was last looked, at most a minute ago"`
		Checks    []component     `json:"checks"`
	}
}

func (s *API) health(ctx context.Context, _ *empty) (*health, error) {
	found, err := s.checks.look(ctx, false)
	if err != nil {
		return nil, refusal(err)
	}
	out, all := &health{Status: http.StatusOK}, callOf(ctx).may(Admin)
	b := &out.Body
	b.Version, b.Resilient, b.Checked, b.Checks = s.with.Version, []engine.Health{}, found.at, found.told(all)
	if all {
		b.Resilient = s.resilient()
	}
	b.Running, b.Queued, b.Ready = s.hub.counts()
	if b.Ready = b.Ready && found.well(); !b.Ready {
		out.Status = http.StatusServiceUnavailable
	}
	return out, nil
}
