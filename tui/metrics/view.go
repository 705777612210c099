package metrics

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine/measure"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/phrase"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// column is one of the table: how much width it needs and what it shows.
type column struct {
	pane.Column
	from int // the width of the screen from which on it is shown
	show func(measure.Summary, func(float64) string) string
}

// columns are all, in order. A series that counts has a sum and no percentiles.
func columns() []column {
	figure := func(title string, from int, of func(measure.Summary) float64) column {
		return column{pane.Column{Title: title, Min: 7, Right: true}, from, func(s measure.Summary, show func(float64) string) string {
			if measure.Total(s.Series) {
				return ""
			}
			return show(of(s))
		}}
	}
	percentile := func(title string, from int, share float64) column {
		return figure(title, from, func(s measure.Summary) float64 { return s.Percentile(share) })
	}
	return []column{
		{pane.Column{Title: "Series", Min: 16, Weight: 1}, 0, func(s measure.Summary, _ func(float64) string) string {
			name, _ := phrase.SeriesName(s.Series)
			return name
		}},
		{pane.Column{Title: "Count", Min: 7, Right: true}, 0, func(s measure.Summary, _ func(float64) string) string {
			if measure.Total(s.Series) {
				return phrase.Quantity(s.Sum, "")
			}
			return phrase.Quantity(float64(s.Count), "")
		}},
		figure("Min", 110, func(s measure.Summary) float64 { return s.Min }),
		figure("Mean", 78, func(s measure.Summary) float64 { return s.Mean() }),
		percentile("p50", 0, .5),
		percentile("p95", 96, .95),
		percentile("p99", 124, .99),
		figure("Max", 60, func(s measure.Summary) float64 { return s.Max }),
		{pane.Column{Title: "Trend", Min: trendParts}, 76, func(s measure.Summary, _ func(float64) string) string { return phrase.Trend(s.Trend) }},
	}
}

// shown are the columns for which there is room.
func (s *Screen) shown() (all []column, layout pane.Columns) {
	for _, c := range columns() {
		if c.from <= s.width {
			all, layout = append(all, c), append(layout, c.Column)
		}
	}
	return all, layout
}

func (s *Screen) row(i, width int) string {
	all, layout := s.shown()
	of := s.all[i]
	_, unit := phrase.SeriesName(of.Series)
	cells := make([]string, len(all))
	for j, c := range all {
		cells[j] = c.show(of, func(v float64) string { return phrase.Quantity(v, unit) })
	}
	return layout.Line(width, cells...)
}

// Resize sets the room.
func (s *Screen) Resize(width, height int) {
	s.width, s.tall = width, height
	w, h := pane.Inner(width, height-1)
	_, layout := s.shown()
	s.list.SetHeader(layout.Header(s.env.Styles.List, max(w-2, 0)))
	s.list.Resize(w, h)
}

// View draws the screen.
func (s *Screen) View() string {
	if s.width <= 0 || s.tall <= 0 {
		return ""
	}
	over := stretches()[s.over].name
	box := pane.Box{Styles: s.env.Styles.Pane, Title: "Metrics", Right: fmt.Sprintf("%s · %d series", over, len(s.all)), Focused: true}
	body := s.list.View()
	if len(s.all) == 0 {
		box.Right = over
		w, _ := pane.Inner(s.width, s.tall-1)
		body = s.env.Styles.Text.Faint.Render(ansi.Wrap(termsafe.Line(s.hint()), max(w, 1), ""))
	}
	hints := pane.HintLine(s.env.Styles.Bar, s.Keys(), s.width)
	if s.tall == 1 {
		return hints
	}
	return strings.Join([]string{box.Render(body, s.width, s.tall-1), hints}, "\n")
}
