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
	busy, held  []float64   // of all GPUs together
	seen        bool
	hidden      bool // a person wants no pane of it
}

// read takes a new reading in.
func (m *machine) read(r monitor.Reading) {
	m.now, m.seen = r, true
	m.cpu = push(m.cpu, number(r.CPU))
	m.memory = push(m.memory, part(r.Memory))
	util, vram := together(r.GPUs)
	m.busy, m.held = push(m.busy, number(util)), push(m.held, part(vram))
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
	w, h := pane.Inner(r.W, r.H)
	if s.player != nil {
		b := pane.Box{Styles: s.env.Styles.Pane, Title: "Attempt", Right: string(s.id)}
		return b.Render(strings.Join(s.figures(w), "\n"), r.W, r.H)
	}
	b := pane.Box{Styles: s.env.Styles.Pane, Title: "Machine"}
	return b.Render(strings.Join(s.machineLines(w, h), "\n"), r.W, r.H)
}

// sideHeight is how high side wants to be: nothing where it is hidden.
func (s *Screen) sideHeight(width int) int {
	switch {
	case s.machine.hidden:
		return 0
	case s.player != nil:
		return len(s.figures(width)) + 2
	}
	return max(len(s.machineLines(width, 0)), 4) + 2
}

// sideShare is its part of a line of panes.
func (s *Screen) sideShare() pane.Share {
	if s.machine.hidden {
		return pane.Share{}
	}
	return pane.Share{Weight: 1}
}

// machineLines are what there is room for, in so many lines; with no height, what
// there should be room for.
func (s *Screen) machineLines(width, height int) []string {
	faint := s.env.Styles.Text.Faint
	m := &s.machine
	if !m.seen {
		if s.env.Connect != "" {
			return []string{faint.Render(ansi.Truncate("the server's, which is not read", width, "…"))}
		}
		return []string{faint.Render("measuring…")}
	}
	gauges, notes := m.rows(height)
	graph := pane.Graph{Styles: s.env.Styles.Graph}
	lines := strings.Split(graph.Gauges(s.env.Styles.Text, gauges, width), "\n")
	for _, l := range notes {
		lines = append(lines, faint.Render(ansi.Truncate(l, width, "…")))
	}
	return lines
}

// notes are the lines without a graph: those that stay where there is little room,
// and what they have to say besides.
func (m *machine) notes() (short, long []string) {
	r := &m.now
	both := func(line string) { short, long = append(short, line), append(long, line) }
	for _, l := range r.Loaded {
		share := 0.0
		if l.Size > 0 {
			share = 100 * float64(l.VRAM) / float64(l.Size)
		}
		both(fmt.Sprintf("model  %s · %s", termsafe.Line(l.Name), pane.Bytes(l.Size)))
		long = append(long, fmt.Sprintf("       %s on GPU · %s context", pane.Percent(share), pane.Window(l.Context)))
	}
	switch {
	case r.NoLoad == monitor.Measuring:
		both("model  measuring…")
	case r.NoLoad != "":
		both("model  – " + termsafe.Line(r.NoLoad))
	case len(r.Loaded) == 0:
		both("model  none loaded")
	}
	if r.Remote {
		both("remote server: these are local figures")
	}
	both("disk   " + usage(r.Disk))
	both("aimo3  " + self(r.Self))
	if cores := coreGraph(r.Cores); cores != "" {
		long = append(long, "cores  "+cores)
	}
	return short, long
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
		row("started", st.Begun.Local().Format("2006-01-02 15:04:05")),
		row("took", pane.Duration(max(st.Took, s.progress.Latest.Sub(s.progress.Begun)))),
		row("model", st.Model),
		row("samples", fmt.Sprintf("%d, %s tokens total", max(st.Samples, len(s.samples)), pane.Count(max(st.Tokens, s.progress.Tokens())))),
	}
	if code := phrase.Code(&s.progress); code != "" {
		lines = append(lines, row("code", code))
	}
	if plan := s.progress.Plan; plan.Options.NumCtx > 0 {
		lines = append(lines, row("context", pane.Count(plan.Options.NumCtx)+" tokens"), row("seed", fmt.Sprint(plan.Seed)))
	}
	return lines
}
