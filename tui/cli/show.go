package cli

import (
	"cmp"
	"context"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/secure/audit"
	"github.com/aimo3/aimo3/engine/wire"
	"github.com/aimo3/aimo3/tui/cli/form"
	"github.com/aimo3/aimo3/tui/cli/outfile"
	"github.com/aimo3/aimo3/tui/export"
	"github.com/aimo3/aimo3/tui/phrase"
)

// page is how many events are read from the store at once.
const page = 2000

// eachEvent calls do with every stored event of an attempt, in order.
func eachEvent(ctx context.Context, store Store, id engine.AttemptID, do engine.Sink) error {
	return wire.EachEvent(page, func(after uint64) ([]engine.Event, error) { return store.Events(ctx, id, after, page) }, do)
}

// progressOf is a stored attempt.
func progressOf(ctx context.Context, store Store, a engine.Summary) (*engine.Progress, error) {
	return wire.ProgressOf(a, page, func(after uint64) ([]engine.Event, error) { return store.Events(ctx, a.ID, after, page) })
}

// Kept reads stored attempts for a desk, with what was said in those that they add to.
func Kept(store Store) func(context.Context, engine.AttemptID) (*engine.Progress, error) {
	return func(ctx context.Context, id engine.AttemptID) (*engine.Progress, error) {
		a, err := store.Attempt(ctx, string(id))
		if err != nil {
			return nil, err
		}
		p, err := progressOf(ctx, store, a)
		if err == nil {
			wire.Lend(p, page, func(id engine.AttemptID, after uint64) ([]engine.Event, error) {
				return store.Events(ctx, id, after, page)
			})
		}
		return p, err
	}
}

func writeEvents(ctx context.Context, w io.Writer, store Store, id engine.AttemptID) error {
	return export.Write(w, export.Lines, engine.Summary{ID: id}, pages(ctx, store, id))
}

// pages reads the events of an attempt.
func pages(ctx context.Context, store Store, id engine.AttemptID) export.Events {
	return func(after uint64) ([]engine.Event, error) { return store.Events(ctx, id, after, export.Page) }
}

// showing is one call of `aimo3 history show`.
type showing struct {
	*shell
	events, thinking bool
	sample           int // from 1; 0 for all
}

func (s *shell) showCommand() *cobra.Command {
	run := &showing{shell: s}
	c := &cobra.Command{
		Use:   "show ID",
		Short: "Show a stored attempt, or what one of its samples said",
		Long:  "Show a stored attempt: ID is its ID, the beginning of it, or last.",
		Args:  exactly(1, "one attempt: its ID, the beginning of it, or last"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if run.thinking && run.sample == 0 {
				return usage("add --sample N", "--thinking shows the thinking of one sample")
			}
			return s.reading(cmd, func(ctx context.Context, store Store) error { return run.show(ctx, store, args[0]) })
		},
	}
	f := c.Flags()
	f.BoolVar(&s.json, "json", false, "print one JSON object, as solve does; samples count from 0 in JSON")
	f.BoolVar(&run.events, "events", false, "print every event as one line of JSON, as solve does")
	f.Var(&parsed[int]{"", "N", &run.sample, whole(1, engine.MaxSamples)}, "sample", "show what sample N said, from 1")
	f.BoolVar(&run.thinking, "thinking", false, "with --sample, show its hidden reasoning too")
	s.dbFlag(f)
	return c
}

