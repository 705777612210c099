package desk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/prompt"
	"github.com/aimo3/aimo3/engine/secure/audit"
	"github.com/aimo3/aimo3/engine/solve"
)

// Server is a model server as a desk needs it.
type Server interface {
	engine.Backend
	// Server says how the server is and what it has installed.
	Server(context.Context) engine.Server
	// Show tells all that the server knows of an installed model.
	Show(ctx context.Context, name string) (engine.Model, error)
	// Window is the context window, in tokens, to ask a model for, where room
	// is the memory for models in bytes; 0 if it is not known. What a person
	// chose is kept as far as the model goes; 0 is no choice.
	Window(ctx context.Context, model string, chosen int, room uint64) int
}

// Recorder keeps the events of one attempt.
type Recorder interface {
	// Put takes the next event.
	Put(engine.Event) error
	// Close returns once every event put is kept and handed on, or says why not.
	Close() error
}

// Options are what a desk works with. A server is needed, but for Close.
type Options struct {
	// Servers are the hosts that may be asked, the first one first. Those that do not
	// answer are done without as long as one does.
	Servers []Server
	// Notebook finds what runs the code of an attempt; if nil, nothing does.
	Notebook func(context.Context, engine.Tools) (engine.Notebook, error)
	// Room is the memory that models may use now, in bytes; if nil, not known.
	Room func(context.Context) uint64
	// Record begins to keep an attempt, and hands its events on to next once
	// they are kept; if nil, nothing is kept.
	Record func(next engine.Sink) Recorder
	// Resume begins to keep an attempt further that was cut short, hands next what
	// was kept, and returns the fold over that; if nil, none can go on.
	Resume func(ctx context.Context, id engine.AttemptID, next engine.Sink) (Recorder, *engine.Progress, error)
	// Import keeps all events of an attempt in one step, unless it is kept already, and
	// says whether it was not; if nil, none can be assembled.
	Import func(ctx context.Context, events []engine.Event) (fresh bool, err error)
	// Kept reads all that was kept of an attempt; if nil, none can be extended.
	Kept  func(context.Context, engine.AttemptID) (*engine.Progress, error)
	Audit *audit.Log       // is told of each attempt; if nil, nobody is
	Cache *Caching         // of verdicts, if attempts are kept; if nil, none
	Now   func() time.Time // if nil, time.Now
	Log   *slog.Logger     // of attempts; if nil, none
	// Listen makes one who also listens to the events of an attempt, before the front
	// end does; if nil, nobody. An error of it ends the attempt.
	Listen func() engine.Sink
	Looked func(tier string) // is told which tier had a verdict, "" if none; if nil, nobody
}

// Desk has problems attempted. Its methods may be called from many goroutines.
type Desk struct {
	with     Options
	solver   *solve.Solver
	hosts    *hosts
	verdicts *verdicts // nil: none are cached
}

// New returns a desk.
func New(o Options) *Desk {
	o.Log = cmp.Or(o.Log, slog.New(slog.DiscardHandler))
	d := &Desk{with: o, verdicts: newVerdicts(o)}
	d.hosts = newHosts(o.Servers, func(f engine.BreakerChanged) {
		o.breaker(f)
		d.solver.TellBreaker(f)
	})
	d.solver = &solve.Solver{Notebook: o.logged(), Now: o.Now, Prompt: prompt.For, Output: prompt.Output, Strategy: Strategy}
	if len(o.Servers) > 0 {
		d.solver.Line, d.solver.Describe = d.hosts.line, d.hosts.show
		d.solver.Window = func(ctx context.Context, model string, wished int) int {
			return d.hosts.at(model).Window(ctx, model, wished, d.room(ctx))
		}
	}
	return d
}

// Server says how the servers are together: the first one that answers, with the models
// of all.
func (d *Desk) Server(ctx context.Context) engine.Server { return d.hosts.look(ctx) }

// Strategy finds a way of choosing among the answers of a split vote by its name.
func Strategy(name string) (engine.Strategy, bool) { return prompt.Strategy(name) }

// Attempt has a problem attempted as plan wishes, keeps what happens, and tells
// it to listen in order, once it is kept. It returns when the attempt is over.
//
// A Fault before the first event says that the statement is none
// ([engine.CheckStatement]) or that the plan cannot be had here: no server answers, or a model, a judge or what runs code is named that is not
// there. Else the error is as solve.Solver.Attempt says, or the recorder's.
func (d *Desk) Attempt(ctx context.Context, id engine.AttemptID, problem engine.Problem, plan engine.Plan, listen engine.Sink) (engine.Verdict, error) {
	log := &diary{log: d.with.Log.With("attempt", id)}
	verdict, err := d.attempt(ctx, id, problem, plan, log.before(d.heard(listen)))
	log.failed(err)
	return verdict, err
}

