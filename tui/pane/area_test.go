package pane

import (
	"math"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

func TestArea(t *testing.T) {
	nan := math.NaN()
	for _, row := range []struct {
		name         string
		values       []float64
		width, lines int
		want         string
	}{
		{"a ramp", []float64{0, 4, 8, 12, 16}, 5, 2, "   ▄█|▁▄███"},
		{"a hole, and no value yet", []float64{16, nan, 1}, 5, 2, "  █  |  █ ▁"},
		{"one line", []float64{0, 16}, 2, 1, "▁█"},
		{"beyond the scale", []float64{99, -1}, 2, 2, "█ |█▁"},
		{"oldest left out", []float64{16, 0, 0}, 2, 2, "  |▁▁"},
		{"no room", []float64{1}, 0, 2, "|"},
	} {
		got := ansi.Strip(strings.Join(Graph{Styles: styles(t).Graph}.Area(row.values, 16, row.width, row.lines), "|"))
		if got != row.want {
			t.Errorf("%s: %q, want %q", row.name, got, row.want)
		}
	}
	heat := Graph{Styles: styles(t).Graph}.Area([]float64{16}, 16, 1, 8)
	if flat := (Graph{Styles: styles(t).Graph, Flat: true}).Area([]float64{16}, 16, 1, 8); heat[0] == heat[7] || flat[0] != flat[7] {
		t.Errorf("colours by height: %q; flat: %q", heat, flat)
	}
}

// Every line of an area is as wide as it is to be, whatever is drawn.
func TestAreaIsAsLargeAsItIsToBe(t *testing.T) {
	g := Graph{Styles: styles(t).Graph}
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOf(rapid.Float64()).Draw(t, "values")
		w, h := rapid.IntRange(0, 60).Draw(t, "width"), rapid.IntRange(0, 12).Draw(t, "lines")
		g.ASCII, g.Flat = rapid.Bool().Draw(t, "ascii"), rapid.Bool().Draw(t, "flat")
		lines := g.Area(values, rapid.Float64().Draw(t, "top"), w, h)
		if len(lines) != h {
			t.Fatalf("%d lines, want %d", len(lines), h)
		}
		for _, l := range lines {
			if ansi.StringWidth(l) != w {
				t.Fatalf("%q is not %d wide", l, w)
			}
		}
	})
}

func TestScale(t *testing.T) {
	for _, row := range []struct {
		highest, floor, want float64
	}{
		{0, 10, 10}, {9, 10, 10}, {11, 10, 20}, {20, 10, 20}, {21, 1, 50}, {51, 1, 100}, {1.2e6, 1e3, 2e6}, {math.Inf(1), 5, 5}, {math.NaN(), 5, 5}, {0.3, 0.1, 0.5},
	} {
		if got := Scale([]float64{0, row.highest}, row.floor); math.Abs(got-row.want) > 1e-9*row.want {
			t.Errorf("of %g, at least %g: %g, want %g", row.highest, row.floor, got, row.want)
		}
	}
}
