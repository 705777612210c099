package pane

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

func TestListAsksForRowsInViewOnly(t *testing.T) {
	asked := 0
	l := NewList(styles(t).List, func(i, width int) string { asked++; return fmt.Sprint("row ", i) })
	l.Resize(20, 10)
	l.SetLen(100_000)
	l.End()
	l.View()
	l.View()
	if asked != 10 {
		t.Errorf("asked for %d rows to show 10 twice", asked)
	}
	l.Redraw()
	l.View()
	if asked != 20 {
		t.Errorf("asked for %d rows after Redraw, want 20", asked)
	}
}

func TestListKeepsTheSelectionInView(t *testing.T) {
	l := NewList(styles(t).List, func(i, width int) string { return fmt.Sprint("row ", i) })
	if l.Selected() != -1 || l.View() != "" {
		t.Errorf("empty: selected %d, view %q", l.Selected(), l.View())
	}
	l.SetHeader("header")
	l.Resize(8, 4)
	l.SetLen(10)
	for _, step := range []struct {
		name string
		do   func()
		on   int
		want string
	}{
		{"at first", func() {}, 0, "header|▸ row 0|row 1|row 2"},
		{"up from the first", func() { l.Move(-1) }, 0, "header|▸ row 0|row 1|row 2"},
		{"down in view", func() { l.Move(2) }, 2, "header|row 0|row 1|▸ row 2"},
		{"down out of view", func() { l.Move(1) }, 3, "header|row 1|row 2|▸ row 3"},
		{"page", func() { l.Page(1) }, 5, "header|row 3|row 4|▸ row 5"},
		{"end", l.End, 9, "header|row 7|row 8|▸ row 9"},
		{"down from the last", func() { l.Page(3) }, 9, "header|row 7|row 8|▸ row 9"},
		{"up in view", func() { l.Move(-1) }, 8, "header|row 7|▸ row 8|row 9"},
		{"rows went", func() { l.SetLen(5) }, 4, "header|row 2|row 3|▸ row 4"},
		{"more room", func() { l.Resize(8, 10) }, 4, "header|row 0|row 1|row 2|row 3|▸ row 4"},
		{"less room", func() { l.Resize(8, 2) }, 4, "header|▸ row 4"},
		{"top", l.Top, 0, "header|▸ row 0"},
		{"none left", func() { l.SetLen(0) }, -1, "header"},
	} {
		step.do()
		var lines []string
		for line := range strings.SplitSeq(ansi.Strip(l.View()), "\n") {
			lines = append(lines, strings.TrimSpace(line))
		}
		if got := strings.Join(lines, "|"); got != step.want || l.Selected() != step.on {
			t.Errorf("%s: got %q, selected %d; want %q, %d", step.name, got, l.Selected(), step.want, step.on)
		}
	}
}

func BenchmarkListOf100k(b *testing.B) {
	table := Columns{{"when", 16, 0, false}, {"problem", 20, 1, false}, {"votes", 5, 0, true}}
	l := NewList(styles(b).List, func(i, width int) string {
		return table.Line(width, "2026-11-23 06:00", "Let f(n) = ∑ j¹⁰²⁴ ⌊1/j + (n−i)/n⌋", Count(i))
	})
	l.Resize(120, 40)
	l.SetLen(100_000)
	b.ReportAllocs()
	for b.Loop() {
		l.Move(1)
		l.View()
	}
}
