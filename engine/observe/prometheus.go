package observe

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/aimo3/aimo3/engine/measure"
)

// bounds are the buckets that Prometheus is shown, each reaching about twice as far as
// the one before, from a thousandth to 9000: of seconds, and of tokens a second.
var bounds = func() []int {
	var all []int
	for b := -72; b <= 96; b += 8 {
		all = append(all, b)
	}
	return all
}()

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
		var names, labels []string
		if k.of.label != "" {
			names, labels = []string{k.of.label}, []string{k.label}
		}
		desc, s := prometheus.NewDesc(k.of.name, k.of.help, names, nil), m.series[k]
		switch k.of.kind {
		case counter:
			to <- prometheus.MustNewConstMetric(desc, prometheus.CounterValue, s.total.Sum, labels...)
		case gauge:
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
