package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/contrast"
	"github.com/aimo3/aimo3/engine/wire"
	"github.com/aimo3/aimo3/tui/cli/form"
	"github.com/aimo3/aimo3/tui/phrase"
)

// comparing is one call of `aimo3 history compare`.
type comparing struct {
	*shell
	samples [2]int // of each attempt, from 1; 0 for the one that voted for its verdict
}

func (s *shell) compareCommand() *cobra.Command {
	run := &comparing{shell: s}
	c := &cobra.Command{
		Use:   "compare A B",
		Short: "Show two stored attempts side by side",
		Long: "Show two stored attempts side by side: models, answers, votes, tokens, time, the\n" +
			"settings that differ, and the first sentence at which the reasoning of a sample of\n" +
			"the first parts from that of one of the second. A and B are IDs, beginnings of\n" +
			"them, or last.",
		Example: "  aimo3 history compare 01kc 01kd\n  aimo3 history compare last 01kc --sample-a 2 --sample-b 3 --json",
		Args:    exactly(2, "two attempts: an ID, the beginning of one, or last"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return s.reading(cmd, func(ctx context.Context, store Store) error { return run.compare(ctx, store, args) })
		},
	}
	f := c.Flags()
	for i, name := range []string{"a", "b"} {
		f.Var(&parsed[int]{"", "N", &run.samples[i], whole(1, engine.MaxSamples)}, "sample-"+name,
			"sample of "+[]string{"A", "B"}[i]+" whose reasoning is compared, from 1 (default: the first that voted for its answer)")
	}
	f.BoolVar(&s.json, "json", false, "print one JSON object; samples count from 0 in JSON")
	s.dbFlag(f)
	return c
}

func (r *comparing) compare(ctx context.Context, store Store, refs []string) error {
	var both [2]*engine.Progress
	var samples [2]int
	for i, ref := range refs {
		p, sample, err := r.side(ctx, store, ref, r.samples[i])
		if err != nil {
			return err
		}
		both[i], samples[i] = p, sample
	}
	c := contrast.Of(both[0], both[1], samples[0], samples[1])
	if r.json {
		return r.printJSON(struct {
			Version int `json:"version"`
			contrast.Contrast
		}{wire.Version, c})
	}
	return r.print(c)
}

// side is one of the attempts, and which of its samples is compared: that of a number from
// 1, or of its own if that is 0.
func (r *comparing) side(ctx context.Context, store Store, ref string, number int) (*engine.Progress, int, error) {
	a, err := store.Attempt(ctx, ref)
	if err != nil {
		return nil, 0, err
	}
	p, err := progressOf(ctx, store, a)
	switch {
	case err != nil:
		return nil, 0, err
	case number > len(p.Samples):
		return nil, 0, usage("give a number from 1", "attempt %s has %s, not %d", a.ID, form.Count(len(p.Samples), "sample"), number)
	case number > 0:
		return p, number - 1, nil
	}
	return p, contrast.Voter(p), nil
}

// maxPairCells is how wide a column of the comparison is at most; JSON has all.
const maxPairCells = 72

func (r *comparing) print(c contrast.Contrast) error {
	rows := [][]string{{"", "A", "B"}}
	for _, pair := range phrase.Contrast(c, phrase.AsWritten()) {
		rows = append(rows, []string{form.Short(form.Line(pair.Name), maxPairCells), form.Short(form.Line(pair.A), maxPairCells), form.Short(form.Line(pair.B), maxPairCells)})
	}
	err := form.WriteTable(r.out, "", rows)
	where, one, other := phrase.Parting(c.Parting)
	if err != nil || where == "" {
		return err
	}
	if _, err = fmt.Fprintf(r.out, "\n%s\n", form.Line(where)); err == nil && one+other != "" {
		_, err = fmt.Fprintf(r.out, "  A: %s\n  B: %s\n", form.Line(one), form.Line(other))
	}
	return err
}
