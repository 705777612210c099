package cli

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/answer"
	"github.com/aimo3/aimo3/engine/compute"
	"github.com/aimo3/aimo3/engine/solve"
	"github.com/aimo3/aimo3/tui/cli/form"
	"github.com/aimo3/aimo3/tui/phrase"
)

// solving is one call of `aimo3 solve`.
type solving struct {
	*shell
	file   string
	key    string
	events bool
	quit   context.CancelCauseFunc // ends the attempt, which is then closed in good order
}

func (s *shell) solveCommand() *cobra.Command {
	run := &solving{shell: s}
	c := &cobra.Command{
		Use:   "solve [PROBLEM|-]",
		Short: "Solve one problem, without a screen",
		Long: "Solve one problem, without a screen. The problem is the argument, the file\n" +
			"of -f, or standard input.\n\n" +
			"Exit codes: 0 answered, 1 finished without an answer, 2 wrong usage or input,\n" +
			"3 no model server or model, 4 interrupted, 5 the store failed.",
		Example: "  aimo3 solve 'Find the last two digits of 7^{2026}.'\n" +
			"  aimo3 solve --samples 16 --budget 5m -f problem.tex\n" +
			"  aimo3 solve --json - < problem.txt",
		Args: atMost(1, "one problem"),
		RunE: run.solve,
	}
	f := c.Flags()
	f.StringVarP(&run.file, "file", "f", "", "read the problem from a file")
	f.Var(&parsed[string]{"", "ANSWER", &run.key, knownAnswer}, "key", "the right answer, if you know it: the verdict says whether it was found, and history counts it")
	f.BoolVar(&s.json, "json", false, "print one JSON object at the end; samples count from 0 in JSON")
	f.BoolVar(&run.events, "events", false, "print every event as one line of JSON, once it is kept; samples count from 0 there")
	s.planFlags(f)
	s.hostFlag(f)
	s.dbFlag(f)
	s.noSaveFlag(f)
	s.plainFlag(f)
	return c
}

func (r *solving) solve(cmd *cobra.Command, args []string) error {
	ctx := cmd.Context()
	problem, err := r.problem(ctx, args, r.file)
	if err != nil {
		return err
	}
	problem.Key = r.key
	store, err := r.keeper(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }()
	server, err := r.Connect(ctx, r.set.Host)
	if err != nil {
		return err
	}
	defer func() { _ = server.Close() }()
	plan, err := r.plan(ctx, server)
	if err != nil {
		return err
	}
	notebooks := r.notebooks()
	defer func() { _ = notebooks.Close() }()
	if err := named(ctx, notebooks, plan.Tools); err != nil {
		return err
	}
	e := r.Solver(server, notebooks)
	e.Now = r.Now
	p, err := r.attempt(ctx, e, store, problem, plan)
	return r.conclude(p, r.precedents(ctx, store.Splits, p), err)
}

// knownAnswer is one that answers can be held against.
func knownAnswer(text string) (string, error) {
	_, err := answer.Parse(text)
	return strings.TrimSpace(text), err
}

// notebooks are what can run code.
func (s *shell) notebooks() *compute.Notebooks {
	return &compute.Notebooks{Engines: s.Engines(s.set.Unsafe, s.tell)}
}

// named fails if code is to run in an engine that is named and cannot be used.
// An engine that has to be unpacked is unpacked here, before there is a status
// line that its word would run into.
func named(ctx context.Context, n *compute.Notebooks, tools engine.Tools) error {
	if tools == engine.ToolsOff || tools.Retired() { // an attempt says what it takes instead
		return nil
	}
	_, err := n.Engine(ctx, tools)
	if tools == engine.ToolsAuto || tools == "" {
		return nil
	}
	return err
}

// keeper opens the store; with --no-save it is one that keeps nothing.
func (r *solving) keeper(ctx context.Context) (recording, error) {
	if r.set.NoSave {
		return forgetful{}, nil
	}
	if err := r.place(); err != nil {
		return nil, err
	}
	return r.Open(ctx, r.set.DB, r.tell)
}

