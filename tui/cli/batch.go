package cli

import (
	"cmp"
	"context"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/aimo3/aimo3/engine/compute"
	"github.com/aimo3/aimo3/engine/dataset"
	"github.com/aimo3/aimo3/engine/desk"
	"github.com/aimo3/aimo3/engine/queue"
	"github.com/aimo3/aimo3/tui/cli/form"
)

// queueEnd is what the name of a queue's file has after that of the database of attempts.
const queueEnd = "-queue"

// batching is one call of `aimo3 batch`.
type batching struct {
	*solving
	source sourceFlags
	queue  string // its file
	run    string // ID of the run to go on with; "" for that of the dataset
	fresh  bool   // begin a new run, whatever there is
	to     string // file of the answers; "" for none
}

func (s *shell) batchCommand() *cobra.Command {
	run := &batching{solving: &solving{shell: s}}
	c := &cobra.Command{
		Use:   "batch FILE|FOLDER|-",
		Short: "Attempt every problem of a dataset, and go on where that was stopped",
		Long: "Attempt every problem of a dataset, as solve does one. What is done is kept sample\n" +
			"by sample: stopped in any way, the same command goes on where it was and repeats\n" +
			"nothing that had ended; once all has ended, it only writes the answers again.\n\n" +
			"Interrupted once, it begins no more samples and waits for those that run; twice, it\n" +
			"ends at once. --parallel is the number of samples that run at once, of all problems\n" +
			"together, and --budget the time limit for each sample.\n\n" +
			"Exit codes: 0 every problem has ended, 2 wrong usage or input, 3 no model server or\n" +
			"model, 4 interrupted, 5 the store or the queue failed.",
		Example: "  aimo3 batch test.csv -o submission.csv\n" +
			"  aimo3 batch math.jsonl --subject Algebra --limit 50 --samples 16 -o answers.jsonl\n" +
			"  aimo3 batch --run last --parallel 2",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := run.oneSource(cmd, args); err != nil { // here, since the environment may name a run
				return err
			}
			return run.batch(cmd, args)
		},
	}
	f := c.Flags()
	run.source.add(f)
	f.StringVarP(&run.to, "output", "o", "", "file for the answers once all problems have ended: JSON lines if its name ends in .jsonl, else CSV; - is CSV on standard output")
	f.StringVar(&run.run, "run", "", "go on with the run of this `ID`, or with the last one, in place of a dataset")
	f.BoolVar(&run.fresh, "fresh", false, "begin a new run, even if there is one of the same problems and settings")
	f.StringVar(&run.queue, "queue-db", "", "`FILE` of the queue (default: beside the database)")
	f.BoolVar(&s.json, "json", false, "print a line of JSON for each problem once all have ended")
	s.planFlags(f)
	s.hostFlag(f)
	s.dbFlag(f)
	s.checkpointsFlag(f)
	s.newDBFlag(f)
	s.plainFlag(f)
	s.observeFlags(f)
	s.logFlags(f)
	return c
}

// oneSource wants a dataset, or --run and no setting of a run's plan.
func (b *batching) oneSource(cmd *cobra.Command, args []string) error {
	if b.run == "" {
		return exactly(1, "one file or folder, or --run ID; - is standard input")(cmd, args)
	}
	if len(args) > 0 || b.fresh {
		return usage("give one of them", "--run goes on with a run as it was begun; a dataset or --fresh begins one")
	}
	fixed := pflag.NewFlagSet("plan", pflag.ContinueOnError)
	(&shell{Program: b.Program}).planFlags(fixed)
	b.source.add(fixed)
	var wrong error
	fixed.VisitAll(func(f *pflag.Flag) {
		if cmd.Flags().Changed(f.Name) && f.Name != "parallel" && f.Name != "unsafe-python" {
			wrong = usage("give the dataset to begin another run", "--%s cannot be changed in a run", f.Name)
		}
	})
	return wrong
}

func (b *batching) batch(cmd *cobra.Command, args []string) error {
	ctx := cmd.Context()
	if err := b.openLog(cmd); err != nil {
		return err
	}
	end, err := b.observed()
	if err != nil {
		return err
	}
	defer end()
	if err := b.place(); err != nil {
		return err
	}
	b.queue = cmp.Or(b.queue, b.set.DB+queueEnd)
	if err := b.checkOutput(args); err != nil {
		return err
	}
	set, err := b.read(ctx, args)
	if err != nil {
		return err
	}
	store, err := b.keeper(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }()
	q, err := queue.Open(ctx, queue.Options{Path: b.queue, Now: b.Now, Log: b.Log.Log()})
	if err != nil {
		return err
	}
	defer func() { _ = q.Close() }()
	return b.atDesk(ctx, store, func(d *desk.Desk) error { return b.work(ctx, q, d, set, store) })
}

