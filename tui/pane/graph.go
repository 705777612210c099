package pane

import (
	"math"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// Graph draws sparklines and bars.
type Graph struct {
	Styles theme.GraphStyles
	ASCII  bool // for terminals without block characters
	Flat   bool // of one colour in an Area, whatever the height
}

const (
	levels      = "▁▂▃▄▅▆▇█"
	asciiLevels = "_.:-=+*#"
	eighths     = "▏▎▍▌▋▊▉"
)

// Sparkline is exactly width cells, newest value last; NaN leaves a hole. top
// is the value that fills a cell; if zero, the highest of values.
func (g Graph) Sparkline(values []float64, top float64, width int) string {
	width = max(width, 0)
	values = values[max(0, len(values)-width):]
	if top <= 0 {
		for _, v := range values {
			if v > top && !math.IsInf(v, 1) {
				top = v
			}
		}
	}
	steps := []rune(levels)
	if g.ASCII {
		steps = []rune(asciiLevels)
	}
	var out, run strings.Builder
	out.WriteString(spaces(width - len(values)))
	for i, v := range values {
		fraction := share(v, top)
		if math.IsNaN(fraction) {
			run.WriteByte(' ')
		} else {
			run.WriteRune(steps[min(int(fraction*float64(len(steps))), len(steps)-1)])
		}
		if i == len(values)-1 || g.band(share(values[i+1], top)) != g.band(fraction) {
			out.WriteString(newPaint(g.style(fraction)).over(run.String()))
			run.Reset()
		}
	}
	return out.String()
}

// Bar is exactly width cells, filled to fraction.
func (g Graph) Bar(fraction float64, width int) string {
	if width <= 0 {
		return ""
	}
	fraction = share(fraction, 1)
	if math.IsNaN(fraction) {
		return spaces(width)
	}
	full, rest, track := "█", []rune(eighths), "─"
	if g.ASCII {
		full, rest, track = "#", nil, "-"
	}
	parts := len(rest) + 1
	n := int(math.Round(fraction * float64(width*parts)))
	if n == 0 && fraction > 0 {
		n = 1 // something is not nothing
	}
	bar, cells := strings.Repeat(full, n/parts), n/parts
	if n%parts > 0 {
		bar += string(rest[n%parts-1])
		cells++
	}
	return newPaint(g.style(fraction)).over(bar) +
		newPaint(g.Styles.Track).over(strings.Repeat(track, width-cells))
}

// share is v as a part of top, within 0 and 1, or NaN.
func share(v, top float64) float64 {
	switch {
	case math.IsNaN(v):
		return v
	case v <= 0 || top <= 0:
		return 0
	case v >= top:
		return 1
	}
	return v / top
}

// band is which of the styles a fraction has; holes are a band of their own.
func (g Graph) band(fraction float64) int {
	switch {
	case fraction < 0.5:
		return 0
	case fraction < 0.8:
		return 1
	case fraction <= 1:
		return 2
	}
	return 3
}

func (g Graph) style(fraction float64) lipgloss.Style {
	return [...]lipgloss.Style{g.Styles.Low, g.Styles.Mid, g.Styles.High, g.Styles.Track}[g.band(fraction)]
}

// Gauge is a row of Gauges: a label, a graph and a text. Without Values the
// text, which then says why, has the room of both.
type Gauge struct {
	Label  string
	Values []float64
	Top    float64
	Text   string
}

// Gauges draws rows no wider than width, with labels, graphs and texts aligned.
func (g Graph) Gauges(s theme.TextStyles, rows []Gauge, width int) string {
	label, text := 0, 0
	for _, r := range rows {
		label = max(label, ansi.StringWidth(termsafe.Line(r.Label)))
		if len(r.Values) > 0 {
			text = max(text, ansi.StringWidth(r.Text))
		}
	}
	graph := max(min(width-label-text-3, width/2), min(8, width/4))
	lines := make([]string, len(rows))
	for i, r := range rows {
		line := newPaint(s.Strong).over(Fit(termsafe.Line(r.Label), label)) + " "
		if len(r.Values) > 0 {
			line += g.Sparkline(r.Values, r.Top, graph) + "  " + dress(s.Body, r.Text)
		} else {
			line += dress(s.Faint, r.Text)
		}
		lines[i], _ = clip(line, width)
	}
	return strings.Join(lines, "\n")
}
