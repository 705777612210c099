// Package monitor reads the machine: processors, memory, disk, graphics cards,
// this program itself, and what the model server holds in memory. A figure that
// cannot be read is never made up; its place says why it is missing.
//
// [New] makes a [Monitor] by [Options], and its Run takes a [Reading] each second until
// its context ends. Only the newest waits for whoever asks next, so a slow reader
// misses readings and holds nothing up. [Look] takes one reading without a Monitor. [Hour]
// keeps the figures of an hour for graphs; [Processes] lists the processes that matter,
// which costs more than the rest and so is done only while somebody looks.
//
// What can hang, such as a disk, a graphics card's tool or the model server, is read
// beside the readings, with a timeout. Until such a figure comes its place says
// [Measuring]; an older one stands in for it for five seconds, and then it is missing.
// Functions in Options that are called for each reading must not block.
package monitor

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"runtime"
	"sync"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// Measuring is the Missing of a figure that is only not there yet.
const Measuring = "measuring"

// ErrNoServer is what Options.Load fails with where there is no server to ask; what it
// says is then Reading.NoLoad.
var ErrNoServer = errors.New("no model server answers")

const (
	defaultPause = time.Second
	minPause     = 250 * time.Millisecond
	maxAge       = 5 * time.Second // how long a figure may stand in for a newer one
	stopTimeout  = 2 * time.Second // for what was started to end
	loadTimeout  = time.Second
	loadInterval = 900 * time.Millisecond // under a second, so that no tick of one second falls just short
)

// Options say what a Monitor reads. The zero value reads this machine alone.
type Options struct {
	// DiskOf is a path whose file system is read; it need not exist yet.
	// If empty, Reading.Disk is missing.
	DiskOf string
	// Every is the time from one reading to the next: if zero, one second;
	// never under 250 ms.
	Every time.Duration
	// Load asks the model server what it holds in memory. It is called away from
	// the readings, one call at a time, and has to end when its context does.
	// If nil, there is no server to ask.
	Load func(context.Context) ([]Loaded, error)
	// Remote reports whether the model server runs elsewhere. It is called for
	// every reading and must not block. If nil, the server runs here.
	Remote func() bool
	// Children gives the numbers of the processes that count with this program, such
	// as those of a sandbox. It is called for every reading and must not block. If
	// nil, there are none.
	Children func() []int
	// Traffic gives the bytes that came from the model servers, and that went to them,
	// since the program began. It is called for every reading and must not block. If nil,
	// Reading.Network is missing.
	Traffic func() (received, sent uint64)
	// NvidiaSMI is the program to run; if empty, nvidia-smi on PATH.
	NvidiaSMI string
	// Sys is the kernel's view of the devices; if nil, /sys.
	Sys fs.FS
}

// Monitor takes readings of the machine while its Run runs.
type Monitor struct {
	every  time.Duration
	remote func() bool
	host   *host
	own    own
	diskOf string
	disk   *probe[Usage]
	sys    fs.FS

	traffic           func() (received, sent uint64)
	diskFlow, network flow

	load  *probe[[]Loaded]
	cards *cards

	newest  chan Reading // holds one; only Run sends
	ended   chan struct{}
	started sync.WaitGroup
}

// New returns a Monitor that reads nothing before Run.
func New(o Options) *Monitor {
	if o.Every == 0 {
		o.Every = defaultPause
	}
	if o.Sys == nil {
		o.Sys = os.DirFS("/sys")
	}
	if o.NvidiaSMI == "" {
		o.NvidiaSMI = "nvidia-smi"
	}
	m := &Monitor{
		every:  max(o.Every, minPause),
		remote: o.Remote,
		diskOf: o.DiskOf,
		host:   newHost(o.Sys),
		own:    own{pid: os.Getpid(), children: o.Children},
		cards:  newCards(runtime.GOOS, o.NvidiaSMI, o.Sys),
		sys:    o.Sys, traffic: o.Traffic,
		newest: make(chan Reading, 1),
		ended:  make(chan struct{}),
	}
	if o.DiskOf != "" {
		m.disk = &probe[Usage]{read: diskOf(o.DiskOf)}
	}
	if o.Load != nil {
		m.load = &probe[[]Loaded]{read: o.Load, interval: loadInterval, timeout: loadTimeout, say: engine.Hint}
	}
	return m
}

// Run takes readings until ctx ends, the second soon after the first, since some
// figures need two. All it started has ended when it returns; only what hangs
// inside the kernel, such as a read of a dead mount, is left behind after two
// seconds. Run may be called once.
func (m *Monitor) Run(ctx context.Context) {
	defer close(m.ended)
	defer m.await()
	m.cards.start(ctx, m.started.Go)
	tick := time.NewTimer(0)
	defer tick.Stop()
	for pause := minPause; ; pause = m.every {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		m.offer(m.read(ctx))
		tick.Reset(pause)
	}
}

// Next waits for the next reading; ok is false once ctx or Run has ended. Of
// several readings not taken in time only the newest is kept, and each reading
// goes to one caller.
func (m *Monitor) Next(ctx context.Context) (r Reading, ok bool) {
	select {
	case r = <-m.newest:
		return r, true
	case <-m.ended:
	case <-ctx.Done():
	}
	return Reading{}, false
}

func (m *Monitor) read(ctx context.Context) Reading {
	now := time.Now()
	r := Reading{At: now, Memory: m.host.memory(ctx), Self: m.own.read(ctx, now)}
	r.CPU, r.Cores = m.host.processors(ctx)
	r.Disk = m.readDisk(ctx, now)
	read, written, err := diskCounts(ctx, procOf(ctx), m.sys)
	r.DiskFlow, r.Network = m.diskFlow.since(now, read, written, err), m.readNetwork(now)
	r.Tokens = Value{Missing: "no sample is heard"}
	r.GPUs, r.NoGPU, r.GPUsPending = m.cards.read(ctx, now, m.started.Go)
	r.Loaded, r.NoLoad = m.readLoad(ctx, now)
	r.Remote = m.remote != nil && m.remote()
	return r
}

func (m *Monitor) readDisk(ctx context.Context, now time.Time) Usage {
	if m.disk == nil {
		return Usage{Missing: "nothing is saved on disk"}
	}
	u, missing := m.disk.value(ctx, now, m.started.Go)
	u.Of, u.Missing = m.diskOf, missing
	return u
}

func (m *Monitor) readNetwork(now time.Time) Flow {
	if m.traffic == nil {
		return m.network.since(now, 0, 0, errNoTraffic)
	}
	received, sent := m.traffic()
	return m.network.since(now, received, sent, nil)
}

func (m *Monitor) readLoad(ctx context.Context, now time.Time) ([]Loaded, string) {
	if m.load == nil {
		return nil, "no model server to ask"
	}
	loaded, missing := m.load.value(ctx, now, m.started.Go)
	return append([]Loaded(nil), loaded...), missing
}

// offer never blocks: the reading that nobody took makes room.
func (m *Monitor) offer(r Reading) {
	select {
	case <-m.newest:
	default:
	}
	m.newest <- r
}

// await waits for what was started, but not for ever.
func (m *Monitor) await() {
	done := make(chan struct{})
	go func() {
		m.started.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(stopTimeout):
	}
}
