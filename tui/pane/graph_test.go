package pane

import (
	"math"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

func TestSparkline(t *testing.T) {
	nan := math.NaN()
	for _, row := range []struct {
		name   string
		values []float64
		top    float64
		width  int
		want   string
		ascii  string
	}{
		{"a ramp", []float64{0, 1, 2, 3, 4, 5, 6, 7}, 8, 8, "▁▂▃▄▅▆▇█", "_.:-=+*#"},
		{"by the highest", []float64{1, 2, 4}, 0, 3, "▃▅█", ":=#"},
		{"newest at the right", []float64{8, 8}, 8, 5, "   ██", "   ##"},
		{"oldest left out", []float64{0, 0, 8, 8}, 8, 2, "██", "##"},
		{"holes are no zeros", []float64{0, nan, 0, nan}, 8, 4, "▁ ▁ ", "_ _ "},
		{"beyond the scale", []float64{-1, 9, math.Inf(1), math.Inf(-1)}, 8, 4, "▁██▁", "_##_"},
		{"all nothing", []float64{0, 0}, 0, 2, "▁▁", "__"},
		{"infinity does not set the scale", []float64{2, math.Inf(1)}, 0, 2, "██", "##"},
		{"none", nil, 0, 3, "   ", "   "},
	} {
		g := Graph{Styles: styles(t).Graph}
		if got := ansi.Strip(g.Sparkline(row.values, row.top, row.width)); got != row.want {
			t.Errorf("%s: got %q, want %q", row.name, got, row.want)
		}
		g.ASCII = true
		if got := ansi.Strip(g.Sparkline(row.values, row.top, row.width)); got != row.ascii {
			t.Errorf("%s in ASCII: got %q, want %q", row.name, got, row.ascii)
		}
	}
}

func TestBar(t *testing.T) {
	for _, row := range []struct {
		fraction float64
		width    int
		want     string
		ascii    string
	}{
		{0, 4, "────", "----"},
		{1, 4, "████", "####"},
		{0.5, 4, "██──", "##--"},
		{0.53125, 4, "██▏─", "##--"},
		{0.9, 1, "▉", "#"},
		{0.001, 4, "▏───", "#---"},
		{7, 2, "██", "##"},
		{-7, 2, "──", "--"},
		{math.NaN(), 3, "   ", "   "},
		{0.5, 0, "", ""},
	} {
		g := Graph{Styles: styles(t).Graph}
		if got := ansi.Strip(g.Bar(row.fraction, row.width)); got != row.want {
			t.Errorf("%v of %d: got %q, want %q", row.fraction, row.width, got, row.want)
		}
		g.ASCII = true
		if got := ansi.Strip(g.Bar(row.fraction, row.width)); got != row.ascii {
			t.Errorf("%v of %d in ASCII: got %q, want %q", row.fraction, row.width, got, row.ascii)
		}
	}
}

func TestGraphsAreColouredByHeight(t *testing.T) {
	g := Graph{Styles: styles(t).Graph}
	want := g.Styles.Low.Render("▁▄") + g.Styles.Mid.Render("▅") + g.Styles.High.Render("█")
	if got := g.Sparkline([]float64{0, 3, 4, 8}, 8, 4); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
