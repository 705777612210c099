package export

import (
	"fmt"
	"math"
	"strings"

	"github.com/aimo3/aimo3/engine/figures"
	"github.com/aimo3/aimo3/tui/phrase"
)

// The place of a chart's plot in its picture, in pixels.
const (
	chartWidth  = 640
	chartHeight = 300
	plotLeft    = 48
	plotRight   = 560
	plotTop     = 12
	plotBottom  = 262
)

// chart is a picture in SVG of shares from 0 to 1, drawn up, over something drawn to the right
// of which x gives the place from 0 to 1.
type chart struct{ strings.Builder }

func newChart(label, across string) *chart {
	c := &chart{}
	fmt.Fprintf(&c.Builder, "<svg viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" aria-label=\"%s\">\n", chartWidth, chartHeight, chartWidth, chartHeight, escaped(label))
	for i := range 6 {
		y := up(float64(i) / 5)
		fmt.Fprintf(&c.Builder, "<line class=\"axis\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/><text class=\"faint\" x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%d %%</text>\n", plotLeft, plotRight, y, y, plotLeft-6, y+4, 20*i)
	}
	fmt.Fprintf(&c.Builder, "<text class=\"faint\" x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n", plotRight, chartHeight-4, escaped(across))
	return c
}

func up(share float64) float64     { return plotBottom - (plotBottom-plotTop)*share }
func across(share float64) float64 { return plotLeft + (plotRight-plotLeft)*share }

// tick names a place on the lower axis.
func (c *chart) tick(x float64, text string) {
	fmt.Fprintf(&c.Builder, "<text class=\"faint\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>\n", across(x), plotBottom+18, escaped(text))
}

func (c *chart) end() string {
	c.WriteString("</svg>\n")
	return c.String()
}

// atKChart draws maj@k and pass@k over k, with their intervals, as far as two problems or more
// have k samples.
func atKChart(all []figures.AtK) string {
	for len(all) > 0 && all[len(all)-1].Pass.Of < 2 {
		all = all[:len(all)-1]
	}
	if len(all) < 2 {
		return ""
	}
	c := newChart("avg@k, maj@k and pass@k over the number of samples", "samples (k)")
	last := all[len(all)-1].K
	x := func(k int) float64 { return math.Log(float64(k)) / math.Log(float64(last)) }
	for k := 1; k <= last; k *= 2 {
		c.tick(x(k), fmt.Sprint(k))
	}
	for i, line := range []struct {
		name string
		of   func(figures.AtK) figures.Estimate
	}{{"pass@k", func(a figures.AtK) figures.Estimate { return a.Pass }}, {"maj@k", func(a figures.AtK) figures.Estimate { return a.Maj }}, {"avg@k", func(a figures.AtK) figures.Estimate { return a.Avg }}} {
		var middle, high, low []string
		for _, at := range all {
			e := line.of(at)
			middle = append(middle, point(x(at.K), e.Value))
			high = append(high, point(x(at.K), e.High))
			low = append([]string{point(x(at.K), e.Low)}, low...)
		}
		if i < 2 {
			fmt.Fprintf(&c.Builder, "<polygon class=\"band f%d\" points=\"%s %s\"/>\n", i, strings.Join(high, " "), strings.Join(low, " "))
		}
		fmt.Fprintf(&c.Builder, "<polyline class=\"line c%d\" points=\"%s\"/>\n", i, strings.Join(middle, " "))
	}
	c.legend(all[len(all)-1])
	return c.end()
}

// legend names the lines at their ends, apart from each other.
func (c *chart) legend(at figures.AtK) {
	floor := float64(plotTop)
	for _, one := range []struct {
		name  string
		value float64
		color int
	}{{"pass@k", at.Pass.Value, 0}, {"maj@k", at.Maj.Value, 1}, {"avg@k", at.Avg.Value, 2}} {
		y := max(up(one.value)+4, floor)
		floor = y + 14
		fmt.Fprintf(&c.Builder, "<text class=\"f%d\" x=\"%d\" y=\"%.1f\">%s</text>\n", one.color, plotRight+8, y, one.name)
	}
}

func point(x, y float64) string { return fmt.Sprintf("%.1f,%.1f", across(x), up(min(max(y, 0), 1))) }

// shareChart draws how often verdicts were right over their share of the votes; on the
// diagonal a share would be a probability.
func shareChart(all []figures.Share) string {
	c := newChart("how often verdicts were right, by their share of the votes", "share of the votes")
	fmt.Fprintf(&c.Builder, "<polyline class=\"line axis\" points=\"%s %s\"/>\n", point(0, 0), point(1, 1))
	for i := range 6 {
		c.tick(float64(i)/5, fmt.Sprintf("%d %%", 20*i))
	}
	for _, s := range all {
		x := across(s.Mean)
		fmt.Fprintf(&c.Builder, "<line class=\"c0\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/><circle class=\"f0\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"><title>%s of %s</title></circle>\n",
			x, x, up(s.Right.Low), up(s.Right.High), x, up(s.Right.Value), escaped(phrase.Percent(s.Right)), escaped(phrase.Count(s.Right.Of, "problem")))
	}
	return c.end()
}

// bar is a share with its interval, under a name.
type bar struct {
	name string
	of   figures.Estimate
}

func groupBars(all []figures.Group) []bar {
	var bars []bar
	for _, g := range all {
		bars = append(bars, bar{g.Name, g.Accuracy})
	}
	return bars
}

// barChart draws shares as bars, one below the other.
func barChart(label string, all []bar) string {
	const height, left, right, maxBars = 26, 200, 560, 40
	all = all[:min(len(all), maxBars)]
	var b strings.Builder
	fmt.Fprintf(&b, "<svg viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" aria-label=\"%s\">\n", chartWidth, height*len(all)+4, chartWidth, height*len(all)+4, escaped(label))
	x := func(share float64) float64 { return left + (right-left)*share }
	for i, one := range all {
		y := float64(i * height)
		fmt.Fprintf(&b, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>\n", left-8, y+18, escaped(phrase.Short(one.name, 28)))
		fmt.Fprintf(&b, "<rect class=\"f0\" opacity=\".55\" x=\"%d\" y=\"%.1f\" width=\"%.1f\" height=\"%d\"/>\n", left, y+5, x(one.of.Value)-left, height-8)
		fmt.Fprintf(&b, "<line class=\"c0\" stroke-width=\"2\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>\n", x(one.of.Low), x(one.of.High), y+14, y+14)
		fmt.Fprintf(&b, "<text class=\"faint\" x=\"%d\" y=\"%.1f\">%.1f %%</text>\n", right+8, y+18, 100*one.of.Value)
	}
	b.WriteString("</svg>\n")
	return b.String()
}
