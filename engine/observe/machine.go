package observe

import (
	"strconv"

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
	m, kept = map[monitor.Figure]measured{
		monitor.CPUBusy:        {machineCPU, percent},
		monitor.MemoryUsed:     {machineMemory, percent},
		monitor.DiskUsed:       {machineDisk, percent},
		monitor.GPUBusy:        {gpuBusy, percent},
		monitor.GPUMemory:      {gpuMemory, percent},
		monitor.GPUPower:       {gpuPower, 1},
		monitor.GPUTemperature: {gpuTemperature, 1},
	}[f]
	return m, kept
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

// MachineSeries is the name under which a series of the machine is measured; kept is
// false if it is not.
func MachineSeries(s monitor.Series) (name string, kept bool) {
	to, kept := measuredOf(s.Figure)
	if !kept || s.Of >= maxGPUs {
		return "", false
	}
	k := key{of: to.of}
	if families[to.of].label != "" {
		k.label = strconv.Itoa(s.Of)
	}
	return k.String(), true
}
