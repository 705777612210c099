package measure

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"
)

// Summary is one series over a stretch of time.
type Summary struct {
	Series string
	Figures
	// Trend is, of equal parts of the stretch, the sum of a total and the mean of any
	// other series; NaN where a part has no values.
	Trend []float64
	parts []Figures
}

// Over gathers rows into what their series were from one time to another.
type Over struct {
	from, until time.Time
	parts       int
	series      map[string]*Summary
}

// NewOver returns an Over whose trends have so many parts.
func NewOver(from, until time.Time, parts int) *Over {
	return &Over{from: from, until: until, parts: parts, series: map[string]*Summary{}}
}

// Add takes a row, whose values count as those of the time at which it begins.
func (o *Over) Add(r Row) {
	s := o.series[r.Series]
	if s == nil {
		s = &Summary{Series: r.Series, parts: make([]Figures, o.parts)}
		o.series[r.Series] = s
	}
	s.Join(r.Figures)
	part := int(float64(o.parts) * float64(r.At.Sub(o.from)) / float64(max(o.until.Sub(o.from), 1)))
	p := &s.parts[min(max(part, 0), o.parts-1)]
	p.Count += r.Count
	p.Sum += r.Sum
}

// Summaries are the series in the order of their names.
func (o *Over) Summaries() []Summary {
	all := make([]Summary, 0, len(o.series))
	for _, s := range o.series {
		done := *s
		for _, p := range s.parts {
			v := math.NaN()
			switch {
			case Total(s.Series):
				v = p.Sum
			case p.Count > 0:
				v = p.Mean()
			}
			done.Trend = append(done.Trend, v)
		}
		all = append(all, done)
	}
	slices.SortFunc(all, func(a, b Summary) int { return cmp.Compare(a.Series, b.Series) })
	return all
}

// Total says whether a series counts something, by its name.
func Total(series string) bool {
	name, _, _ := strings.Cut(series, "{")
	return strings.HasSuffix(name, "_total")
}