// plan completes the plan by what the server has and the machine can hold.
func (r *solving) plan(ctx context.Context, server Server) (engine.Plan, error) {
	plan := r.set.Plan
	seen := server.Server(ctx)
	if seen.Fault != nil {
		return plan, seen.Fault
	}
	model, err := engine.Choose(seen.Models, plan.Model)
	if err != nil {
		return plan, err
	}
	plan.Model = model.Name
	if plan.Judge != "" {
		judge, err := engine.Choose(seen.Models, plan.Judge)
		if err != nil {
			return plan, err
		}
		plan.Judge = judge.Name
	}
	chosen := plan.Options.NumCtx
	plan.Options.NumCtx = server.Window(ctx, model.Name, chosen, r.room(ctx, server))
	if got := plan.Options.NumCtx; got < chosen {
		r.say("%s has a window of %s at most; that many are used", model.Name, form.Count(got, "token"))
	}
	return plan, ctx.Err()
}

// room is the memory that models may use.
func (s *shell) room(ctx context.Context, server Server) uint64 {
	return s.Look(ctx, server.Machine("")).Room()
}

// attempt runs the attempt and returns what is known of it, also when it fails.
func (r *solving) attempt(ctx context.Context, e *solve.Solver, store recording, problem engine.Problem, plan engine.Plan) (*engine.Progress, error) {
	watch := newStatus(r.err, r.Terminal(r.err) && !r.set.Plain && r.canDraw() == nil, r.Now)
	ctx, r.quit = context.WithCancelCause(ctx)
	defer r.quit(nil)
	store.Tell(watch.say)
	defer store.Tell(r.tell)
	rec := store.Record(engine.Tee(watch.put, r.printEvent))
	_, err := e.Attempt(ctx, engine.NewAttemptID(r.Now()), problem, plan, rec.Put)
	err = errors.Join(err, rec.Close())
	watch.stop()
	return &watch.progress, err
}

// conclude prints the verdict and returns the error to exit with.
func (r *solving) conclude(p *engine.Progress, splits []engine.Split, err error) error {
	if err == nil && (p.Verdict == nil || p.Verdict.Answer == "") {
		err = errNoAnswer
	}
	var printed error
	switch {
	case r.json:
		form := form.Of(p, false)
		form.Error, form.Precedent = failureOf(err), phrase.Such(splits, p.Verdict)
		printed = r.printJSON(form)
	case !r.events && p.ID != "":
		printed = form.WriteVerdict(r.out, p, splits, !r.set.NoSave)
	}
	return errors.Join(err, printed)
}

func (r *solving) printEvent(e engine.Event) error {
	if !r.events {
		return nil
	}
	err := form.WriteLine(r.out, e)
	if r.out.gone { // to fail here would leave the attempt open in the store
		r.quit(err)
		return nil
	}
	return err
}

// recording is a Store as far as solving needs it.
type recording interface {
	Splits(context.Context) ([]engine.Split, error)
	Record(next engine.Sink) Recorder
	Tell(say func(string))
	Close() error
}

// forgetful is a recording that keeps nothing and hands every event on at once.
type forgetful struct{}

// Record hands events to next.
func (forgetful) Record(next engine.Sink) Recorder { return passing(next) }

// Splits knows of none.
func (forgetful) Splits(context.Context) ([]engine.Split, error) { return nil, nil }

// Tell does nothing: nothing is ever waited for.
func (forgetful) Tell(func(string)) {}

// Close does nothing.
func (forgetful) Close() error { return nil }

// passing is the Recorder of forgetful.
type passing engine.Sink

// Put hands e on.
func (p passing) Put(e engine.Event) error { return p(e) }

// Close does nothing: all has been handed on.
func (p passing) Close() error { return nil }
