package machine

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/aimo3/aimo3/engine/monitor"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// gpus are a pane for each GPU, or one that says why there is none.
func (s *Screen) gpus() []content {
	r := &s.shown
	if len(r.GPUs) == 0 {
		why, right := pane.Chart{None: cmp.Or(termsafe.Line(r.NoGPU), "none is known of")}, []string{"unavailable"}
		brief := pane.Chart{Name: "GPU", None: "unavailable (" + why.None + ")"}
		if !s.seen || r.NoGPU == monitor.Measuring {
			why.None, brief.None, right = "measuring…", "measuring…", nil
		}
		return []content{{title: "GPU", right: right, charts: []pane.Chart{why}, brief: []pane.Chart{brief}, least: 1}}
	}
	all := make([]content, len(r.GPUs))
	for i := range r.GPUs {
		all[i] = s.gpu(i)
	}
	return all
}

// gpu is that at a place in the reading.
func (s *Screen) gpu(i int) content {
	g := &s.shown.GPUs[i]
	name := fmt.Sprintf("GPU %d", g.Index)
	chart := func(label string, f monitor.Figure, v monitor.Value, top, floor float64, unit func(float64) string, says string) pane.Chart {
		of := monitor.Series{Figure: f, Of: i}
		return pane.Chart{
			Name: label, Values: s.values(of), Top: top, Floor: floor, Unit: unit, Says: says, Flat: top != 100, None: s.none(of, v),
		}
	}
	busy := chart("util", monitor.GPUBusy, g.Util, 100, 0, pane.Percent, value(g.Util, pane.Percent))
	held := chart("mem", monitor.GPUMemory, g.Memory.Share(), 100, 0, pane.Percent, compact(g.Memory))
	busy.Weight, held.Weight = 3, 2
	brief := pane.Shed(strings.Join([]string{value(g.Util, pane.Percent), value(g.Temperature, celsius), value(g.Power, watts)}, " · "), 22)
	return content{
		title: strings.TrimSpace(name + " · " + termsafe.Line(g.Name)),
		right: []string{value(g.Util, pane.Percent), value(g.Temperature, celsius), value(g.Power, watts), value(g.Clock, megahertz)},
		charts: []pane.Chart{
			busy, held,
			chart("power", monitor.GPUPower, g.Power, g.PowerLimit.N, 100, shortly(watts), value(g.Power, watts)),
			chart("temp", monitor.GPUTemperature, g.Temperature, maxHeat, 0, shortly(celsius), value(g.Temperature, celsius)),
			chart("clock", monitor.GPUClock, g.Clock, 0, 1000, short, value(g.Clock, megahertz)),
		},
		named: true,
		brief: []pane.Chart{as(busy, fmt.Sprintf("GPU%d", g.Index), brief), as(held, "VRAM", usage(g.Memory))},
		least: 2, weight: 3,
	}
}

// maxHeat is the top of the scale of temperatures, in degrees: GPUs slow down before it.
const maxHeat = 110

// compact is a usage in a few cells: 49.2/85.5 GB.
func compact(u monitor.Usage) string {
	all := usage(u)
	used, total, both := strings.Cut(all, " / ")
	number, unit, _ := strings.Cut(used, " ")
	if both && strings.HasSuffix(total, " "+unit) {
		return number + "/" + total
	}
	return strings.Replace(all, " / ", "/", 1)
}

// shortly is a format without its blank: 700W.
func shortly(format func(float64) string) func(float64) string {
	return func(n float64) string { return strings.Replace(format(n), " ", "", 1) }
}

func celsius(n float64) string   { return fmt.Sprintf("%.0f °C", n) }
func watts(n float64) string     { return fmt.Sprintf("%.0f W", n) }
func megahertz(n float64) string { return pane.Count(int(n)) + " MHz" }
