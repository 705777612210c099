package cli

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
)

func (s *shell) historyCommand() *cobra.Command {
	return group("history", "List, show, mark, profile, export, compare, replay, delete and restore stored attempts",
		s.listCommand(), s.showCommand(), s.exportCommand(), s.compareCommand(), s.replayCommand(), s.profileCommand(), s.resumeCommand(), s.closeCommand(), s.extendCommand(), s.markCommand(), s.deleteCommand(), s.restoreCommand(), s.pruneCommand())
}

// withKept runs a command on what is kept, and makes no store to find it empty.
func (s *shell) withKept(cmd *cobra.Command, do func(context.Context, Store) error) error {
	if err := s.kept(); err != nil {
		return err
	}
	return s.withStore(cmd, s.Open, do)
}

// reading runs a command that changes nothing of what is kept. What is damaged
// of that is told last, and decides on the exit code.
func (s *shell) reading(cmd *cobra.Command, do func(context.Context, Store) error) error {
	if err := s.kept(); err != nil {
		return err
	}
	return s.withStore(cmd, s.OpenToRead, func(ctx context.Context, store Store) error {
		err := do(ctx, store)
		return errors.Join(store.Damage(), err)
	})
}

// kept fails if there is no store.
func (s *shell) kept() error {
	chosen := s.set.DB != ""
	if err := s.place(); err != nil {
		return err
	}
	_, err := os.Lstat(s.set.DB) // to open a link that leads nowhere says more
	switch {
	case !errors.Is(err, os.ErrNotExist):
		return nil
	case chosen:
		return usage("check the path given with --db", "there is no database at %s", s.set.DB)
	}
	return errNothingKept
}

// errNothingKept is that no attempt was ever kept in the usual place.
var errNothingKept = usage("solve a problem with `aimo3 solve`, or name a database with --db", "no attempts are saved yet")

// withStore runs a command on the store that open opens.
func (s *shell) withStore(cmd *cobra.Command, open func(context.Context, string, func(string)) (Store, error), do func(context.Context, Store) error) error {
	if err := s.place(); err != nil {
		return err
	}
	store, err := open(cmd.Context(), s.set.DB, s.tell)
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }()
	return do(cmd.Context(), store)
}

// openIfOnlyToRead opens the store for what shows attempts and may go on to keep
// some; one that cannot be written will do.
func (s *shell) openIfOnlyToRead(ctx context.Context, path string, say func(string)) (Store, error) {
	store, err := s.Open(ctx, path, say)
	if err != nil {
		return s.OpenToRead(ctx, path, say)
	}
	return store, nil
}

// place settles where the store is.
func (s *shell) place() error {
	if s.set.DB != "" {
		return nil
	}
	dir := Dir(s.Getenv)
	if dir == "" {
		return usage("give the database's path with --db", "there is no place to save attempts: neither HOME nor XDG_DATA_HOME is set")
	}
	s.set.DB = filepath.Join(dir, "aimo3.db")
	return nil
}

// Dir is the directory of what the program keeps, by the rules of XDG; ""
// if the environment names no place.
func Dir(getenv func(string) string) string {
	dir := getenv("XDG_DATA_HOME")
	if !filepath.IsAbs(dir) { // the rules say that a relative one is to be ignored
		home := getenv("HOME")
		if home == "" {
			return ""
		}
		dir = filepath.Join(home, ".local", "share")
	}
	return filepath.Join(dir, "aimo3")
}

func (s *shell) replayCommand() *cobra.Command {
	speed := 1.0
	c := &cobra.Command{
		Use:   "replay ID",
		Short: "Watch a stored attempt again on the live screen",
		Args:  exactly(1, "one attempt: its ID, the beginning of it, or last"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := s.drawable(); err != nil {
				return err
			}
			if err := s.kept(); err != nil {
				return err
			}
			s.frontEnd = byApp
			return s.withStore(cmd, s.openIfOnlyToRead, func(ctx context.Context, store Store) error {
				a, err := store.Attempt(ctx, args[0])
				if err != nil {
					return err
				}
				return s.App(ctx, Screen{Settings: s.set, Config: s.config(cmd.Flags()), Store: store, Audit: s.audit, Listen: s.Metrics.Attempt, Replay: &a, Speed: speed})
			})
		},
	}
	f := c.Flags()
	f.Var(&parsed[float64]{"1", "X", &speed, decimal(0.1, 1000)}, "speed", "playback speed: 2 is twice as fast as it was")
	s.dbFlag(f)
	s.screenFlags(f)
	return c
}
