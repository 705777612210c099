package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/wire"
	"github.com/aimo3/aimo3/tui/cli/form"
)

func (s *shell) historyCommand() *cobra.Command {
	return group("history", "List, show, profile, export, replay and delete stored attempts",
		s.listCommand(), s.showCommand(), s.exportCommand(), s.replayCommand(), s.profileCommand(), s.resumeCommand(), s.closeCommand(), s.extendCommand(), s.deleteCommand(), s.pruneCommand())
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

func (s *shell) listCommand() *cobra.Command {
	limit := 20
	c := &cobra.Command{
		Use:   "list [WORDS]",
		Short: "List stored attempts, newest first",
		Long:  "List stored attempts, newest first. Each of WORDS must begin a word of the\nstatement, the answer, the model or the ID.",
		RunE: func(cmd *cobra.Command, args []string) error {
			err := s.reading(cmd, func(ctx context.Context, store Store) error {
				all, err := store.Attempts(ctx, engine.Filter{Words: strings.Join(args, " "), Limit: limit})
				if err != nil {
					return err
				}
				return s.printList(all)
			})
			if errors.Is(err, errNothingKept) {
				return s.printList(nil)
			}
			return err
		},
	}
	f := c.Flags()
	f.VarP(&parsed[int]{"20", "N", &limit, whole(1, 100_000)}, "limit", "n", "number of attempts to list at most")
	f.BoolVar(&s.json, "json", false, "print one JSON object")
	s.dbFlag(f)
	return c
}

func (s *shell) printList(all []engine.Summary) error {
	if s.json {
		return s.printJSON(struct {
			Version  int              `json:"version"`
			Attempts []engine.Summary `json:"attempts"`
		}{wire.Version, append([]engine.Summary{}, all...)})
	}
	if len(all) == 0 {
		s.say("no attempts found")
		return nil
	}
	rows := [][]string{{"ID", "STARTED", "ANSWER", "VOTES", "TOOK", "MODEL", "PROBLEM"}}
	for _, a := range all {
		answer, votes := "unfinished", "-"
		if v := a.Verdict; v != nil {
			answer, votes = string(v.Answer), fmt.Sprintf("%d/%d", v.Votes, v.Of)
			if doubt := v.Doubt(a.Samples); doubt != "" {
				votes += ", " + string(doubt)
			}
			if answer == "" {
				answer = "-"
			}
		}
		rows = append(rows, []string{
			form.Line(string(a.ID)), a.Begun.Local().Format("2006-01-02 15:04"), form.Short(form.Line(answer), 24), votes,
			form.Took(a.Took), form.Short(form.Line(a.Model), 28), form.Short(form.Line(a.Problem.Title(60)), 48),
		})
	}
	return form.WriteTable(s.out, "", rows)
}

func (s *shell) deleteCommand() *cobra.Command {
	var undo bool
	c := &cobra.Command{
		Use:   "delete ID",
		Short: "Delete an attempt, or restore it with --undo within a week",
		Args:  exactly(1, "one attempt's ID"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return s.withKept(cmd, func(ctx context.Context, store Store) error {
				if undo {
					return s.restore(ctx, store, engine.AttemptID(args[0]))
				}
				a, err := store.Attempt(ctx, args[0])
				if err != nil {
					return err
				}
				if err := store.Delete(ctx, a.ID); err != nil {
					return err
				}
				s.say("deleted %s (%s) · restore it with `aimo3 history delete --undo %s`", a.ID, a.Problem.Title(40), a.ID)
				return nil
			})
		},
	}
	c.Flags().BoolVar(&undo, "undo", false, "restore the deleted attempt with this full ID")
	s.dbFlag(c.Flags())
	s.checkpointsFlag(c.Flags())
	return c
}

func (s *shell) restore(ctx context.Context, store Store, id engine.AttemptID) error {
	switch err := store.Restore(ctx, id); {
	case engine.ClassOf(err) == engine.Invalid: // the list, where other unknown names are sent, has no deleted ones
		return usage("give the full ID that `aimo3 history delete` printed", "no attempt %q is stored, deleted or not", id)
	case err != nil:
		return err
	}
	s.say("restored %s", id)
	return nil
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
