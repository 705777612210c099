package cli

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/wire"
	"github.com/aimo3/aimo3/tui/cli/form"
	"github.com/aimo3/aimo3/tui/phrase"
)

// followEvery is how often new lines are looked for.
const followEvery = time.Second

// reviewing is one call of `aimo3 log`.
type reviewing struct {
	*shell
	since  time.Duration
	level  slog.Level
	limit  int
	follow bool
}

func (s *shell) logCommand() *cobra.Command {
	run := &reviewing{shell: s}
	c := &cobra.Command{
		Use:   "log",
		Short: "Show what happened to the program: starts, servers, breakers, what failed",
		Long: "Show what happened to the program, rather than in an attempt: starts and settings,\n" +
			"servers that came and went, breakers, and what failed. The store keeps the latest\n" +
			"20,000 lines of 90 days; the file of the log has more.",
		Example: "  aimo3 log --since 1d --level warn\n  aimo3 log --follow",
		Args:    exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			err := s.reading(cmd, run.show)
			if errors.Is(err, errNothingKept) && !run.follow {
				return run.none()
			}
			return err
		},
	}
	f := c.Flags()
	f.Var(&parsed[time.Duration]{"7d", "TIME", &run.since, sinceTime}, "since", "how far back, as 30m, 24h or 7d")
	f.Var(&parsed[slog.Level]{"info", "LEVEL", &run.level, logLevel}, "level", "lowest level to show: info, warn, error")
	f.VarP(&parsed[int]{"200", "N", &run.limit, whole(1, 20_000)}, "limit", "n", "maximum number of lines, the latest ones")
	f.BoolVarP(&run.follow, "follow", "f", false, "keep showing new lines until interrupted")
	f.BoolVar(&s.json, "json", false, "print each line as a line of JSON")
	s.dbFlag(f)
	run.since, run.limit = 7*24*time.Hour, 200
	return c
}

// show prints lines and, where they are followed, waits for more.
func (r *reviewing) show(ctx context.Context, store Store) error {
	filter := engine.LogFilter{Since: r.Now().Add(-r.since), Level: r.level, Limit: r.limit}
	for first := true; ; first = false {
		lines, err := store.Log(ctx, filter)
		if err != nil && ctx.Err() == nil {
			return err
		}
		for _, l := range lines {
			if err := r.line(l); err != nil {
				return err
			}
			filter.After = l.N
		}
		if first && len(lines) == 0 && !r.follow {
			return r.none()
		}
		if !r.follow {
			return nil
		}
		select {
		case <-time.After(followEvery):
		case <-ctx.Done(): // as it should end
			return nil
		}
	}
}

func (r *reviewing) none() error {
	if !r.json {
		r.say("nothing happened in this time · look further back with --since 30d")
	}
	return nil
}

func (r *reviewing) line(l engine.LogLine) error {
	if r.json {
		return wire.WriteLine(r.out, l)
	}
	text := l.At.Local().Format(time.DateTime) + "  " + strings.ToLower(l.Level.String()) + "  " + l.What
	for _, f := range phrase.Fields(l.More) {
		text += "  " + f.Name + "=" + f.Value
	}
	_, err := r.out.Write([]byte(form.Line(text) + "\n"))
	return err
}
