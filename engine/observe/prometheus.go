package observe

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/aimo3/aimo3/engine/measure"
)

// bounds are the buckets that Prometheus is shown, each reaching about twice as far as
// the one before, from a thousandth to 9000: of seconds, and of tokens a second.
var bounds = []int{-72, -64, -56, -48, -40, -32, -24, -16, -8, 0, 8, 16, 24, 32, 40, 48, 56, 64, 72, 80, 88, 96}

// Handler shows all series in the form that Prometheus reads, from a registry of their
// own.
func (m *Metrics) Handler() http.Handler {
	r := prometheus.NewRegistry()
	r.MustRegister(collector{m})
	return promhttp.HandlerFor(r, promhttp.HandlerOpts{})
}

// collector hands the series to Prometheus as they are when it asks.
type collector struct{ of *Metrics }

// Describe says nothing, since which series there are is not known before.
func (collector) Describe(chan<- *prometheus.Desc) {}

// Collect sends every series.
func (c collector) Collect(to chan<- prometheus.Metric) {
	m := c.of
	m.mu.Lock()
	defer m.mu.Unlock()
	m.look()
	for _, k := range m.sorted() {
		f, s := families[k.of], m.series[k]
		var names, labels []string
		if f.label != "" {
			names, labels = []string{f.label}, []string{k.label}
		}
		desc := prometheus.NewDesc(f.name, f.help, names, nil)
		switch f.kind {
		case counter:
			to <- prometheus.MustNewConstMetric(desc, prometheus.CounterValue, s.total.Sum, labels...)
		case gauge, level:
			to <- prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, s.now, labels...)
		case spread:
			upTo := make(map[float64]uint64, len(bounds))
			for i, n := range s.total.UpTo(bounds) {
				upTo[measure.Bound(bounds[i])] = n
			}
			to <- prometheus.MustNewConstHistogram(desc, s.total.Count, s.total.Sum, upTo, labels...)
		}
	}
}