func (r *showing) show(ctx context.Context, store Store, ref string) error {
	a, err := store.Attempt(ctx, ref)
	if err != nil {
		return err
	}
	if r.events {
		return writeEvents(ctx, r.out, store, a.ID)
	}
	p, err := progressOf(ctx, store, a)
	switch {
	case err != nil:
		return err
	case r.json:
		f := wire.Of(p, false)
		f.Marks = a.Marks
		f.Precedent = phrase.Such(r.precedents(ctx, store.Splits, p), p.Verdict)
		return r.printJSON(f)
	case r.sample > len(p.Samples):
		return usage("give a number from 1", "attempt %s has %s, not %d", a.ID, form.Count(len(p.Samples), "sample"), r.sample)
	case r.sample > 0:
		return form.WriteSample(r.out, r.sample-1, &p.Samples[r.sample-1], r.thinking)
	}
	err = form.WriteAttempt(r.out, p, r.precedents(ctx, store.Splits, p))
	if said := phrase.Marks(a.Marks); err == nil && said != "" {
		_, err = io.WriteString(r.out, "\nmarked: "+form.Line(said)+"\n")
	}
	return err
}

// precedents are how often votes were right in scored attempts, p among them. A
// verdict is shown without them if they cannot be read, and also of an attempt
// that was interrupted.
func (s *shell) precedents(ctx context.Context, read func(context.Context) ([]engine.Split, error), p *engine.Progress) []engine.Split {
	if p.Verdict == nil || p.Verdict.Votes == 0 {
		return nil
	}
	splits, err := read(context.WithoutCancel(ctx))
	if err != nil {
		s.say("cannot tell how often such votes were right: %s", hint(err))
	}
	return splits
}

// exporting is one call of `aimo3 history export`.
type exporting struct {
	*shell
	to     string
	named  string // the format, as it was given
	format export.Format
}

func (s *shell) exportCommand() *cobra.Command {
	run := &exporting{shell: s}
	c := &cobra.Command{
		Use:   "export ID",
		Short: "Write a stored attempt to a file",
		Long: "Write a stored attempt to a file: json is one object with what every sample\nsaid, jsonl every event, md a Markdown document, tex one for TeX, html a web page.\n" +
			"Samples count from 0 in JSON, from 1 in documents. A document has no command,\nmarkup or link of a model's; the web page runs and loads nothing.",
		Example: "  aimo3 history export last -o attempt.md\n  aimo3 history export 01kc --format jsonl > events.jsonl",
		Args:    exactly(1, "one attempt: its ID, the beginning of it, or last"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := run.chooseFormat(); err != nil {
				return err
			}
			return s.reading(cmd, func(ctx context.Context, store Store) error {
				a, err := store.Attempt(ctx, args[0])
				if err != nil {
					return err
				}
				return run.export(ctx, store, a)
			})
		},
	}
	f := c.Flags()
	f.StringVarP(&run.to, "output", "o", "-", "file to write, or - for standard output")
	f.StringVar(&run.named, "format", "", "json, jsonl, md, tex or html (default: as the file's name ends; json if it has no ending)")
	s.dbFlag(f)
	s.checkpointsFlag(f)
	return c
}

// chooseFormat settles the format.
func (r *exporting) chooseFormat() (err error) {
	r.format, err = export.Parse(cmp.Or(r.named, strings.TrimPrefix(filepath.Ext(r.to), "."), string(export.JSON)))
	if err != nil {
		return usage("use --format json, jsonl, md, tex or html", "unknown format %q", cmp.Or(r.named, filepath.Ext(r.to)))
	}
	return nil
}

func (r *exporting) export(ctx context.Context, store Store, a engine.Summary) error {
	if r.to == "-" {
		return r.did(ctx, "", audit.Export, string(a.ID), r.write(ctx, store, a, r.out))
	}
	if r.ofDatabase(r.to) {
		return usage("name another file with -o", "%s is the database of attempts", r.to)
	}
	err := outfile.Write(ctx, r.to, func(w io.Writer) error { return r.write(ctx, store, a, w) })
	if err = r.did(ctx, "", audit.Export, string(a.ID), err); err != nil {
		return fault(bare(err), "cannot write "+r.to, "check the path, its permissions and its free space")
	}
	r.say("wrote %s", r.to)
	return nil
}

func (r *exporting) write(ctx context.Context, store Store, a engine.Summary, w io.Writer) error {
	return export.Write(w, r.format, a, pages(ctx, store, a.ID))
}
