package cli

import (
	"context"
	"errors"
	"math"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/aimo3/aimo3/engine/measure"
	"github.com/aimo3/aimo3/engine/wire"
	"github.com/aimo3/aimo3/tui/cli/form"
	"github.com/aimo3/aimo3/tui/phrase"
)

// trendParts is how many parts of the time a trend shows.
const trendParts = 16

// measuring is one call of `aimo3 metrics`.
type measuring struct {
	*shell
	since time.Duration
	named string
}

func (s *shell) metricsCommand() *cobra.Command {
	run := &measuring{shell: s}
	c := &cobra.Command{
		Use:   "metrics",
		Short: "Show what was measured: attempts, samples, phases, tokens, cells, the store",
		Long: "Show what was measured, a line for each series: how many values there were, the\n" +
			"smallest, the mean, percentiles and the largest, and the trend. Percentiles are at\n" +
			"most 5 % off. Of what is older than a day there is a value for each hour, and of\n" +
			"what is older than 90 days none.",
		Example: "  aimo3 metrics --since 24h --series phase",
		Args:    exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			err := s.reading(cmd, run.show)
			if errors.Is(err, errNothingKept) {
				return run.print(nil)
			}
			return err
		},
	}
	f := c.Flags()
	f.Var(&parsed[time.Duration]{"1h", "TIME", &run.since, sinceTime}, "since", "how far back, as 30m, 24h or 7d")
	f.StringVar(&run.named, "series", "", "only series whose name holds this")
	f.BoolVar(&s.json, "json", false, "print one JSON object")
	s.dbFlag(f)
	run.since = time.Hour
	return c
}

// sinceTime reads a time, or a number of days or weeks.
func sinceTime(text string) (time.Duration, error) {
	if d, err := age(text); err == nil {
		return d, nil
	}
	return positive(text)
}

func (m *measuring) show(ctx context.Context, store Store) error {
	now := m.Now()
	over := measure.NewOver(now.Add(-m.since), now, trendParts)
	err := store.Measures(ctx, now.Add(-m.since), func(r measure.Row) {
		if strings.Contains(r.Series, m.named) {
			over.Add(r)
		}
	})
	if err != nil {
		return err
	}
	all := over.Summaries()
	phrase.ByArea(all)
	return m.print(all)
}

// seriesForm is a series as JSON has it. Percentiles of a total are left out.
type seriesForm struct {
	Series string     `json:"series"`
	Count  uint64     `json:"count"`
	Sum    float64    `json:"sum"`
	Min    float64    `json:"min"`
	Mean   float64    `json:"mean"`
	P50    float64    `json:"p50,omitempty"`
	P95    float64    `json:"p95,omitempty"`
	P99    float64    `json:"p99,omitempty"`
	Max    float64    `json:"max"`
	Trend  []*float64 `json:"trend"` // null where there were no values
}

func (m *measuring) print(all []measure.Summary) error {
	if m.json {
		out := []seriesForm{}
		for _, s := range all {
			f := seriesForm{s.Series, s.Count, s.Sum, s.Min, s.Mean(), s.Percentile(.5), s.Percentile(.95), s.Percentile(.99), s.Max, nil}
			for _, v := range s.Trend {
				f.Trend = append(f.Trend, nil)
				if !math.IsNaN(v) {
					f.Trend[len(f.Trend)-1] = &v
				}
			}
			out = append(out, f)
		}
		return m.printJSON(struct {
			Version int          `json:"version"`
			Since   string       `json:"since"`
			Series  []seriesForm `json:"series"`
		}{wire.Version, m.since.String(), out})
	}
	if len(all) == 0 {
		m.say("nothing was measured in this time · solve a problem, or look further back with --since 7d")
		return nil
	}
	rows := [][]string{{"SERIES", "COUNT", "MIN", "MEAN", "P50", "P95", "P99", "MAX", "TREND"}}
	for _, s := range all {
		rows = append(rows, seriesRow(s))
	}
	return form.WriteTable(m.out, "", rows)
}

func seriesRow(s measure.Summary) []string {
	name, unit := phrase.SeriesName(s.Series)
	show := func(v float64) string { return phrase.Quantity(v, unit) }
	if measure.Total(s.Series) {
		return []string{name, phrase.Quantity(s.Sum, ""), "-", "-", "-", "-", "-", "-", phrase.Trend(s.Trend)}
	}
	return []string{
		name, phrase.Quantity(float64(s.Count), ""), show(s.Min), show(s.Mean()), show(s.Percentile(.5)), show(s.Percentile(.95)),
		show(s.Percentile(.99)), show(s.Max), phrase.Trend(s.Trend),
	}
}