func (d *Desk) attempt(ctx context.Context, id engine.AttemptID, problem engine.Problem, plan engine.Plan, listen engine.Sink) (engine.Verdict, error) {
	short, err := engine.CheckStatement(problem.Statement)
	if err != nil {
		return engine.Verdict{}, err
	}
	seen, wished := d.Server(ctx), plan
	plan, notes, err := d.resolve(ctx, seen, plan)
	if err != nil {
		return engine.Verdict{}, err
	}
	if short != "" {
		notes = append(notes, short)
	}
	defer d.hosts.Join(plan.WithDefaults().Parallel)()
	d.verdicts.saw(ctx, seen.Models)
	if d.with.Record == nil {
		return d.solver.Attempt(ctx, id, problem, plan, listen, notes...)
	}
	d.with.Audit.Add(ctx, audit.Solve, string(id), audit.Begun)
	o := outline{codes: d.with.Notebook == nil, spoiled: len(d.hosts.unknown([]string{plan.Model, plan.Judge})) > 0}
	rec := d.with.Record(engine.Tee(o.put, listen))
	d.hear(id, rec)
	verdict, err := d.solver.Attempt(ctx, id, problem, plan, rec.Put, notes...)
	if err = errors.Join(err, rec.Close()); err == nil && d.verdicts != nil {
		if key, ok := d.verdicts.key(seen, problem, wished); ok {
			d.verdicts.keep(ctx, key, &o)
		}
	}
	d.with.Audit.Add(ctx, audit.Solve, string(id), outcome(verdict, err))
	return verdict, err
}

// outcome is what the audit log says of how an attempt ended.
func outcome(v engine.Verdict, err error) string {
	switch {
	case err != nil:
		return audit.OutcomeOf(err)
	case v.Answer == "":
		return audit.Unanswered
	}
	return audit.Answered
}

// heard is who listens to an attempt for a front end, with who listens beside it.
func (d *Desk) heard(listen engine.Sink) engine.Sink {
	switch {
	case d.with.Listen == nil:
		return listen
	case listen == nil:
		return d.with.Listen()
	}
	return engine.Tee(d.with.Listen(), listen)
}

// Stop ends one sample of a running attempt, or all of them if sample is
// negative, and says whether the attempt was running.
func (d *Desk) Stop(id engine.AttemptID, sample int) bool { return d.solver.Stop(id, sample) }

// resolve completes a plan by what the server was seen to have, what can run code and
// what the memory holds. Notes say, a line each, where that is not what was wished.
func (d *Desk) resolve(ctx context.Context, seen engine.Server, plan engine.Plan) (done engine.Plan, notes []string, err error) {
	if seen.Fault != nil {
		return plan, nil, seen.Fault
	}
	if plan.Model, err = d.named(ctx, seen.Models, plan.Model); err != nil {
		return plan, nil, err
	}
	if plan.Judge != "" {
		if plan.Judge, err = d.named(ctx, seen.Models, plan.Judge); err != nil {
			return plan, nil, err
		}
	}
	if plan.Fallback, err = d.fallbacks(ctx, seen.Models, plan); err != nil {
		return plan, nil, err
	}
	if plan.Tools.Retired() {
		notes = append(notes, string(plan.Tools)+" is no longer supported: using auto")
		plan.Tools = engine.ToolsAuto
	}
	if err := d.canRun(ctx, plan.Tools); err != nil {
		return plan, nil, err
	}
	if maxTop := seen.MaxTopLogprobs; maxTop > 0 && plan.TopLogprobs > maxTop {
		notes = append(notes, fmt.Sprintf("%s sends at most %d log-probabilities per token; using that many", seen.Name, maxTop))
		plan.TopLogprobs = maxTop
	}
	models := slices.Concat([]string{plan.Model, plan.Judge}, plan.Fallback)
	plan.Digests = digests(seen.Models, models...)
	notes = append(append(notes, d.hosts.absent(models)...), d.hosts.unknown(models)...)
	wished := plan.Options.NumCtx
	plan.Options.NumCtx = d.hosts.at(plan.Model).Window(ctx, plan.Model, wished, d.room(ctx))
	if got := plan.Options.NumCtx; got < wished {
		notes = append(notes, fmt.Sprintf("%s has a context window of at most %d tokens; using that", plan.Model, got))
	}
	return plan, notes, ctx.Err()
}

// named is the full name of an installed model that can reply.
func (d *Desk) named(ctx context.Context, installed []engine.Model, name string) (string, error) {
	m, err := engine.Choose(installed, name)
	if err != nil {
		return m.Name, err
	}
	if shown, err := d.hosts.show(ctx, m.Name); err == nil { // else the request for a reply tells what is wrong
		return m.Name, shown.CheckReplies()
	}
	return m.Name, nil
}

// fallbacks are the full names of the plan's fallback models, but for its model's own.
func (d *Desk) fallbacks(ctx context.Context, installed []engine.Model, plan engine.Plan) ([]string, error) {
	var names []string
	for _, wished := range plan.Fallback {
		name, err := d.named(ctx, installed, wished)
		if err != nil {
			return nil, err
		}
		if name != plan.Model && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names, nil
}

func (d *Desk) room(ctx context.Context) uint64 {
	if d.with.Room == nil {
		return 0
	}
	return d.with.Room(ctx)
}