// atDesk runs what is done at a desk that keeps whole attempts.
func (b *batching) atDesk(ctx context.Context, store Store, do func(*desk.Desk) error) error {
	servers, err := b.Connect(ctx, b.set.Hosts)
	if err != nil {
		return err
	}
	defer closeAll(servers)
	notebooks := &compute.Notebooks{Engines: b.Engines(b.set.Unsafe, nil)}
	defer func() { _ = notebooks.Close() }()
	return do(desk.New(desk.Options{
		Servers: atDesk(servers), Notebook: notebooks.For, Now: b.Now, Log: b.Log.Log(), Audit: b.audit, Listen: b.listen,
		Room:   func(ctx context.Context) uint64 { return b.room(ctx, servers[0]) },
		Import: store.Import, Kept: Kept(store),
	}))
}

// read reads the dataset whole, before anything is kept; nil with --run.
func (b *batching) read(ctx context.Context, args []string) (*dataset.Set, error) {
	if b.run != "" {
		return nil, nil
	}
	o, err := b.source.options(args[0], b.in)
	if err != nil {
		return nil, err
	}
	set, err := dataset.Read(ctx, o)
	if err == nil && len(set.Entries) == 0 {
		err = usage("pick others", "no problem of %s is picked", set.Name)
	}
	return set, err
}

// work takes part in the run until it is over, and writes what came of it.
func (b *batching) work(ctx context.Context, q *queue.Queue, d *desk.Desk, set *dataset.Set, store Store) error {
	run, err := b.begin(ctx, q, d, set)
	if err != nil {
		return err
	}
	watch := &batchStatus{board: board{to: b.err, redraw: b.Terminal(b.err) && !b.set.Plain && b.set.Log != logOnErr && b.canDraw() == nil}, now: b.Now, begun: b.Now()}
	watch.board.text = watch.text
	watch.start()
	store.Tell(watch.say)
	told := context.AfterFunc(ctx, func() {
		watch.say("stopping: waiting for the samples that run; interrupt again to end at once")
	})
	err = q.Work(ctx, run, queue.Work{Desk: d, Parallel: b.parallel(ctx, d, run), Tell: watch.put, Ended: watch.ended})
	told()
	store.Tell(b.tell)
	watch.stop()
	if err != nil {
		if s, e := q.State(context.WithoutCancel(ctx), run.ID); e == nil {
			b.say("run %s: %d of %s ended; the same command goes on with it, as does `aimo3 batch --run %s`", run.ID, s.Ended, form.Count(s.Problems, "problem"), run.ID)
		}
		return err
	}
	return b.conclude(ctx, q, run)
}

// parallel is how many samples run at once: as wished, else as many as the server has
// seats, else as many as a problem has.
func (b *batching) parallel(ctx context.Context, d *desk.Desk, run queue.Run) int {
	return cmp.Or(b.set.Plan.Parallel, d.Server(ctx).Seats, run.Plan.Samples)
}

// begin is the run to go on with, which is begun if there is none.
func (b *batching) begin(ctx context.Context, q *queue.Queue, d *desk.Desk, set *dataset.Set) (queue.Run, error) {
	if set == nil {
		run, err := q.Run(ctx, b.run)
		if err != nil {
			return run, err
		}
		return run, b.goesOn(ctx, q, run)
	}
	wish, err := queue.Wish(b.set.Plan, set.Entries)
	if err != nil {
		return queue.Run{}, err
	}
	if !b.fresh {
		run, found, err := q.Find(ctx, wish)
		if err != nil {
			return run, err
		}
		if found {
			return run, b.goesOn(ctx, q, run)
		}
	}
	plan, notes, err := d.Settle(ctx, b.set.Plan)
	for _, note := range notes {
		b.say("%s", note)
	}
	if err != nil {
		return queue.Run{}, err
	}
	run, err := q.Begin(ctx, wish, set.Name, plan, set.Entries)
	if err == nil {
		b.say("run %s begins: %s of %s, %s each, by %s", run.ID, form.Count(len(set.Entries), "problem"), set.Name, form.Count(plan.Samples, "sample"), plan.Model)
	}
	return run, err
}

// goesOn says where a run goes on.
func (b *batching) goesOn(ctx context.Context, q *queue.Queue, run queue.Run) error {
	s, err := q.State(ctx, run.ID)
	if err == nil {
		b.say("run %s goes on: %d of %s of %s ended", run.ID, s.Ended, form.Count(s.Problems, "problem"), run.Name)
	}
	return err
}
