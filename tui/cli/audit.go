package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/secure/audit"
	"github.com/aimo3/aimo3/engine/wire"
	"github.com/aimo3/aimo3/tui/cli/form"
	"github.com/aimo3/aimo3/tui/cli/outfile"
)

func (s *shell) auditCommand() *cobra.Command {
	return group("audit", "List, verify and export the log of who did what",
		s.auditListCommand(), s.auditVerifyCommand(), s.auditExportCommand())
}

// numbered is a record with its number in the log.
type numbered struct {
	N int64 `json:"n"`
	audit.Record
}

// recordsListed is one call of `aimo3 audit list`.
type recordsListed struct {
	*shell
	since  time.Time
	action string
	limit  int
}

func (s *shell) auditListCommand() *cobra.Command {
	run := &recordsListed{shell: s, limit: 100}
	c := &cobra.Command{
		Use:     "list",
		Short:   "List what was recorded: who did what, when, and what came of it",
		Example: "  aimo3 audit list --since 7d --action delete",
		Args:    exactly(0, "no arguments"),
		RunE:    func(cmd *cobra.Command, _ []string) error { return s.reading(cmd, run.list) },
	}
	f := c.Flags()
	f.Var(&parsed[time.Time]{"", "TIME", &run.since, s.past}, "since", "only records since then: as 7d, 8w, 2026-11-27 or a time")
	f.StringVar(&run.action, "action", "", "only records of this action, such as solve or delete")
	f.VarP(&parsed[int]{"100", "N", &run.limit, whole(1, 1_000_000)}, "limit", "n", "maximum number of records, the latest ones")
	f.BoolVar(&s.json, "json", false, "print one JSON object")
	s.dbFlag(f)
	return c
}

// past reads an age, a day or a time.
func (s *shell) past(text string) (time.Time, error) {
	if old, err := age(text); err == nil {
		return s.Now().Add(-old), nil
	}
	if day, err := time.ParseInLocation(time.DateOnly, text, time.Local); err == nil {
		return day, nil
	}
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return at, usage("write an age as 7d, a day as 2026-11-27, or a time as 2026-11-27T12:00:00Z", "%q is no time", text)
	}
	return at, nil
}

