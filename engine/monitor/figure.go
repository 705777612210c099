package monitor

// Figure is what one number of a Reading says.
type Figure int

// The figures. Shares are percent, 0 to 100; flows are bytes a second.
const (
	CPUBusy        Figure = iota // of all cores
	CoreBusy                     // of one core
	MemoryUsed                   // of main memory
	DiskUsed                     // of the file system
	DiskRead                     // of all disks, a flow
	DiskWritten                  // of all disks, a flow
	Received                     // from the model server, a flow
	Sent                         // to the model server, a flow
	Tokens                       // of all samples, a second
	GPUBusy                      // of one GPU, as all that follow
	GPUMemory                    // share of its memory
	GPUPower                     // watts
	GPUTemperature               // degrees Celsius
	GPUClock                     // megahertz
)

// Series is one figure over time: of the core or the GPU at place Of, counted from 0 in
// Reading.Cores or Reading.GPUs; of what there is once, Of is 0.
type Series struct {
	Figure Figure
	Of     int
}

// Each hands take every number of the reading, missing ones too, in no order that
// matters.
func (r *Reading) Each(take func(Series, Value)) {
	take(Series{Figure: CPUBusy}, r.CPU)
	for i, c := range r.Cores {
		take(Series{CoreBusy, i}, c)
	}
	take(Series{Figure: MemoryUsed}, r.Memory.Share())
	take(Series{Figure: DiskUsed}, r.Disk.Share())
	take(Series{Figure: DiskRead}, r.DiskFlow.In)
	take(Series{Figure: DiskWritten}, r.DiskFlow.Out)
	take(Series{Figure: Received}, r.Network.In)
	take(Series{Figure: Sent}, r.Network.Out)
	take(Series{Figure: Tokens}, r.Tokens)
	for i, g := range r.GPUs {
		take(Series{GPUBusy, i}, g.Util)
		take(Series{GPUMemory, i}, g.Memory.Share())
		take(Series{GPUPower, i}, g.Power)
		take(Series{GPUTemperature, i}, g.Temperature)
		take(Series{GPUClock, i}, g.Clock)
	}
}

// Share is the used part in percent.
func (u Usage) Share() Value {
	switch {
	case u.Missing != "":
		return Value{Missing: u.Missing}
	case u.Total == 0:
		return Value{Missing: "nothing in all"}
	}
	return Value{N: 100 * float64(u.Used) / float64(u.Total)}
}
