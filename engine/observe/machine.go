package observe

import (
	"strconv"
	"strings"

	"github.com/aimo3/aimo3/engine/monitor"
)

// maxGPUs bounds the labels of GPUs; those beyond are not measured.
const maxGPUs = 16

// measured is what is kept of the machine: the family of a figure, and what makes a share
// of its percent.
type measured struct {
	of    family
	scale float64
}

// measuredOf says what is kept of a figure, if anything is: cores are too many, and flows
// are of moments.
func measuredOf(f monitor.Figure) (m measured, kept bool) {
	const percent = 0.01
	switch f {
	case monitor.CPUBusy:
		return measured{machineCPU, percent}, true
	case monitor.MemoryUsed:
		return measured{machineMemory, percent}, true
	case monitor.DiskUsed:
		return measured{machineDisk, percent}, true
	case monitor.GPUBusy:
		return measured{gpuBusy, percent}, true
	case monitor.GPUMemory:
		return measured{gpuMemory, percent}, true
	case monitor.GPUPower:
		return measured{gpuPower, 1}, true
	case monitor.GPUTemperature:
		return measured{gpuTemperature, 1}, true
	case monitor.CoreBusy, monitor.DiskRead, monitor.DiskWritten, monitor.Received, monitor.Sent, monitor.Tokens, monitor.GPUClock:
	}
	return measured{}, false
}

// Machine takes a reading of the machine. What is missing in it is not counted as 0.
func (m *Metrics) Machine(r monitor.Reading) {
	r.Each(func(s monitor.Series, v monitor.Value) {
		to, kept := measuredOf(s.Figure)
		if !kept || v.Missing != "" || s.Of >= maxGPUs {
			return
		}
		label := ""
		if families[to.of].label != "" {
			label = strconv.Itoa(s.Of)
		}
		m.add(to.of, label, v.N*to.scale)
	})
}

// MachineSeries is what a series of the store tells of the machine, by its name, and what
// makes the value of a reading of one of its own; is is false if it tells of something
// else.
func MachineSeries(name string) (s monitor.Series, scale float64, is bool) {
	name, label, _ := strings.Cut(name, "{")
	for f := range monitor.GPUClock + 1 {
		to, kept := measuredOf(f)
		if !kept || families[to.of].name != name {
			continue
		}
		if _, of, labelled := strings.Cut(strings.TrimSuffix(label, `"}`), `="`); labelled {
			s.Of, _ = strconv.Atoi(of) // what is no number was measured by no program
		}
		s.Figure = f
		return s, 1 / to.scale, true
	}
	return s, 0, false
}
