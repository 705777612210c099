package machine

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/aimo3/aimo3/engine/monitor"
	"github.com/aimo3/aimo3/tui/pane"
)

const (
	minCell = 19 // columns for one core's graph with its number and figure
	minRows = 4  // lines for the graph of all cores before cores have graphs of their own
	maxRows = 16 // lines for the graphs of cores: more would push out everything else
	label   = "cores "
)

// cpu shows all cores together and each by itself.
func (s *Screen) cpu(w int) content {
	r := &s.shown
	c := pane.Chart{Values: s.values(monitor.Series{Figure: monitor.CPUBusy}), Top: 100, Unit: pane.Percent, Weight: 1}
	c.None = s.none(monitor.Series{Figure: monitor.CPUBusy}, r.CPU)
	all := content{
		title: "CPU", right: []string{value(r.CPU, pane.Percent), cores(len(r.Cores)), "aimo3 " + value(r.Self.CPU, pane.Percent) + " of a core"},
		charts: []pane.Chart{c}, brief: []pane.Chart{as(c, "CPU", value(r.CPU, pane.Percent)+"  "+cores(len(r.Cores)))},
		least: 2, weight: 4,
	}
	if s.kept() || len(r.Cores) == 0 {
		all.least = 1
		return all
	}
	all.lines, all.wants = s.cores, coreRows(len(r.Cores), w)
	return all
}

func cores(n int) string {
	if n == 1 {
		return "1 core"
	}
	return fmt.Sprintf("%d cores", n)
}

// coreRows is how many lines the cores take: a graph each or, where that would be too
// many, a block each.
func coreRows(n, w int) int {
	columns := max(w/minCell, 1)
	if (n+columns-1)/columns > maxRows {
		columns = max(w-len(label), 1)
	}
	return (n + columns - 1) / columns
}

// cores are a graph for each core, if they find room in h lines, and else a block for
// each, as high as it is busy.
func (s *Screen) cores(w, h int) []string {
	all := s.shown.Cores
	rows := coreRows(len(all), w)
	if rows > h || rows*max(w/minCell, 1) < len(all) {
		return s.blocks(w, h)
	}
	columns := (len(all) + rows - 1) / rows
	g, st := pane.Graph{Styles: s.env.Styles.Graph}, s.env.Styles.Text
	number := len(strconv.Itoa(len(all) - 1))
	lines := make([]string, rows)
	for i, v := range all { // down the columns, as people read lists
		width := w / columns
		if i/rows < w%columns {
			width++
		}
		room := width - number - 1 - 5 - 2
		graph := g.Sparkline(s.values(monitor.Series{Figure: monitor.CoreBusy, Of: i})(max(room, 1)), 100, room)
		lines[i%rows] += st.Faint.Render(fmt.Sprintf("%*d", number, i)) + " " + graph + st.Body.Render(fmt.Sprintf("%5s", value(v, pane.Percent))) + "  "
	}
	return lines
}

// blocks are the cores, one a column, in as many lines as there are.
func (s *Screen) blocks(w, h int) []string {
	g := pane.Graph{Styles: s.env.Styles.Graph}
	room := max(w-len(label), 1)
	var lines []string
	for from := 0; from < len(s.shown.Cores) && len(lines) < h; from += room {
		var values []float64
		for _, v := range s.shown.Cores[from:min(from+room, len(s.shown.Cores))] {
			if v.Missing != "" {
				v.N = math.NaN()
			}
			values = append(values, v.N)
		}
		name := label
		if from > 0 {
			name = strings.Repeat(" ", len(label))
		}
		lines = append(lines, s.env.Styles.Text.Faint.Render(name)+g.Sparkline(values, 100, len(values)))
	}
	return lines
}
