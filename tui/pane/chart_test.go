package pane

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

// rising gives values that rise to top.
func rising(top float64) func(int) []float64 {
	return func(n int) []float64 {
		values := make([]float64, n)
		for i := range values {
			values[i] = top * float64(i+1) / float64(n)
		}
		return values
	}
}

func charts() []Chart {
	return []Chart{
		{Name: "busy", Values: rising(100), Top: 100, Unit: Percent, Says: "100%", Weight: 2},
		{Name: "power", Values: rising(300), Floor: 100, Unit: func(v float64) string { return fmt.Sprintf("%.0fW", v) }, Says: "300 W", Flat: true},
		{Name: "temp", None: "not reported\x1b[2J"},
	}
}

func TestCharts(t *testing.T) {
	g, text := Graph{Styles: styles(t).Graph}, styles(t).Text
	for _, row := range []struct {
		name string
		w, h int
		want string
	}{
		{"a line each", 36, 3, `
busy  100%┤▁▁▂▂▃▃▄▄▅▅▅▆▆▇▇███  100%
power 500W┤▁▁▁▂▂▂▂▃▃▃▃▄▄▄▅▅▅▅  300 W
temp  not reported␛[2J`},
		{"spare lines, and the time", 36, 8, `
busy  100%┤              ▁▄▆█  100%
          │           ▃▅▇████
          │       ▂▄▆████████
          │   ▁▃▅████████████
         0┤▂▄▇███████████████
power 500W┤▁▁▁▂▂▂▂▃▃▃▃▄▄▄▅▅▅▅  300 W
temp  not reported␛[2J
           5 min ago      now`},
		{"too little room for the figures", 26, 2, `
busy  100%┤▁▂▂▃▃▄▄▅▅▆▆▇▇██
power 500W┤▁▁▁▂▂▂▃▃▃▄▄▄▅▅▅`},
		{"too few lines", 36, 1, `
busy 100%┤▁▁▂▂▃▃▃▄▄▅▅▅▆▆▇▇▇███  100%`},
	} {
		lines := g.Charts(text, charts(), "5 min ago", "now", row.w, row.h)
		got := ansi.Strip(strings.Join(lines, "\n"))
		for i := range lines {
			lines[i] = strings.TrimRight(ansi.Strip(lines[i]), " ")
		}
		if "\n"+strings.Join(lines, "\n") != row.want {
			t.Errorf("%s:\n%s\nwant%s", row.name, got, row.want)
		}
	}
}

// However large, charts have no more lines than there is room for.
func TestChartsFit(t *testing.T) {
	g, text := Graph{Styles: styles(t).Graph}, styles(t).Text
	rapid.Check(t, func(t *rapid.T) {
		all := charts()
		all[0].Values = func(n int) []float64 { return []float64{math.NaN(), math.Inf(1)} }
		w, h := rapid.IntRange(0, 120).Draw(t, "w"), rapid.IntRange(0, 30).Draw(t, "h")
		if lines := g.Charts(text, all, "1 day ago", "now", w, h); len(lines) > h {
			t.Fatalf("%d lines in a room of %d", len(lines), h)
		}
	})
}
