package live

import (
	"fmt"
	"math"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine/monitor"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/phrase"
	"github.com/aimo3/aimo3/tui/termsafe"
)

const kept = 120 // readings kept for the graphs

// machine is what the machine pane has seen.
type machine struct {
	now         monitor.Reading
	cpu, memory []float64
	util, vram  [][]float64 // a GPU each
	seen        bool
}

// read takes a new reading in.
func (m *machine) read(r monitor.Reading) {
	m.now, m.seen = r, true
	m.cpu = push(m.cpu, number(r.CPU))
	m.memory = push(m.memory, part(r.Memory))
	for i, g := range r.GPUs {
		if i == len(m.util) {
			m.util, m.vram = append(m.util, nil), append(m.vram, nil)
		}
		m.util[i] = push(m.util[i], number(g.Util))
		m.vram[i] = push(m.vram[i], part(g.Memory))
	}
}

func push(values []float64, v float64) []float64 {
	if len(values) >= kept {
		values = append(values[:0], values[len(values)-kept+1:]...)
	}
	return append(values, v)
}

func number(v monitor.Value) float64 {
	if v.Missing != "" {
		return math.NaN()
	}
	return v.N
}

func part(u monitor.Usage) float64 {
	if u.Missing != "" || u.Total == 0 {
		return math.NaN()
	}
	return 100 * float64(u.Used) / float64(u.Total)
}

// side draws the machine's load; in a replay, whose machine is another moment's,
// the attempt's own figures.
func (s *Screen) side(r pane.Rect) string {
	w, _ := pane.Inner(r.W, r.H)
	if s.player != nil {
		b := pane.Box{Styles: s.env.Styles.Pane, Title: "Attempt", Right: string(s.id)}
		return b.Render(strings.Join(s.figures(w), "\n"), r.W, r.H)
	}
	b := pane.Box{Styles: s.env.Styles.Pane, Title: "Machine"}
	return b.Render(strings.Join(s.machineLines(w), "\n"), r.W, r.H)
}

// sideLines is how many lines side wants.
func (s *Screen) sideLines(width int) int {
	if s.player != nil {
		return len(s.figures(width))
	}
	return max(len(s.machineLines(width)), 4)
}

func (s *Screen) machineLines(width int) []string {
	faint := s.env.Styles.Text.Faint
	m := &s.machine
	if !m.seen {
		return []string{faint.Render("measuring…")}
	}
	graph := pane.Graph{Styles: s.env.Styles.Graph}
	lines := strings.Split(graph.Gauges(s.env.Styles.Text, m.gauges(), width), "\n")
	for _, l := range m.notes() {
		lines = append(lines, faint.Render(ansi.Truncate(l, width, "…")))
	}
	return lines
}

// gauges are the rows with a graph; a missing figure says why in its row.
func (m *machine) gauges() []pane.Gauge {
	r := &m.now
	rows := []pane.Gauge{
		{Label: "CPU", Values: m.cpu, Top: 100, Text: value(r.CPU, pane.Percent) + "  " + fmt.Sprintf("%d cores", len(r.Cores))},
		{Label: "MEM", Values: m.memory, Top: 100, Text: usage(r.Memory)},
	}
	for i, g := range r.GPUs {
		name := "GPU"
		if len(r.GPUs) > 1 {
			name = fmt.Sprintf("GPU%d", g.Index)
		}
		text := strings.Join([]string{value(g.Util, pane.Percent), value(g.Temperature, celsius), value(g.Power, watts)}, "  ")
		rows = append(rows, pane.Gauge{Label: name, Values: m.util[i], Top: 100, Text: text},
			pane.Gauge{Label: "VRAM", Values: m.vram[i], Top: 100, Text: usage(g.Memory)})
	}
	if len(r.GPUs) == 0 {
		rows = append(rows, pane.Gauge{Label: "GPU", Text: "– " + termsafe.Line(r.NoGPU)})
	}
	return rows
}

// notes are the lines without a graph.
func (m *machine) notes() []string {
	r := &m.now
	var lines []string
	for _, l := range r.Loaded {
		share := 0.0
		if l.Size > 0 {
			share = 100 * float64(l.VRAM) / float64(l.Size)
		}
		lines = append(lines, fmt.Sprintf("model  %s · %s", termsafe.Line(l.Name), pane.Bytes(l.Size)),
			fmt.Sprintf("       %s on GPU · %s window", pane.Percent(share), pane.Window(l.Context)))
	}
	switch {
	case r.NoLoad != "":
		lines = append(lines, "model  – "+termsafe.Line(r.NoLoad))
	case len(r.Loaded) == 0:
		lines = append(lines, "model  none in memory")
	}
	if r.Remote {
		lines = append(lines, "server elsewhere: these are this machine's figures")
	}
	lines = append(lines, "disk   "+usage(r.Disk), "aimo3  "+self(r.Self))
	if cores := coreGraph(r.Cores); cores != "" {
		lines = append(lines, "cores  "+cores)
	}
	for _, g := range r.GPUs {
		lines = append(lines, fmt.Sprintf("gpu %d  %s", g.Index, termsafe.Line(g.Name)))
	}
	return lines
}

// coreGraph is one block a core, as high as the core is busy.
func coreGraph(cores []monitor.Value) string {
	levels := []rune("▁▂▃▄▅▆▇█")
	var b strings.Builder
	for _, c := range cores {
		if c.Missing != "" {
			b.WriteRune('·')
			continue
		}
		b.WriteRune(levels[min(max(int(c.N/100*float64(len(levels))), 0), len(levels)-1)])
	}
	return b.String()
}

func value(v monitor.Value, format func(float64) string) string {
	if v.Missing != "" {
		return termsafe.Line(v.Missing)
	}
	return format(v.N)
}

func usage(u monitor.Usage) string {
	if u.Missing != "" {
		return "– " + termsafe.Line(u.Missing)
	}
	return pane.Bytes(int64(u.Used)) + " / " + pane.Bytes(int64(u.Total))
}

func self(s monitor.Self) string {
	if s.Missing != "" {
		return "– " + termsafe.Line(s.Missing)
	}
	return pane.Bytes(int64(s.RSS)) + " · " + value(s.CPU, pane.Percent) + " of a core"
}

func celsius(n float64) string { return fmt.Sprintf("%.0f °C", n) }
func watts(n float64) string   { return fmt.Sprintf("%.0f W", n) }

// figures are what is known of a stored attempt.
func (s *Screen) figures(width int) []string {
	st, text := s.player.stored, s.env.Styles.Text
	row := func(name, says string) string {
		return text.Faint.Render(pane.Fit(name, 8)) + text.Body.Render(ansi.Truncate(termsafe.Line(says), max(width-8, 1), "…"))
	}
	lines := []string{
		row("begun", st.Begun.Local().Format("2006-01-02 15:04:05")),
		row("took", pane.Duration(st.Took)),
		row("model", st.Model),
		row("samples", fmt.Sprintf("%d, %s tokens in all", st.Samples, pane.Count(st.Tokens))),
	}
	if code := phrase.Code(&s.progress); code != "" {
		lines = append(lines, row("code", code))
	}
	if plan := s.progress.Plan; plan.Options.NumCtx > 0 {
		lines = append(lines, row("window", pane.Count(plan.Options.NumCtx)+" tokens"), row("seed", fmt.Sprint(plan.Seed)))
	}
	return lines
}
