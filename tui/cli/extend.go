package cli

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/desk"
)

func (s *shell) extendCommand() *cobra.Command {
	run, more := &resuming{solving: &solving{shell: s}}, 0
	c := &cobra.Command{
		Use:   "extend ID",
		Short: "Add samples to an attempt that has ended",
		Long: "Add samples to an attempt that has ended, by the same model and settings. They are\n" +
			"a new attempt, which begins with the votes of the other; that one is not changed.\n" +
			"Samples that had failed or were stopped are taken first.",
		Args: exactly(1, "one attempt's ID"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return run.each(cmd, args, func(ctx context.Context, store Store, a engine.Summary) error {
				return run.extend(ctx, store, a, more)
			})
		},
	}
	f := c.Flags()
	f.Var(&parsed[int]{"8", "N", &more, whole(1, engine.MaxSamples)}, "samples", "number of samples to add")
	s.goOnFlags(f)
	return c
}

func (r *resuming) extend(ctx context.Context, store Store, a engine.Summary, more int) error {
	servers, err := r.Connect(ctx, r.set.Hosts)
	if err != nil {
		return err
	}
	defer closeAll(servers)
	p, err := r.with(ctx, servers, store, func(ctx context.Context, d *desk.Desk, listen engine.Sink) error {
		_, err := d.Extend(ctx, engine.NewAttemptID(r.Now()), a.ID, more, listen)
		return err
	})
	if p.Verdict == nil && err != nil { // it did not begin
		return err
	}
	return r.conclude(p, r.precedents(ctx, store.Splits, p), err)
}
