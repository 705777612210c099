package machine

import (
	"math"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine/monitor"
	"github.com/aimo3/aimo3/tui/screen"
)

// stretch is a length of time that graphs show, back from now.
type stretch struct {
	name, ago string
	long      time.Duration
}

// defaultStretch is the one that is shown at first.
const defaultStretch = 1

func stretches() []stretch {
	const day = 24 * time.Hour
	return []stretch{
		{"last minute", "1 min ago", time.Minute},
		{"last 5 minutes", "5 min ago", 5 * time.Minute},
		{"last 15 minutes", "15 min ago", 15 * time.Minute},
		{"last hour", "1 hour ago", time.Hour},
		{"last day", "1 day ago", day},
		{"last week", "1 week ago", 7 * day},
		{"last 90 days", "90 days ago", 90 * day},
	}
}

func (s *Screen) stretch() stretch { return stretches()[s.over] }

// kept says whether what is in view comes from the store.
func (s *Screen) kept() bool { return s.stretch().long > time.Hour }

// zoom shows a longer or a shorter time. Longer than an hour there is only what the store
// keeps.
func (s *Screen) zoom(by int) tea.Cmd {
	to := min(max(s.over+by, 0), len(stretches())-1)
	if stretches()[to].long > time.Hour && s.env.Measures == nil {
		return screen.Send(screen.Notice{Text: "no longer time: nothing is kept here of earlier hours"})
	}
	if to == s.over {
		return screen.Send(screen.Notice{Text: s.stretch().name + ": " + map[bool]string{true: "no longer time is shown", false: "no shorter time is shown"}[by > 0]})
	}
	s.over = to
	s.days.forget()
	return s.look()
}

// values are the means of a series in n parts of the time in view.
func (s *Screen) values(of monitor.Series) func(n int) []float64 {
	return func(n int) []float64 {
		if s.kept() {
			return s.days.columns(of, n)
		}
		return s.env.Hour.Columns(of, s.now(), s.stretch().long, n)
	}
}

// none says why there is nothing to draw of a series, "" if there is. What there once was
// is drawn, though it may be missing now.
func (s *Screen) none(of monitor.Series, v monitor.Value) string {
	switch {
	case s.kept() && s.days.has(of):
		return ""
	case s.kept() && ofMoments(of.Figure):
		return "– only kept for an hour"
	case s.kept() && s.days.read.IsZero():
		return "reading…"
	case s.kept():
		return "– nothing kept of this time"
	case s.env.Hour.Has(of):
		return ""
	case v.Missing != "":
		return "– " + v.Missing
	}
	return ""
}

// ofMoments says whether a figure is never kept for days.
func ofMoments(f monitor.Figure) bool {
	switch f {
	case monitor.CoreBusy, monitor.DiskRead, monitor.DiskWritten, monitor.Received, monitor.Sent, monitor.Tokens, monitor.GPUClock:
		return true
	case monitor.CPUBusy, monitor.MemoryUsed, monitor.DiskUsed, monitor.GPUBusy, monitor.GPUMemory, monitor.GPUPower, monitor.GPUTemperature:
	}
	return false
}

func mean(values []float64) float64 {
	sum, n := 0.0, 0
	for _, v := range values {
		if !math.IsNaN(v) {
			sum, n = sum+v, n+1
		}
	}
	if n == 0 {
		return math.NaN()
	}
	return sum / float64(n)
}
