package live

import (
	"time"

	"github.com/aimo3/aimo3/engine"
)

// speeds are the tokens that a sample generated in each stretch of its time.
type speeds struct {
	begun  time.Time // of its first text
	each   time.Duration
	counts []int
}

// maxStretches is how many stretches are kept: where there were more, two become one.
const maxStretches = 256

// stretch is the number of the stretch that a time is in.
func (v *speeds) stretch(at time.Time) int { return int(at.Sub(v.begun) / v.each) }

// add takes in tokens that came at a time.
func (v *speeds) add(at time.Time, tokens int) {
	if v.begun.IsZero() {
		v.begun, v.each = at, time.Second
	}
	n := max(v.stretch(at), 0)
	for ; n >= maxStretches; n = max(v.stretch(at), 0) {
		for i := range (len(v.counts) + 1) / 2 {
			sum := v.counts[2*i]
			if 2*i+1 < len(v.counts) {
				sum += v.counts[2*i+1]
			}
			v.counts[i] = sum
		}
		v.counts, v.each = v.counts[:(len(v.counts)+1)/2], 2*v.each
	}
	for len(v.counts) <= n {
		v.counts = append(v.counts, 0)
	}
	v.counts[n] += tokens
}

// until are the tokens a second of every stretch that is over at a time, in at most n parts,
// the latest last.
func (v *speeds) until(at time.Time, n int) []float64 {
	if v.begun.IsZero() || n <= 0 {
		return nil
	}
	over := max(v.stretch(at), 0)
	per := (over + n - 1) / n
	var all []float64
	for from := 0; from < over; from += per {
		sum, to := 0, min(from+per, over)
		for i := from; i < min(to, len(v.counts)); i++ {
			sum += v.counts[i]
		}
		all = append(all, float64(sum)/(float64(to-from)*v.each.Seconds()))
	}
	return all
}

// timed takes in what an event says of how fast a sample is.
func (s *Screen) timed(e engine.Event) {
	switch f := e.Fact.(type) {
	case engine.SampleStarted: // what it said before is void
		*s.speed(f.Sample) = speeds{}
	case engine.Delta:
		s.speed(f.Sample).add(e.At, f.Frames)
	}
}

// speed is that of sample i; a stranger's is thrown away.
func (s *Screen) speed(i int) *speeds {
	if i < 0 || i >= len(s.samples) {
		return &speeds{}
	}
	for len(s.speeds) <= i {
		s.speeds = append(s.speeds, speeds{})
	}
	return &s.speeds[i]
}

// speedsOf are how fast sample i was over its time, up to now while it goes on.
func (s *Screen) speedsOf(i, n int) []float64 {
	p := &s.progress.Samples[i]
	until := p.Latest
	if p.Open() && s.now.After(until) {
		until = s.now
	}
	return s.speed(i).until(until, n)
}
