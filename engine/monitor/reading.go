package monitor

import "time"

// Reading is the state of this machine, and of the model server, at one moment.
type Reading struct {
	At          time.Time
	CPU         Value   // busy share of all cores, percent 0 to 100
	Cores       []Value // the same per core
	Memory      Usage
	Disk        Usage  // of the file system that holds Disk.Of
	DiskFlow    Flow   // what all disks read and write
	Network     Flow   // what comes from the model server, and what goes to it
	Tokens      Value  // a second, of all samples; set by who hears them
	Self        Self   // this program
	GPUs        []GPU  // empty if there is none to read; then NoGPU says why
	NoGPU       string // for a person: "no nvidia-smi, no AMD card"
	GPUsPending bool   // not every maker's tool has answered yet: there may be more GPUs
	Loaded      []Loaded
	NoLoad      string // why Loaded could not be read; "" if it could
	Remote      bool   // the model server runs elsewhere: GPUs here do not serve it
}

// Value is a number that may be missing, and then says why.
type Value struct {
	N       float64
	Missing string // "" if N holds
}

// Usage is a part of a whole, in bytes.
type Usage struct {
	Of          string // what it is of, such as a path; may be empty
	Used, Total uint64
	Missing     string // "" if the figures hold
}

// Flow is how much goes each way, in bytes a second.
type Flow struct{ In, Out Value }

// Self is what this program uses, with the processes of its sandbox.
type Self struct {
	CPU     Value  // percent of one core
	RSS     uint64 // resident memory, bytes
	Missing string
}

// GPU is one accelerator.
type GPU struct {
	Index       int
	Name        string
	Util        Value // percent 0 to 100
	Memory      Usage
	Shared      bool  // Memory is main memory, at least in part
	Temperature Value // degrees Celsius
	Power       Value // watts
	PowerLimit  Value // watts
	Clock       Value // megahertz, of its processors
	MemoryClock Value // megahertz
}

// Loaded is a model that the server holds in memory now.
type Loaded struct {
	Name    string
	Size    int64 // bytes in all
	VRAM    int64 // bytes of them on a GPU
	Context int   // window in tokens
	Expires time.Time
}
