package machine

import (
	"fmt"

	"github.com/aimo3/aimo3/engine/monitor"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// content is what one pane shows: charts, and lines below them.
type content struct {
	title  string
	right  []string // figures, of which the last ones give way
	charts []pane.Chart
	brief  []pane.Chart // in their place where there is little room
	lines  func(w, h int) []string
	wants  int  // how many lines lines would fill
	least  int  // how many lines make sense
	weight int  // of the lines that are left, its share
	named  bool // the title goes on with a name, which gives way to figures that no chart tells
}

// contents are all panes that are shown: those of the machine, those of its GPUs, and
// those of the work.
func (s *Screen) contents(w int) (machine, gpus, work []content) {
	show := func(p part, to *[]content, all ...content) {
		if !s.hidden[p] {
			*to = append(*to, all...)
		}
	}
	show(cpuPart, &machine, s.cpu(w))
	show(memoryPart, &machine, s.memory())
	show(diskPart, &machine, s.disk())
	show(networkPart, &machine, s.network())
	show(gpuPart, &gpus, s.gpus()...)
	show(tokensPart, &work, s.tokens())
	show(modelsPart, &work, s.models())
	show(processesPart, &work, s.processes())
	return machine, gpus, work
}

func (s *Screen) memory() content {
	u := s.shown.Memory
	c := pane.Chart{Values: s.values(monitor.Series{Figure: monitor.MemoryUsed}), Top: 100, Unit: pane.Percent, Weight: 1}
	c.None = s.none(monitor.Series{Figure: monitor.MemoryUsed}, u.Share())
	return content{
		title: "Memory", right: []string{usage(u), value(u.Share(), pane.Percent), termsafe.Line(u.Of)}, charts: []pane.Chart{c},
		brief: []pane.Chart{as(c, "MEM", usage(u))}, least: 1, weight: 2,
	}
}

func (s *Screen) disk() content {
	r := &s.shown
	used := pane.Chart{Name: "used", Values: s.values(monitor.Series{Figure: monitor.DiskUsed}), Top: 100, Unit: pane.Percent, Says: value(r.Disk.Share(), pane.Percent)}
	used.None = s.none(monitor.Series{Figure: monitor.DiskUsed}, r.Disk.Share())
	read := s.flow("read", monitor.DiskRead, r.DiskFlow.In)
	written := s.flow("write", monitor.DiskWritten, r.DiskFlow.Out)
	return content{
		title: "Disk", right: []string{usage(r.Disk), termsafe.Line(r.Disk.Of)}, charts: []pane.Chart{used, read, written},
		brief: []pane.Chart{as(used, "DISK", usage(r.Disk))}, least: 1, weight: 1,
	}
}

func (s *Screen) network() content {
	r := &s.shown
	in, out := s.flow("in", monitor.Received, r.Network.In), s.flow("out", monitor.Sent, r.Network.Out)
	return content{
		title: "Network to the server", right: []string{"↓ " + value(r.Network.In, perSecond), "↑ " + value(r.Network.Out, perSecond)},
		charts: []pane.Chart{in, out}, brief: []pane.Chart{as(in, "NET", value(r.Network.In, perSecond))}, least: 1, weight: 1,
	}
}

func (s *Screen) flow(name string, f monitor.Figure, now monitor.Value) pane.Chart {
	const floor = 10e3 // bytes a second: what less does is noise
	of := monitor.Series{Figure: f}
	return pane.Chart{
		Name: name, Values: s.values(of), Floor: floor, Unit: short, Says: value(now, perSecond), Flat: true, Weight: 1, None: s.none(of, now),
	}
}

func (s *Screen) tokens() content {
	of, now := monitor.Series{Figure: monitor.Tokens}, s.shown.Tokens
	c := pane.Chart{Values: s.values(of), Floor: 10, Unit: short, Flat: true, Weight: 1, None: s.none(of, now)}
	says := value(now, func(n float64) string { return fmt.Sprintf("%.0f tok/s", n) })
	return content{
		title: "Tokens", right: []string{says, "all samples"}, charts: []pane.Chart{c}, brief: []pane.Chart{as(c, "TOK", says)}, least: 1, weight: 2,
	}
}

// as is a chart under another name, with another text.
func as(c pane.Chart, name, says string) pane.Chart {
	c.Name, c.Says, c.Weight = name, says, 0
	return c
}

func value(v monitor.Value, format func(float64) string) string {
	if v.Missing != "" {
		return "–"
	}
	return format(v.N)
}

func usage(u monitor.Usage) string {
	if u.Missing != "" {
		return "–"
	}
	return pane.Bytes(int64(u.Used)) + " / " + pane.Bytes(int64(u.Total))
}

func perSecond(n float64) string { return pane.Bytes(int64(n)) + "/s" }

// short is a number of a scale in at most four cells: 500, 10k, 2M.
func short(n float64) string {
	for _, unit := range []struct {
		size float64
		name string
	}{{1e12, "T"}, {1e9, "G"}, {1e6, "M"}, {1e3, "k"}} {
		if n >= unit.size {
			return fmt.Sprintf("%.3g%s", n/unit.size, unit.name)
		}
	}
	return fmt.Sprintf("%.3g", n)
}
