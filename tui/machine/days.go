package machine

import (
	"context"
	"math"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/measure"
	"github.com/aimo3/aimo3/engine/monitor"
	"github.com/aimo3/aimo3/engine/observe"
	"github.com/aimo3/aimo3/tui/screen"
)

const (
	dayParts = 360         // of the time, in which the store's rows are summed up
	maxRead  = time.Minute // how old what was read of the store may be: it has a row a minute
)

// days are what the store keeps of the machine over the time in view.
type days struct {
	of      map[monitor.Series][]float64 // means of each part; NaN where there is none
	read    time.Time                    // when; zero before the first answer
	reading bool
	asked   int // of reads; an answer to an earlier one is dropped
	fault   error
}

// daysRead is an answer of the store.
type daysRead struct {
	of    *Screen
	asked int
	means map[monitor.Series][]float64
	err   error
}

// forget drops what was read, and what is being read.
func (d *days) forget() { *d = days{asked: d.asked + 1} }

func (d *days) has(s monitor.Series) bool { return d.of[s] != nil }

// columns are means of n parts.
func (d *days) columns(s monitor.Series, n int) []float64 {
	means, all := make([]float64, n), d.of[s]
	for i := range means {
		means[i] = math.NaN()
		if all != nil {
			from := i * len(all) / n
			means[i] = mean(all[from:max((i+1)*len(all)/n, from+1)])
		}
	}
	return means
}

// readDays reads the store, if a time is in view that it keeps and there may be something
// new.
func (s *Screen) readDays() tea.Cmd {
	d := &s.days
	if !s.kept() || s.env.Measures == nil || d.reading || s.env.Now().Sub(d.read) < maxRead {
		return nil
	}
	d.reading = true
	measures, now, long, asked := s.env.Measures, s.env.Now(), s.stretch().long, d.asked
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), lookTimeout)
		defer cancel()
		g := gathered{from: now.Add(-long), part: long / dayParts, of: map[monitor.Series]*[dayParts]measure.Figures{}}
		err := measures(ctx, now.Add(-long), g.add)
		return daysRead{of: s, asked: asked, means: g.means(), err: err}
	}
}

func (s *Screen) takeDays(msg daysRead) tea.Cmd {
	if msg.asked != s.days.asked {
		return nil
	}
	s.days.of, s.days.fault, s.days.read, s.days.reading, s.drawn = msg.means, msg.err, s.env.Now(), false, ""
	if msg.err != nil {
		return screen.Send(screen.Notice{Text: engine.Hint(msg.err), Bad: true})
	}
	return nil
}

// gathered sums up rows by parts of a time.
type gathered struct {
	from time.Time
	part time.Duration
	of   map[monitor.Series]*[dayParts]measure.Figures
}

// add takes a row, whose mean counts in all the parts that it reaches into.
func (g *gathered) add(r measure.Row) {
	of, scale, is := observe.MachineSeries(r.Series)
	if !is || r.Count == 0 {
		return
	}
	sums := g.of[of]
	if sums == nil {
		sums = new([dayParts]measure.Figures)
		g.of[of] = sums
	}
	first, last := r.At.Sub(g.from)/g.part, (r.At.Add(r.Span).Sub(g.from)-1)/g.part
	for i := max(first, 0); i <= min(last, dayParts-1); i++ {
		sums[i].Raise(r.Mean() * scale)
	}
}

func (g *gathered) means() map[monitor.Series][]float64 {
	all := map[monitor.Series][]float64{}
	for of, sums := range g.of {
		means := make([]float64, dayParts)
		for i := range sums {
			means[i] = math.NaN()
			if sums[i].Count > 0 {
				means[i] = sums[i].Mean()
			}
		}
		all[of] = means
	}
	return all
}
