package monitor

import (
	"math"
	"sort"
	"time"
)

const (
	// hourReadings is how many readings are kept: with one a second, those of an hour.
	hourReadings = 3600
	// maxSeries bounds the series, and so the memory, to 15 MB on the largest machines.
	maxSeries = 1024
	// maxHole is for how long a reading stands where no newer one is.
	maxHole = 3 * time.Second
)

// Hour keeps the numbers of the last hour of readings, and nothing else of them:
//
//	var h monitor.Hour
//	h.Add(reading)
//	means := h.Columns(monitor.Series{Figure: monitor.CPUBusy}, now, 5*time.Minute, 80)
//
// It takes 14 KB for each series. The zero Hour is empty. It holds no lock: one goroutine
// uses it.
type Hour struct {
	begun time.Time       // of the first reading
	at    []time.Duration // since then, of each reading kept; a ring
	next  int             // the place of the next reading in it
	of    map[Series][]float32
}

// Add takes the numbers of a reading, which is not older than those before it.
func (h *Hour) Add(r Reading) {
	if h.of == nil {
		h.begun, h.of = r.At, map[Series][]float32{}
	}
	if len(h.at) < hourReadings {
		h.at = append(h.at, 0)
	}
	h.at[h.next] = r.At.Sub(h.begun)
	for _, ring := range h.of {
		ring[h.next] = float32(math.NaN())
	}
	r.Each(func(s Series, v Value) {
		if v.Missing != "" {
			return
		}
		ring := h.of[s]
		if ring == nil {
			if len(h.of) >= maxSeries {
				return
			}
			ring = make([]float32, hourReadings)
			for i := range ring {
				ring[i] = float32(math.NaN())
			}
			h.of[s] = ring
		}
		ring[h.next] = float32(v.N)
	})
	h.next = (h.next + 1) % hourReadings
}

// Has says whether a series has any number.
func (h *Hour) Has(s Series) bool { return h.of[s] != nil }

// Columns divides the time of length long that ends with until into n parts, and gives
// the mean of a series in each, or NaN where there is none; n is at least 1. A part ends
// at a multiple of its length, so that it has the same mean however often it is asked
// for, and a graph moves only by whole columns.
func (h *Hour) Columns(s Series, until time.Time, long time.Duration, n int) []float64 {
	means, counts := make([]float64, n), make([]int, n)
	part := max(long/time.Duration(n), 1)
	last := until.Sub(h.begun)
	from := (last/part+1)*part - part*time.Duration(n)
	held, heldAt := math.NaN(), 0 // the latest mean, and its column
	ring := h.of[s]
	first := sort.Search(len(h.at), func(i int) bool { return h.at[h.place(i)] >= from-maxHole })
	for i := first; i < len(h.at) && ring != nil && h.at[h.place(i)] <= last; i++ {
		at, v := h.at[h.place(i)], float64(ring[h.place(i)])
		switch {
		case math.IsNaN(v):
		case at < from:
			held, heldAt = v, int((at-from)/part)-1
		default:
			column := int((at - from) / part)
			means[column] += v
			counts[column]++
		}
	}
	for i := range means {
		switch {
		case counts[i] > 0:
			means[i] /= float64(counts[i])
			held, heldAt = means[i], i
		case time.Duration(i-heldAt)*part <= maxHole:
			means[i] = held
		default:
			means[i] = math.NaN()
		}
	}
	return means
}

// place is where the i-th oldest reading is.
func (h *Hour) place(i int) int {
	if i += h.next; i >= len(h.at) {
		i -= len(h.at)
	}
	return i
}
