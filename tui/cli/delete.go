package cli

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/wire"
)

func (s *shell) deleteCommand() *cobra.Command {
	var undo bool
	c := &cobra.Command{
		Use:   "delete ID",
		Short: "Delete an attempt, or restore it with --undo within a week",
		Args:  exactly(1, "one attempt's ID"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return s.withKept(cmd, func(ctx context.Context, store Store) error {
				if undo {
					return s.restore(ctx, store, args[0])
				}
				a, err := store.Attempt(ctx, args[0])
				if err != nil {
					return err
				}
				if err := store.Delete(ctx, a.ID); err != nil {
					return err
				}
				s.say("deleted %s (%s) · restore it with `aimo3 history restore %s`", a.ID, a.Problem.Title(40), a.ID)
				return nil
			})
		},
	}
	c.Flags().BoolVar(&undo, "undo", false, "restore the deleted attempt of this ID, as history restore does")
	s.dbFlag(c.Flags())
	s.checkpointsFlag(c.Flags())
	return c
}

func (s *shell) restoreCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "restore ID",
		Short: "Restore an attempt that was deleted within the last week",
		Long:  "Restore an attempt that was deleted within the last week: ID is its ID or the\nbeginning of it. `aimo3 history list --deleted` shows those there are.",
		Args:  exactly(1, "one deleted attempt: its ID, or the beginning of it"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return s.withKept(cmd, func(ctx context.Context, store Store) error { return s.restore(ctx, store, args[0]) })
		},
	}
	s.dbFlag(c.Flags())
	s.checkpointsFlag(c.Flags())
	return c
}

func (s *shell) restore(ctx context.Context, store Store, ref string) error {
	id := engine.AttemptID(ref)
	here, deleted, err := store.Stored(ctx, id)
	if err == nil && !here {
		id, err = wire.Deleted(ctx, store, ref)
	}
	if err == nil && (!here || deleted) {
		err = store.Restore(ctx, id)
	}
	if err != nil {
		return err
	}
	s.say("restored %s", id)
	return nil
}
