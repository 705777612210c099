package observe

import (
	"cmp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/measure"
)

// kind is what the values of a family are.
type kind int

const (
	counter kind = iota // each adds to a total
	gauge               // what is so now; looked at once a minute
	spread              // each is one of many, of which percentiles tell
	level               // what is so now; told again and again, and all of it is kept
)

// family is the series of one name: the number of its row in families.
type family int

// The families.
const (
	attempts family = iota
	attemptSeconds
	samples
	faults
	phaseSeconds
	inPhase
	firstSeconds
	tokens
	tokenRate
	retries
	breakers
	breakerMoves
	cacheLooks
	commitSeconds
	cells
	cellSeconds
	sandboxKills
	lostEvents
	memory
	goroutines
	machineCPU
	machineMemory
	machineDisk
	gpuBusy
	gpuMemory
	gpuPower
	gpuTemperature
)

// families say what each is. Durations are in seconds, sizes in bytes.
var families = [...]struct {
	name, help string
	kind       kind
	label      string // the name of its label; "" if it has none
}{
	attempts:       {"aimo3_attempts_total", "Attempts that ended, by why.", counter, "outcome"},
	attemptSeconds: {"aimo3_attempt_seconds", "How long attempts took.", spread, ""},
	samples:        {"aimo3_samples_total", "Samples that ended, by how.", counter, "outcome"},
	faults:         {"aimo3_faults_total", "Samples that failed, by the class of the fault.", counter, "class"},
	phaseSeconds:   {"aimo3_phase_seconds", "How long samples stayed in a phase.", spread, "phase"},
	inPhase:        {"aimo3_running_samples", "Samples that run now, by phase.", gauge, "phase"},
	firstSeconds:   {"aimo3_first_token_seconds", "From asking for a reply to its first text.", spread, ""},
	tokens:         {"aimo3_tokens_total", "Tokens generated, as the server counted them; of samples that failed or were stopped, as they were heard.", counter, ""},
	tokenRate:      {"aimo3_tokens_per_second", "Speed of generation of replies that ended.", spread, ""},
	retries:        {"aimo3_retries_total", "Replies that were asked for again, by the class of the fault.", counter, "class"},
	breakers:       {"aimo3_breakers", "Breakers by state.", gauge, "state"},
	breakerMoves:   {"aimo3_breaker_changes_total", "Changes of breakers, by the state that followed.", counter, "state"},
	cacheLooks:     {"aimo3_cache_lookups_total", "Lookups of verdicts, by the tier that had one; none if none had.", counter, "tier"},
	commitSeconds:  {"aimo3_store_commit_seconds", "How long transactions of the store took, with their sync.", spread, ""},
	cells:          {"aimo3_cells_total", "Cells that ran, by how they ended.", counter, "outcome"},
	cellSeconds:    {"aimo3_cell_seconds", "How long cells ran.", spread, ""},
	sandboxKills:   {"aimo3_sandbox_kills_total", "Cells whose session had to be ended.", counter, ""},
	lostEvents:     {"aimo3_lost_events_total", "Gaps in event numbers; should be 0.", counter, ""},
	memory:         {"aimo3_memory_bytes", "Memory that the Go runtime holds.", gauge, ""},
	goroutines:     {"aimo3_goroutines", "Goroutines of this program.", gauge, ""},
	machineCPU:     {"aimo3_machine_cpu_ratio", "How busy all cores of the machine are.", level, ""},
	machineMemory:  {"aimo3_machine_memory_ratio", "How full the machine's memory is.", level, ""},
	machineDisk:    {"aimo3_machine_disk_ratio", "How full the disk with the database is.", level, ""},
	gpuBusy:        {"aimo3_gpu_busy_ratio", "How busy a GPU is.", level, "gpu"},
	gpuMemory:      {"aimo3_gpu_memory_ratio", "How full the memory of a GPU is.", level, "gpu"},
	gpuPower:       {"aimo3_gpu_power_watts", "Power that a GPU draws.", level, "gpu"},
	gpuTemperature: {"aimo3_gpu_temperature_celsius", "Temperature of a GPU.", level, "gpu"},
}

// Options say where the time is from.
type Options struct {
	Now func() time.Time // if nil, time.Now
}

