package cli

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/answer"
	"github.com/aimo3/aimo3/engine/compute"
	"github.com/aimo3/aimo3/engine/desk"
	"github.com/aimo3/aimo3/engine/wire"
	"github.com/aimo3/aimo3/tui/cli/form"
	"github.com/aimo3/aimo3/tui/phrase"
)

// solving is one call of `aimo3 solve`.
type solving struct {
	*shell
	file   string
	key    string
	events bool
	cached *engine.Cached          // what is shown in place of an attempt; nil if there is one
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
			"3 no model server or model, or it failed, 4 interrupted, 5 the store failed.",
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
	f.BoolVar(&run.events, "events", false, "print every event as one line of JSON, once it is stored; samples count from 0 there")
	s.planFlags(f)
	s.hostFlag(f)
	s.dbFlag(f)
	s.checkpointsFlag(f)
	s.noSaveFlag(f)
	s.cacheFlags(f)
	s.newDBFlag(f)
	s.plainFlag(f)
	s.observeFlags(f)
	s.logFlags(f)
	return c
}

func (r *solving) solve(cmd *cobra.Command, args []string) error {
	ctx := cmd.Context()
	if err := r.openLog(cmd); err != nil {
		return err
	}
	end, err := r.observed()
	if err != nil {
		return err
	}
	defer end()
	problem, err := r.problem(ctx, args, r.file)
	if err != nil {
		return err
	}
	problem.Key = r.key
	store, err := r.keeper(ctx)
	if err != nil {
		return err
	}
	if store != nil {
		defer func() { _ = store.Close() }()
	}
	servers, err := r.Connect(ctx, r.set.Hosts)
	if err != nil && !errors.Is(err, &engine.Fault{Class: engine.Unreachable}) {
		return err
	}
	defer closeAll(servers)
	var p *engine.Progress
	if err != nil {
		if p = r.withoutServer(ctx, store, problem, err); p == nil {
			return err
		}
		err = nil
	} else {
		p, err = r.attempt(ctx, servers, store, problem)
	}
	var splits []engine.Split
	if store != nil {
		splits = r.precedents(ctx, store.Splits, p)
	}
	return r.conclude(p, splits, err)
}

// knownAnswer is one that answers can be held against.
func knownAnswer(text string) (string, error) {
	_, err := answer.Parse(text)
	return strings.TrimSpace(text), err
}

// keeper opens the store; with --no-save there is none.
func (r *solving) keeper(ctx context.Context) (Store, error) {
	if r.set.NoSave {
		return nil, nil
	}
	if err := r.place(); err != nil {
		return nil, err
	}
	return r.openOrPutAside(ctx, r.set.DB, r.tell, func(error) bool { return r.set.NewDB })
}

// closeAll lets go of servers.
func closeAll(servers []Server) {
	for _, s := range servers {
		_ = s.Close()
	}
}

// atDesk are servers as a desk needs them.
func atDesk(servers []Server) []desk.Server {
	all := make([]desk.Server, 0, len(servers))
	for _, s := range servers {
		all = append(all, s)
	}
	return all
}

// room is the memory that models may use.
func (s *shell) room(ctx context.Context, server Server) uint64 {
	return s.Look(ctx, server.Machine("")).Room()
}

// attempt has the problem attempted and returns what is known of that, also when
// it fails.
func (r *solving) attempt(ctx context.Context, servers []Server, store Store, problem engine.Problem) (*engine.Progress, error) {
	var recalled *engine.Progress
	p, err := r.with(ctx, servers, store, func(ctx context.Context, d *desk.Desk, listen engine.Sink) error {
		if c, ok := d.Cached(ctx, problem, r.set.Plan); ok {
			if recalled, ok = r.recall(ctx, store, c); ok {
				return nil
			}
		}
		_, err := d.Attempt(ctx, engine.NewAttemptID(r.Now()), problem, r.set.Plan, listen)
		return err
	})
	if recalled != nil {
		return recalled, nil
	}
	return p, err
}

// withoutServer is the attempt that reached a cached verdict of the same, where no
// server answers; nil if none is kept.
func (r *solving) withoutServer(ctx context.Context, store Store, problem engine.Problem, why error) *engine.Progress {
	if store == nil {
		return nil
	}
	d := desk.New(desk.Options{Now: r.Now, Log: r.Log.Log(), Record: store.Record, Cache: r.caching(ctx, store, r.tell)})
	c, ok := d.Cached(ctx, problem, r.set.Plan)
	if !ok {
		return nil
	}
	c.NoServer = failureOf(why).What
	p, _ := r.recall(ctx, store, c)
	return p
}

// with runs what is done at a desk, and watches.
func (r *solving) with(ctx context.Context, servers []Server, store Store, do func(context.Context, *desk.Desk, engine.Sink) error) (*engine.Progress, error) {
	watch := newStatus(r.err, r.Terminal(r.err) && !r.set.Plain && r.set.Log != logOnErr && r.canDraw() == nil, r.Now)
	ctx, r.quit = context.WithCancelCause(ctx)
	defer r.quit(nil)
	notebooks := &compute.Notebooks{Engines: r.Engines(r.set.Unsafe, nil)}
	defer func() { _ = notebooks.Close() }()
	options := desk.Options{
		Servers: atDesk(servers), Notebook: notebooks.For, Now: r.Now, Log: r.Log.Log(),
		Room: func(ctx context.Context) uint64 { return r.room(ctx, servers[0]) }, Listen: r.listen, Looked: r.Metrics.Looked,
	}
	if store != nil {
		store.Tell(watch.say)
		defer store.Tell(r.tell)
		options.Record, options.Resume, options.Kept, options.Cache = store.Record, store.Resume, Kept(store), r.caching(ctx, store, watch.say)
		options.Audit = r.audit
	}
	err := do(ctx, desk.New(options), engine.Tee(watch.put, r.printEvent))
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
		f := wire.Of(p, false)
		f.Cached = r.cachedForm()
		f.Error, f.Precedent = failureOf(err), phrase.Such(splits, p.Verdict)
		printed = r.printJSON(f)
	case !r.events && p.ID != "":
		printed = form.WriteVerdict(r.out, p, splits, !r.set.NoSave && (r.cached == nil || r.cached.Here) && !errors.Is(err, &engine.Fault{Class: engine.Storage}))
	}
	return errors.Join(err, printed)
}

func (r *solving) printEvent(e engine.Event) error {
	if !r.events {
		return nil
	}
	err := wire.WriteLine(r.out, e)
	if r.out.gone { // to fail here would leave the attempt open in the store
		r.quit(err)
		return nil
	}
	return err
}
