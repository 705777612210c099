package cli

import (
	"context"
	"errors"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/desk"
	"github.com/aimo3/aimo3/tui/cli/form"
)

// resuming is one call of `aimo3 history resume` or `aimo3 history close`.
type resuming struct {
	*solving
	all bool
}

func (s *shell) resumeCommand() *cobra.Command {
	run := &resuming{solving: &solving{shell: s}}
	c := &cobra.Command{
		Use:   "resume ID",
		Short: "Go on with an attempt that was cut short, or with all by --all",
		Long: "Go on with an attempt that was cut short, as by a kill: samples that had ended\n" +
			"keep their votes, and only the others are asked for. Running attempts are\n" +
			"left alone.",
		Args: run.one,
		RunE: func(cmd *cobra.Command, args []string) error { return run.each(cmd, args, run.resume) },
	}
	f := c.Flags()
	f.BoolVar(&run.all, "all", false, "go on with every attempt that was cut short, the oldest first")
	s.goOnFlags(f)
	return c
}

func (s *shell) closeCommand() *cobra.Command {
	run := &resuming{solving: &solving{shell: s}}
	c := &cobra.Command{
		Use:   "close ID",
		Short: "End an attempt that was cut short with the votes it has, or all by --all",
		Args:  run.one,
		RunE:  func(cmd *cobra.Command, args []string) error { return run.each(cmd, args, run.close) },
	}
	c.Flags().BoolVar(&run.all, "all", false, "end every attempt that was cut short")
	s.dbFlag(c.Flags())
	s.checkpointsFlag(c.Flags())
	return c
}

// goOnFlags are those of what has more samples taken: all else is as the attempt's plan says.
func (s *shell) goOnFlags(f *pflag.FlagSet) {
	s.unsafeFlag(f)
	s.hostFlag(f)
	s.dbFlag(f)
	s.checkpointsFlag(f)
	s.plainFlag(f)
	s.observeFlags(f)
	s.logFlags(f)
}

// one wants one attempt, or --all and none.
func (r *resuming) one(cmd *cobra.Command, args []string) error {
	if r.all {
		return exactly(0, "no ID with --all")(cmd, args)
	}
	return exactly(1, "one attempt's ID, or --all")(cmd, args)
}

// each does something with every attempt that is meant, the oldest first. What goes
// wrong with one keeps nobody from the next.
func (r *resuming) each(cmd *cobra.Command, args []string, do func(context.Context, Store, engine.Summary) error) error {
	if err := r.openLog(cmd); err != nil {
		return err
	}
	end, err := r.observed()
	if err != nil {
		return err
	}
	defer end()
	return r.withKept(cmd, func(ctx context.Context, store Store) error {
		if !r.all {
			a, err := store.Attempt(ctx, args[0])
			if err != nil {
				return err
			}
			return do(ctx, store, a)
		}
		unfinished, err := store.Unfinished(ctx)
		if err != nil {
			return err
		}
		if len(unfinished) == 0 {
			r.say("no attempt was cut short")
		}
		var failed error
		for i := len(unfinished) - 1; i >= 0 && ctx.Err() == nil; i-- {
			failed = errors.Join(failed, do(ctx, store, unfinished[i]))
		}
		return errors.Join(failed, ctx.Err())
	})
}

func (r *resuming) resume(ctx context.Context, store Store, a engine.Summary) error {
	servers, err := r.Connect(ctx, r.set.Hosts)
	if err != nil {
		return err
	}
	defer closeAll(servers)
	p, err := r.with(ctx, servers, store, func(ctx context.Context, d *desk.Desk, listen engine.Sink) error {
		_, err := d.Resume(ctx, a.ID, listen)
		return err
	})
	if p.Verdict == nil && err != nil { // it did not go on
		return err
	}
	return r.conclude(p, r.precedents(ctx, store.Splits, p), err)
}

func (r *resuming) close(ctx context.Context, store Store, a engine.Summary) error {
	var p engine.Progress
	d := desk.New(desk.Options{Resume: store.Resume, Audit: r.audit, Now: r.Now, Listen: r.listen})
	if _, err := d.Close(ctx, a.ID, func(e engine.Event) error { p.Apply(e); return nil }); err != nil {
		return err
	}
	answer := "no answer"
	if v := p.Verdict; v.Answer != "" {
		answer = string(v.Answer)
	}
	r.say("closed %s (%s): %s, %d of %s", a.ID, a.Problem.Title(40), answer, p.Verdict.Votes, form.Count(p.Verdict.Of, "vote"))
	return nil
}