// Metrics are the figures of this program.
type Metrics struct {
	now func() time.Time

	mu       sync.Mutex
	series   map[key]*series
	breakers map[string]engine.BreakerState // by host and model
}

// key is one series.
type key struct {
	of    family
	label string
}

// series is what is known of one.
type series struct {
	total measure.Figures // since the program began
	since measure.Figures // since it was last written down
	now   float64         // of a gauge
}

// New returns Metrics that nothing has been told.
func New(o Options) *Metrics {
	m := &Metrics{now: o.Now, series: map[key]*series{}, breakers: map[string]engine.BreakerState{}}
	if m.now == nil {
		m.now = time.Now
	}
	m.at(lostEvents, "") // shown from the beginning, so that 0 can be seen
	return m
}

// at is the series of a family and a label; m.mu is held, or m is not shared yet.
func (m *Metrics) at(f family, label string) *series {
	k := key{f, label}
	s := m.series[k]
	if s == nil {
		s = new(series)
		m.series[k] = s
	}
	return s
}

// add takes one value of a counter or a spread.
func (m *Metrics) add(f family, label string, v float64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.addLocked(f, label, v)
}

func (m *Metrics) addLocked(f family, label string, v float64) {
	v = max(v, 0) // a clock that was set back
	s := m.at(f, label)
	switch families[f].kind {
	case counter:
		s.total.Raise(v)
		s.since.Raise(v)
		return
	case level:
		s.now = v
		s.since.Add(v)
		return
	case gauge, spread:
	}
	s.total.Add(v)
	s.since.Add(v)
}

// move changes a gauge.
func (m *Metrics) move(f family, label string, by float64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.at(f, label).now += by
}

// Committed takes how long a transaction of the store took.
func (m *Metrics) Committed(took time.Duration) { m.add(commitSeconds, "", took.Seconds()) }

// Looked takes which tier had a verdict that was looked for; "" if none had.
func (m *Metrics) Looked(tier string) {
	tier, _, _ = strings.Cut(cmp.Or(tier, "none"), " at ") // an address is no label
	m.add(cacheLooks, strings.ToLower(strings.TrimPrefix(tier, "the ")), 1)
}

// breakerStates are those that there are; others would be of a newer program.
var breakerStates = []engine.BreakerState{engine.BreakerClosed, engine.BreakerOpen, engine.BreakerHalfOpen}

// breakerChanged takes the state of a breaker, of which every attempt tells.
func (m *Metrics) breakerChanged(f engine.BreakerChanged) {
	name := f.Host + " " + f.Model
	m.mu.Lock()
	defer m.mu.Unlock()
	was, known := m.breakers[name]
	if was == f.State || !slices.Contains(breakerStates, f.State) {
		return
	}
	if !known && len(m.breakers) >= maxBreakers {
		clear(m.breakers)
	}
	m.breakers[name] = f.State
	for _, state := range breakerStates {
		m.at(breakers, string(state)).now = 0
	}
	for _, state := range m.breakers {
		m.at(breakers, string(state)).now++
	}
	m.addLocked(breakerMoves, string(f.State), 1)
}

// maxBreakers is how many are known at once; nobody has as many servers and models.
const maxBreakers = 256

// look brings the gauges of this process up to now; m.mu is held.
func (m *Metrics) look() {
	var s runtime.MemStats
	runtime.ReadMemStats(&s)
	m.at(memory, "").now = float64(s.Sys - s.HeapReleased)
	m.at(goroutines, "").now = float64(runtime.NumGoroutine())
}

// sorted are the series in the order of their names; m.mu is held.
func (m *Metrics) sorted() []key {
	all := make([]key, 0, len(m.series))
	for k := range m.series {
		all = append(all, k)
	}
	slices.SortFunc(all, func(a, b key) int {
		return cmp.Or(cmp.Compare(families[a.of].name, families[b.of].name), cmp.Compare(a.label, b.label))
	})
	return all
}

// String is the series as Prometheus writes it. Labels hold no quotes.
func (k key) String() string {
	f := families[k.of]
	if f.label == "" {
		return f.name
	}
	return f.name + "{" + f.label + `="` + k.label + `"}`
}
