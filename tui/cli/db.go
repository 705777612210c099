package cli

import (
	"bufio"
	"context"
	"errors"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/aimo3/aimo3/engine/secure/audit"
	"github.com/aimo3/aimo3/tui/cli/form"
)

func (s *shell) dbCommand() *cobra.Command {
	return group("db", "Check, back up and recover the database", s.checkCommand(), s.backupCommand(), s.recoverCommand())
}

func (s *shell) checkCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "check",
		Short: "Read the whole database, and say whether it is undamaged",
		Long:  "Read the whole database, every checksum of it, and say whether it is undamaged.\nNothing is changed. Exit codes: 0 undamaged, 5 damaged or unreadable.",
		Args:  exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return s.reading(cmd, func(ctx context.Context, store Store) error {
				if err := store.Check(ctx); err != nil {
					return err
				}
				s.say("%s is undamaged", s.set.DB)
				return nil
			})
		},
	}
	s.dbFlag(c.Flags())
	return c
}

func (s *shell) backupCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "backup FILE",
		Short: "Write the database into a new file, and check that",
		Long:  "Write the database into a new file. It gets its name only once it was opened again,\nread through to the last checksum and counted. Programs that write to the database\nmay go on.",
		Args:  exactly(1, "one file, which must not be there"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return s.reading(cmd, func(ctx context.Context, store Store) error {
				if err := s.did(ctx, "", audit.Backup, args[0], store.Backup(ctx, args[0])); err != nil {
					return err
				}
				s.say("backed up to %s, and checked", args[0])
				return nil
			})
		},
	}
	s.dbFlag(c.Flags())
	s.checkpointsFlag(c.Flags())
	return c
}

func (s *shell) recoverCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "recover FILE",
		Short: "Write what can be found in a damaged database into a new file",
		Long: "Look for attempts in a damaged database, page by page, whatever became of its header\n" +
			"and its tables, and write them into a new file. Every event that is found fits its\n" +
			"checksum; the damaged file is only read. Close other programs that have it open.",
		Args: exactly(1, "one file, which must not be there"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := s.kept(); err != nil {
				return err
			}
			found, err := s.Recover(cmd.Context(), s.set.DB, args[0])
			if err != nil {
				return err
			}
			_ = s.did(cmd.Context(), args[0], audit.Recover, s.set.DB, nil)
			s.say("recovered %s with %s to %s", form.Count(found.Attempts, "attempt"), form.Count(found.Events, "event"), args[0])
			if found.Orphans > 0 {
				s.say("%s left out: what their attempt was has gone", form.Count(found.Orphans, "event"))
			}
			return nil
		},
	}
	s.dbFlag(c.Flags())
	s.checkpointsFlag(c.Flags())
	return c
}

// newDBFlag is of commands that may begin a new database in the place of one that
// cannot be read.
func (s *shell) newDBFlag(f *pflag.FlagSet) {
	f.BoolVar(&s.set.NewDB, "new-db", false, "if the database's header or tables cannot be read, put it aside under a dated name and begin a new one")
}

// openOrPutAside opens the store to keep attempts in. One that cannot be read at all
// is put aside if may says so.
func (s *shell) openOrPutAside(ctx context.Context, path string, say func(string), may func(error) bool) (Store, error) {
	store, err := s.Open(ctx, path, say)
	if err == nil || !s.Unreadable(err) || !may(err) {
		return store, err
	}
	to, e := s.PutAside(path, s.Now())
	if e != nil {
		return nil, errors.Join(err, e)
	}
	s.say("%s was put aside as %s; `aimo3 db recover FILE --db %s` looks for what is in it", path, to, to)
	return s.Open(ctx, path, say)
}

// putsAside asks whether a database that cannot be read is to be put aside.
func (s *shell) putsAside(err error) bool {
	if s.set.NewDB {
		return true
	}
	s.say("%s", hint(err))
	s.say("Put it aside under a dated name, and begin a new one? y/N")
	line, _ := bufio.NewReader(s.in).ReadString('\n')
	return saysYes(line)
}