func (r *recordsListed) list(ctx context.Context, store Store) error {
	all := []numbered{}
	err := store.Audit().Each(ctx, 0, func(n int64, text, _ []byte) error {
		record, err := audit.Parse(text)
		if err != nil {
			return fault(err, fmt.Sprintf("record %d of the audit log cannot be read", n), "run `aimo3 audit verify`")
		}
		if record.Time.Before(r.since) || r.action != "" && record.Action != audit.Action(r.action) {
			return nil
		}
		if all = append(all, numbered{n, record}); len(all) > 2*r.limit {
			all = append(all[:0], all[len(all)-r.limit:]...)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return r.print(all[max(0, len(all)-r.limit):])
}

func (r *recordsListed) print(all []numbered) error {
	if r.json {
		return r.printJSON(struct {
			Version int        `json:"version"`
			Records []numbered `json:"records"`
		}{wire.Version, all})
	}
	if len(all) == 0 {
		r.say("nothing was recorded")
		return nil
	}
	rows := [][]string{{"N", "TIME", "WHO", "FROM", "ACTION", "OUTCOME", "OBJECT"}}
	for _, one := range all {
		rows = append(rows, []string{
			strconv.FormatInt(one.N, 10), one.Time.Local().Format(time.DateTime), form.Short(form.Line(one.Who), 20), form.Line(one.FrontEnd),
			form.Line(string(one.Action)), form.Line(one.Outcome), form.Line(one.Object),
		})
	}
	return form.WriteTable(r.out, "", rows)
}

func (s *shell) auditVerifyCommand() *cobra.Command {
	var copied string
	c := &cobra.Command{
		Use:   "verify",
		Short: "Recompute every hash of the audit log, and say whether anybody changed it",
		Long: "Recompute every hash of the audit log from its records, and compare with the checkpoints\n" +
			"in the database, to those beside it, and to those of --checkpoint: a copy of that file\n" +
			"that was kept elsewhere. Nothing is changed. Exit codes: 0 as it was recorded, 5 tampered with.",
		Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return s.reading(cmd, func(ctx context.Context, store Store) error { return s.verify(ctx, store, copied) })
		},
	}
	c.Flags().StringVar(&copied, "checkpoint", "", "a file of checkpoints that was kept elsewhere")
	s.dbFlag(c.Flags())
	s.checkpointsFlag(c.Flags())
	return c
}

func (s *shell) verify(ctx context.Context, store Store, copied string) error {
	elsewhere, err := s.checkpoints(copied)
	if err != nil {
		return err
	}
	public, err := audit.PublicKey(unlinked(s.set.DB) + audit.KeyEnd)
	if err != nil {
		s.say("warning: the key that signs is not known: %s", bare(err))
	}
	v, err := audit.Verify(ctx, store.Audit(), public, elsewhere)
	found := new(audit.Tampered)
	switch {
	case errors.As(err, &found) && found.Other:
		return &engine.Fault{
			Class: engine.Storage, What: "cannot tell whether the audit log was tampered with: " + found.What,
			Todo: "if several databases share that file, give each its own with --checkpoints; if none ever did, this log took the place of another: compare with a backup",
		}
	case found.What != "":
		return &engine.Fault{Class: engine.Storage, What: "the audit log was tampered with: " + found.What, Todo: "compare with a backup; `aimo3 audit list` shows what it says now"}
	case err != nil:
		return err
	}
	rows := [][]string{
		{"records", fmt.Sprintf("%s, as they were recorded", form.Thousands(int(v.Size)))},
		{"signed", fmt.Sprintf("%s of them, by checkpoints", form.Thousands(int(v.Signed)))},
		{"root", v.Root.String()},
	}
	for _, key := range v.Keys {
		rows = append(rows, []string{"key", form.Line(key)})
	}
	for _, place := range v.Places {
		rows = append(rows, []string{"checkpoints", form.Line(place)})
	}
	return form.WriteTable(s.out, "", rows)
}

// checkpoints are those in the second place, and in a copy of it if one is named.
func (s *shell) checkpoints(copied string) (all []audit.Checkpoint, err error) {
	second := s.set.Checkpoints
	if second == "" {
		second = unlinked(s.set.DB) + audit.CheckpointsEnd
	}
	for _, path := range []string{second, copied} {
		if path == "" || path == logOnErr {
			continue
		}
		found, err := audit.ReadFrom(path)
		switch {
		case errors.Is(err, fs.ErrNotExist) && path == second:
			s.say("warning: there are no checkpoints at %s, so records that were cut off with those in the database are not missed", path)
		case errors.Is(err, fs.ErrNotExist):
			return nil, usage("check the path given with --checkpoint", "there is no file %s", path)
		case err != nil:
			return nil, &engine.Fault{Class: engine.Storage, What: "cannot tell whether the audit log was tampered with: " + bare(err).Error(), Todo: "compare " + path + " with a copy that was kept elsewhere"}
		}
		all = append(all, found...)
	}
	return all, nil
}

func (s *shell) auditExportCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "export FILE|-",
		Short: "Write the audit log as lines of JSON, and a checkpoint that signs them as the last",
		Args:  exactly(1, "one file, or - for standard output"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := s.kept(); err != nil {
				return err
			}
			return s.withStore(cmd, s.openIfOnlyToRead, func(ctx context.Context, store Store) error {
				return s.audit.Did(ctx, audit.ExportAudit, args[0], s.exportAudit(ctx, store, args[0]))
			})
		},
	}
	s.dbFlag(c.Flags())
	s.checkpointsFlag(c.Flags())
	return c
}

func (s *shell) exportAudit(ctx context.Context, store Store, to string) error {
	if err := s.audit.Sign(ctx); err != nil || s.audit == nil {
		s.say("warning: the database cannot be written: this export is not recorded, and has no records behind the latest checkpoint")
	}
	write := func(w io.Writer) error { return audit.WriteLines(ctx, w, store.Audit()) }
	if to == "-" {
		return write(s.out)
	}
	if s.ofDatabase(to) {
		return usage("name another file", "%s is of the database of attempts", to)
	}
	if err := outfile.Write(ctx, to, write); err != nil {
		return fault(bare(err), "cannot write "+to, "check the path, its permissions and its free space")
	}
	s.say("wrote %s", to)
	return nil
}
