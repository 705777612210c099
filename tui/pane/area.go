package pane

import (
	"math"
	"strings"
)

// Area draws values, one a column, as a filled area of so many lines, each exactly width
// cells; the newest value is last and NaN leaves a hole. Top is the value that fills a
// column. Colours say how high a line is, but of a Flat graph, whose height says little.
func (g Graph) Area(values []float64, top float64, width, lines int) []string {
	width, lines = max(width, 0), max(lines, 0)
	values = values[max(0, len(values)-width):]
	if lines == 1 {
		if g.Flat {
			g.Styles.Mid, g.Styles.High = g.Styles.Low, g.Styles.Low
		}
		return []string{g.Sparkline(values, top, width)}
	}
	steps := []rune(levels)
	if g.ASCII {
		steps = []rune(asciiLevels)
	}
	heights := make([]int, len(values)) // in steps; 0 is a hole
	for i, v := range values {
		if fraction := share(v, top); !math.IsNaN(fraction) {
			heights[i] = max(int(math.Round(fraction*float64(lines*len(steps)))), 1) // nothing is not unknown
		}
	}
	out := make([]string, lines)
	for line := range out {
		below := (lines - 1 - line) * len(steps)
		var row strings.Builder
		for _, h := range heights {
			if n := min(h-below, len(steps)); n > 0 {
				row.WriteRune(steps[n-1])
			} else {
				row.WriteByte(' ')
			}
		}
		style := g.Styles.Low
		if !g.Flat {
			style = g.style((float64(lines-1-line) + .5) / float64(lines))
		}
		out[line] = spaces(width-len(values)) + newPaint(style).over(row.String())
	}
	return out
}

// Scale is the least of 1, 2 and 5 times a power of ten that no value is above, and at
// least floor: what a graph is drawn to whose values know no bounds.
func Scale(values []float64, floor float64) float64 {
	highest := floor
	for _, v := range values {
		if v > highest && !math.IsInf(v, 1) {
			highest = v
		}
	}
	if highest <= floor {
		return floor
	}
	power := math.Pow(10, math.Floor(math.Log10(highest)))
	for _, step := range []float64{1, 2, 5} {
		if highest <= step*power {
			return step * power
		}
	}
	return 10 * power
}
