package cli

import (
	"context"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/desk"
	"github.com/aimo3/aimo3/engine/secure/audit"
	"github.com/aimo3/aimo3/tui/cli/form"
	"github.com/aimo3/aimo3/tui/phrase"
)

// marking is one call of `aimo3 history mark`.
type marking struct {
	star, right, wrong, unjudged bool
	tags, untags                 []string
	note, expected               string
}

func (s *shell) markCommand() *cobra.Command {
	run := &marking{}
	c := &cobra.Command{
		Use:   "mark ID",
		Short: "Star, tag, note or judge an attempt, or say its expected answer",
		Long: "Star, tag, note or judge a stored attempt, or say what its answer should have been,\n" +
			"and print what it is marked with. The attempt itself is not changed. What is not\n" +
			"named is kept; --star=false, --note '' and --expected '' clear it.",
		Example: "  aimo3 history mark last --star --tag geometry\n  aimo3 history mark 01kc --expected 42 --note 'lost a sign'\n  aimo3 history list is:starred tag:geometry",
		Args:    exactly(1, "one attempt: its ID, the beginning of it, or last"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if judges(cmd.Flags()) > 1 {
				return usage("give one of them", "--right, --wrong, --unjudged and --expected each say something else")
			}
			return s.withKept(cmd, func(ctx context.Context, store Store) error {
				a, err := store.Attempt(ctx, args[0])
				if err != nil {
					return err
				}
				m, err := store.Mark(ctx, a.ID, func(m engine.Marks) engine.Marks { return run.changed(m, cmd.Flags()) })
				if err != nil {
					return err
				}
				said := form.Line(phrase.Marks(m))
				if said == "" {
					said = "nothing"
				}
				s.say("%s is marked with %s", a.ID, said)
				return nil
			})
		},
	}
	run.flags(c)
	s.dbFlag(c.Flags())
	s.checkpointsFlag(c.Flags())
	return c
}

func (r *marking) flags(c *cobra.Command) {
	f := c.Flags()
	f.BoolVar(&r.star, "star", false, "star it")
	f.StringSliceVar(&r.tags, "tag", nil, "tag it; may be repeated")
	f.StringSliceVar(&r.untags, "untag", nil, "take a tag away; may be repeated")
	f.StringVar(&r.note, "note", "", "note something about it, in place of what was noted before")
	f.StringVar(&r.expected, "expected", "", "the right answer, with which the attempt's is compared")
	f.BoolVar(&r.right, "right", false, "its answer is right")
	f.BoolVar(&r.wrong, "wrong", false, "its answer is wrong")
	f.BoolVar(&r.unjudged, "unjudged", false, "clear the judgement")
}

// judges is how many flags say what is right.
func judges(given *pflag.FlagSet) (n int) {
	for _, flag := range []string{"right", "wrong", "unjudged", "expected"} {
		if given.Changed(flag) {
			n++
		}
	}
	return n
}

// changed are marks after what was said, by flags that were given.
func (r *marking) changed(m engine.Marks, given *pflag.FlagSet) engine.Marks {
	if given.Changed("star") {
		m.Starred = r.star
	}
	m.Tags = append(m.Without(r.untags), engine.Marks{Tags: r.tags}.Without(r.untags)...)
	if given.Changed("note") {
		m.Note = r.note
	}
	switch {
	case given.Changed("expected"):
		m.Expected, m.Right = engine.Answer(r.expected), nil
	case r.right || r.wrong:
		m.Expected, m.Right = "", new(r.right)
	case r.unjudged:
		m.Expected, m.Right = "", nil
	}
	return m
}

// Mark keeps what a person says of an attempt, judged by the answer that they expect.
func (r *recorded) Mark(ctx context.Context, id engine.AttemptID, remark engine.Remark) (m engine.Marks, err error) {
	a, err := r.Attempt(ctx, string(id))
	if err == nil {
		m, err = r.Store.Mark(ctx, id, func(m engine.Marks) engine.Marks { return desk.Judged(a, remark(m)) })
	}
	return m, r.log.Did(ctx, audit.Mark, string(id), err)
}
