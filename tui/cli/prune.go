package cli

import (
	"bufio"
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/aimo3/aimo3/tui/cli/form"
)

// pruning is one call of `aimo3 history prune`.
type pruning struct {
	*shell
	age  time.Duration
	undo time.Time
	yes  bool
}

func (s *shell) pruneCommand() *cobra.Command {
	run := &pruning{shell: s}
	c := &cobra.Command{
		Use:     "prune",
		Short:   "Delete attempts that are older than so many days, or restore them with --undo",
		Long:    "Delete attempts that are older than so many days. For a week --undo, with the time\nthat is printed, restores them; then they go for good. Running attempts\nare kept.",
		Example: "  aimo3 history prune --older-than 30d",
		Args:    exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if (run.age == 0) == run.undo.IsZero() {
				return usage("give one of them", "prune needs --older-than or --undo")
			}
			return s.withKept(cmd, run.prune)
		},
	}
	f := c.Flags()
	f.Var(&parsed[time.Duration]{"", "AGE", &run.age, age}, "older-than", "delete attempts begun longer ago than this, as 30d or 8w")
	f.Var(&parsed[time.Time]{"", "TIME", &run.undo, moment}, "undo", "restore what was deleted at this time")
	f.BoolVar(&run.yes, "yes", false, "do not ask")
	s.dbFlag(f)
	s.checkpointsFlag(f)
	return c
}

// age reads a number of days or weeks.
func age(text string) (time.Duration, error) {
	const maxDays = 36_500
	days := map[string]int{"d": 1, "w": 7}
	for unit, each := range days {
		if n, ok := strings.CutSuffix(text, unit); ok {
			if n, err := strconv.Atoi(n); err == nil && n >= 1 && n*each <= maxDays {
				return time.Duration(n*each) * 24 * time.Hour, nil
			}
		}
	}
	return 0, usage("write days as 30d or weeks as 8w", "%q is no age", text)
}

func moment(text string) (time.Time, error) {
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return at, usage("give the time that `aimo3 history prune` printed", "%q is no time", text)
	}
	return at, nil
}

func (r *pruning) prune(ctx context.Context, store Store) error {
	if !r.undo.IsZero() {
		n, err := store.Unprune(ctx, r.undo)
		if err == nil && n == 0 {
			return usage("give the time that `aimo3 history prune` printed, within a week", "nothing was deleted at that time")
		}
		if err == nil {
			r.say("restored %s", form.Count(n, "attempt"))
		}
		return err
	}
	before := r.Now().Add(-r.age)
	n, err := store.Older(ctx, before)
	if err != nil {
		return err
	}
	if n == 0 {
		r.say("no attempt is older than that")
		return nil
	}
	if !r.yes && !r.confirmed(n) {
		return usage("answer y, or add --yes", "nothing was deleted")
	}
	at := r.Now()
	if n, err = store.Prune(ctx, before, at); err != nil {
		return err
	}
	r.say("deleted %s · restore with `aimo3 history prune --undo %s`", form.Count(n, "attempt"), at.UTC().Format(time.RFC3339Nano))
	return nil
}

// confirmed asks whether so many attempts are to go, if there is somebody to ask.
func (r *pruning) confirmed(n int) bool {
	if !r.Terminal(r.in) {
		return false
	}
	r.say("Delete %s? They can be restored for a week. y/N", form.Count(n, "attempt"))
	line, _ := bufio.NewReader(r.in).ReadString('\n')
	return saysYes(line)
}

func saysYes(line string) bool {
	line = strings.TrimSpace(line)
	return strings.EqualFold(line, "y") || strings.EqualFold(line, "yes")
}
