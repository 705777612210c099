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
	for _, k := range fromZero {
		m.at(k.of, k.label)
	}
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
