// Package measure sums up values that come one by one, such as how long replies took,
// so that what several minutes or several programs counted can be joined:
//
//	var f measure.Figures
//	f.Add(0.25)
//	f.Add(4)
//	f.Join(another)
//	p95 := f.Percentile(0.95)
//
// Count, sum, smallest and largest are exact. A percentile is at most 5 % off: values
// are counted in buckets of which each reaches 1.1 times as far as the one before. To
// join figures, in whatever order, gives what one who had seen all values would have.
//
// A Figures holds no lock: whoever shares it guards it.
package measure

import (
	"maps"
	"math"
	"slices"
	"time"
)

const (
	// growth is how much further a bucket reaches than the one before it.
	growth = 1.1
	// logGrowth is its natural logarithm, which a test holds to it.
	logGrowth = 0.09531017980432493
	// minBucket and maxBucket bound the buckets: a billionth and 3e16 are the ends of
	// what can be told apart. What is below, as 0 is, counts in the first.
	minBucket, maxBucket = -220, 400
)

// Figures sum up values. The zero Figures is of no value.
type Figures struct {
	Count    uint64
	Sum      float64
	Min, Max float64        // 0 where Count is
	buckets  map[int]uint64 // how many values are in each; nil if only counted
}

// Add takes a value, which must be finite and not negative.
func (f *Figures) Add(v float64) {
	f.Raise(v)
	if f.buckets == nil {
		f.buckets = map[int]uint64{}
	}
	f.buckets[bucketOf(v)]++
}

// Raise takes a value of which no percentile will be asked, as of a counter.
func (f *Figures) Raise(v float64) {
	if f.Count == 0 {
		f.Min, f.Max = v, v
	}
	f.Count++
	f.Sum += v
	f.Min, f.Max = min(f.Min, v), max(f.Max, v)
}

// Join takes all that other had taken.
func (f *Figures) Join(other Figures) {
	if other.Count == 0 {
		return
	}
	if f.Count == 0 {
		f.Min, f.Max = other.Min, other.Max
	}
	f.Count += other.Count
	f.Sum += other.Sum
	f.Min, f.Max = min(f.Min, other.Min), max(f.Max, other.Max)
	if f.buckets == nil && other.buckets != nil {
		f.buckets = make(map[int]uint64, len(other.buckets))
	}
	for b, n := range other.buckets {
		f.buckets[b] += n
	}
}

// Mean is the mean of the values; 0 if there are none.
func (f *Figures) Mean() float64 {
	if f.Count == 0 {
		return 0
	}
	return f.Sum / float64(f.Count)
}

// Percentile is the value below which a share of the values lies, from 0 to 1, at most
// 5 % off; 0 if the values were only counted.
func (f *Figures) Percentile(share float64) float64 {
	var all uint64
	for _, n := range f.buckets {
		all += n
	}
	if all == 0 {
		return 0
	}
	rank := uint64(math.Ceil(share * float64(all)))
	var seen uint64
	for _, b := range f.sorted() {
		if seen += f.buckets[b]; seen >= max(rank, 1) {
			return min(max(middle(b), f.Min), f.Max)
		}
	}
	return f.Max
}

// UpTo counts the values up to each of the bounds, as Bound gives them, in their order.
func (f *Figures) UpTo(bounds []int) []uint64 {
	counts := make([]uint64, len(bounds))
	for b, n := range f.buckets {
		for i, bound := range bounds {
			if b <= bound {
				counts[i] += n
			}
		}
	}
	return counts
}

// Bound is the largest value of a bucket.
func Bound(bucket int) float64 { return math.Pow(growth, float64(bucket)) }

func (f *Figures) sorted() []int { return slices.Sorted(maps.Keys(f.buckets)) }

func bucketOf(v float64) int {
	if v <= 0 {
		return minBucket
	}
	return min(max(int(math.Ceil(math.Log(v)/logGrowth)), minBucket), maxBucket)
}

// middle is as far, in proportion, from one end of a bucket as from the other.
func middle(bucket int) float64 {
	if bucket == minBucket {
		return 0
	}
	return 2 * Bound(bucket) / (1 + growth)
}

// Row is what became of one series in one stretch of time.
type Row struct {
	Series string        // its name, with its label: `aimo3_samples_total{outcome="failed"}`
	At     time.Time     // when the stretch begins
	Span   time.Duration // how long it is
	Figures
}
