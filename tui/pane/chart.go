package pane

import (
	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// Chart is a graph over time with what it is of, its scale and what is so now.
type Chart struct {
	Name   string                 // at its left; empty where the pane names it
	Values func(n int) []float64  // for so many columns, NaN where there is none
	Top    float64                // what fills it; 0: as high as its values ask for, see Scale
	Floor  float64                // the lowest top, where Top is 0
	Unit   func(v float64) string // writes a value of the scale
	Says   string                 // at its right
	Flat   bool                   // as of a Graph
	Weight int                    // of the lines that are left, its share; with 0 it has one line
	None   string                 // why there is nothing to draw; "" if there is
}

// minChart is how many columns a graph has at least before texts beside it are left out.
const minChart = 10

// chartWidths are the cells of the parts of charts that stand under each other.
type chartWidths struct{ name, scale, graph, says int }

// Charts draws charts one under the other into w by h cells: those that come first are
// there in any case, with a line each, and what is left is shared. Ago, if there is room,
// is what the left end of the time is called, and now its right end.
func (g Graph) Charts(s theme.TextStyles, all []Chart, ago, now string, w, h int) []string {
	all = all[:max(min(len(all), h), 0)]
	rows, axis := chartRows(all, h)
	scales, widths := chartScales(all, w)
	var lines []string
	for i, c := range all {
		lines = append(lines, g.chart(s, c, scales[i], widths, rows[i])...)
	}
	if axis && ago != "" && widths.graph > ansi.StringWidth(ago+now) {
		gap := widths.graph - ansi.StringWidth(ago) - ansi.StringWidth(now)
		left := widths.graph + widths.says
		line := spaces(w-left) + newPaint(s.Faint).over(ago+spaces(gap)+now)
		if widths.says > 0 {
			line = spaces(w-left-2) + newPaint(s.Faint).over(ago+spaces(gap)+now)
		}
		lines = append(lines, line)
	}
	return lines
}

// chartRows gives each chart its lines, and says whether one is left for the time.
func chartRows(all []Chart, h int) (rows []int, axis bool) {
	rows = make([]int, len(all))
	weights, drawn := 0, false
	for i, c := range all {
		rows[i] = 1
		if c.None == "" {
			weights, drawn = weights+c.Weight, true
		}
	}
	spare := h - len(all)
	if weights == 0 || spare <= 0 {
		return rows, drawn && spare > 0
	}
	if axis = spare >= 3; axis {
		spare--
	}
	for i, c := range all {
		if c.None == "" && c.Weight > 0 {
			part := spare * c.Weight / weights
			rows[i] += part
			spare, weights = spare-part, weights-c.Weight
		}
	}
	return rows, axis
}

// scaled is a chart's values with what its scale says.
type scaled struct {
	values []float64
	top    float64
	label  string
}

// chartScales asks charts for their values, for as many columns as the texts beside them
// leave, and finds the scales.
func chartScales(all []Chart, w int) ([]scaled, chartWidths) {
	widths := chartWidths{scale: 4}
	for _, c := range all {
		widths.name = max(widths.name, ansi.StringWidth(c.Name))
		if c.None == "" {
			widths.says = max(widths.says, ansi.StringWidth(c.Says))
		}
	}
	widths.divide(w)
	found := scaledTo(all, widths.graph)
	before := widths.scale
	for _, s := range found {
		widths.scale = max(widths.scale, ansi.StringWidth(s.label))
	}
	if widths.scale > before { // the labels are wider than was thought
		widths.divide(w)
		found = scaledTo(all, widths.graph)
	}
	return found, widths
}

// divide gives graphs what texts leave of w; those at the right go where that is too
// little.
func (c *chartWidths) divide(w int) {
	c.graph = w - c.scale - 1
	if c.name > 0 {
		c.graph -= c.name + 1
	}
	if c.says > 0 && c.graph-c.says-2 < minChart {
		c.says = 0
	}
	if c.says > 0 {
		c.graph -= c.says + 2
	}
	c.graph = max(c.graph, 1)
}

// scaledTo are the values of charts for n columns.
func scaledTo(all []Chart, n int) []scaled {
	found := make([]scaled, len(all))
	for i, c := range all {
		if c.None != "" {
			continue
		}
		s := scaled{values: c.Values(n), top: c.Top}
		if s.top <= 0 {
			s.top = Scale(s.values, c.Floor)
		}
		s.label = c.Unit(s.top)
		found[i] = s
	}
	return found
}

// chart draws one.
func (g Graph) chart(s theme.TextStyles, c Chart, of scaled, widths chartWidths, rows int) []string {
	faint, name := newPaint(s.Faint), ""
	if widths.name > 0 {
		name = newPaint(s.Strong).over(Fit(c.Name, widths.name)) + " "
	}
	if c.None != "" {
		return []string{name + faint.over(termsafe.Line(c.None))}
	}
	g.Flat = c.Flat
	lines := g.Area(of.values, of.top, widths.graph, rows)
	for i := range lines {
		label, tick, says := "", "│", ""
		switch i {
		case 0:
			label, tick = of.label, "┤"
			if widths.says > 0 {
				says = "  " + dress(s.Body, c.Says)
			}
		case rows - 1:
			label, tick = "0", "┤"
		}
		if i > 0 && name != "" {
			name = spaces(widths.name + 1)
		}
		lines[i] = name + faint.over(spaces(widths.scale-ansi.StringWidth(label))+label+tick) + lines[i] + says
	}
	return lines
}
