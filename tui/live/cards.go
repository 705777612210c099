package live

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aimo3/aimo3/engine/monitor"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/termsafe"
)

const (
	maxCards     = 4 // GPUs that are all shown where there is room
	defaultCards = 2 // GPUs shown of more than that
)

// rows are the gauges and the notes for a height; for none, those to make room
// for. Every GPU has two gauges. Where they would push out what the machine has
// else to say, some stand for all, with what all do together.
func (m *machine) rows(height int) (gauges []pane.Gauge, notes []string) {
	cards := m.now.GPUs
	short, long := m.notes()
	gauges = m.whole()
	names := make([]string, 0, len(cards))
	for _, g := range cards {
		names = append(names, fmt.Sprintf("gpu %d  %s", g.Index, termsafe.Line(g.Name)))
	}
	lines := len(gauges) + 2*len(cards) + len(long) + len(names)
	if len(cards) < 2 || len(cards) <= maxCards && (height == 0 || lines <= height) {
		for i := range cards {
			gauges = append(gauges, m.card(i)...)
		}
		return gauges, append(long, names...)
	}
	if height == 0 {
		height = len(gauges) + 2*defaultCards + 3 + len(long)
	}
	notes = long
	room := func() int { return height - len(gauges) - len(notes) }
	if room() < 2*defaultCards+3 {
		notes = short
	}
	if room() < 3 { // one line for all of them
		return append(gauges, m.all()[0]), notes
	}
	shown := min((room()-3)/2, len(cards)-1)
	for i := range shown {
		gauges = append(gauges, m.card(i)...)
	}
	more := fmt.Sprintf("+%d more, %d in all:", len(cards)-shown, len(cards))
	return append(append(gauges, pane.Gauge{Label: "GPUS", Text: more}), m.all()...), notes
}

// whole are the gauges of the machine without its GPUs, or with why there is none.
func (m *machine) whole() []pane.Gauge {
	r := &m.now
	rows := []pane.Gauge{
		{Label: "CPU", Values: m.cpu, Top: 100, Text: value(r.CPU, pane.Percent) + "  " + fmt.Sprintf("%d cores", len(r.Cores))},
		{Label: "MEM", Values: m.memory, Top: 100, Text: usage(r.Memory)},
	}
	if len(r.GPUs) == 0 {
		rows = append(rows, pane.Gauge{Label: "GPU", Text: "– " + termsafe.Line(r.NoGPU)})
	}
	return rows
}

// card are the two gauges of a GPU; a figure that is missing says why.
func (m *machine) card(i int) []pane.Gauge {
	g, name := m.now.GPUs[i], "GPU"
	if len(m.now.GPUs) > 1 {
		name = fmt.Sprintf("GPU%d", g.Index)
	}
	says := []string{value(g.Util, pane.Percent), value(g.Temperature, celsius), value(g.Power, watts)}
	return []pane.Gauge{
		{Label: name, Values: m.util[i], Top: 100, Text: strings.Join(slices.Compact(says), "  ")},
		{Label: "VRAM", Values: m.vram[i], Top: 100, Text: usage(g.Memory)},
	}
}

// all are the gauges of all GPUs together; the first says their number too.
func (m *machine) all() []pane.Gauge {
	util, vram := together(m.now.GPUs)
	number := fmt.Sprintf("%d GPUs", len(m.now.GPUs))
	silent := func(g monitor.GPU) bool { return g.Util.Missing != "" || g.Memory.Missing != "" }
	if told := len(slices.DeleteFunc(slices.Clone(m.now.GPUs), silent)); told < len(m.now.GPUs) {
		number = fmt.Sprintf("%d of %s", told, number)
	}
	return []pane.Gauge{
		{Label: "ALL", Values: m.busy, Top: 100, Text: value(util, pane.Percent) + "  " + number},
		{Label: "VRAM", Values: m.held, Top: 100, Text: usage(vram)},
	}
}

// together is how busy GPUs are on average and what memory they have in all. Those
// that do not tell are left out; if none tells, why.
func together(cards []monitor.GPU) (util monitor.Value, vram monitor.Usage) {
	busy, told := 0.0, 0
	for _, g := range cards {
		if g.Util.Missing == "" {
			busy, told = busy+g.Util.N, told+1
		} else {
			util.Missing = g.Util.Missing
		}
		if g.Memory.Missing == "" {
			vram.Used, vram.Total = vram.Used+g.Memory.Used, vram.Total+g.Memory.Total
		} else {
			vram.Missing = g.Memory.Missing
		}
	}
	if told > 0 {
		util = monitor.Value{N: busy / float64(told)}
	}
	if vram.Total > 0 {
		vram.Missing = ""
	}
	return util, vram
}
