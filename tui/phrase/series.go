package phrase

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/aimo3/aimo3/engine/measure"
)

// SeriesName is a series to read, as "phase thinking" for the name
// aimo3_phase_seconds with that label, and the unit that its name says.
func SeriesName(series string) (name, unit string) {
	name, label, _ := strings.Cut(strings.TrimPrefix(series, "aimo3_"), "{")
	for ending, of := range map[string]string{"_seconds": "s", "_bytes": "B", "_total": "", "_ratio": "%", "_watts": "W", "_celsius": "°C"} {
		if short, ok := strings.CutSuffix(name, ending); ok {
			name, unit = short, of
			break
		}
	}
	if _, value, ok := strings.Cut(strings.TrimSuffix(label, `"}`), `="`); ok {
		name += " " + value
	}
	return strings.ReplaceAll(name, "_", " "), unit
}

// areas are how the names of series begin, in the order in which they are shown: what
// belongs together stands together.
var areas = [...]string{"attempt", "sample", "running_sample", "phase", "first_token", "token", "fault", "retr", "breaker", "cell", "sandbox", "cache", "store", "lost", "server", "failed", "request", "check", "audit", "machine", "gpu", "memory", "goroutine"}

// ByArea sorts series so that those of one area stand together; ones that are not known
// come last.
func ByArea(all []measure.Summary) {
	rank := func(s measure.Summary) int {
		name := strings.TrimPrefix(s.Series, "aimo3_")
		i := slices.IndexFunc(areas[:], func(area string) bool { return strings.HasPrefix(name, area) })
		if i < 0 {
			return len(areas)
		}
		return i
	}
	slices.SortFunc(all, func(a, b measure.Summary) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Series, b.Series))
	})
}

// Quantity is a value in few digits with its unit: 340ms, 1.2s, 12.5k, 84MB. With the
// unit of percent, the value is a part of one.
func Quantity(v float64, unit string) string {
	switch {
	case unit == "%":
		return digits(v*100) + unit
	case unit == "s" && v >= 60:
		return strings.ReplaceAll(Took(time.Duration(v*float64(time.Second))), " ", "")
	case unit == "s" && v < 1:
		return digits(v*1000) + "ms"
	case v >= 1e9:
		return digits(v/1e9) + "G" + unit
	case v >= 1e6:
		return digits(v/1e6) + "M" + unit
	case v >= 1e4:
		return digits(v/1e3) + "k" + unit
	}
	return digits(v) + unit
}

// Took is a length of time to read: 0.4 s, 12.3 s, 4 m 05 s, 1 h 02 m.
func Took(d time.Duration) string {
	switch {
	case d < 0:
		return "0.0 s"
	case d < time.Minute:
		return fmt.Sprintf("%.1f s", d.Truncate(100*time.Millisecond).Seconds())
	case d < time.Hour:
		return fmt.Sprintf("%d m %02d s", int(d.Minutes()), int(d.Seconds())%60)
	}
	return fmt.Sprintf("%d h %02d m", int(d.Hours()), int(d.Minutes())%60)
}

// digits is a number with three digits that count, or all before the point.
func digits(v float64) string {
	switch {
	case v == math.Trunc(v) || v >= 100:
		return fmt.Sprintf("%.0f", v)
	case v >= 10:
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.2f", v)
}

// Trend draws values in one line, the highest fills its cell; a hole is where there is
// none.
func Trend(values []float64) string {
	steps, top := []rune("▁▂▃▄▅▆▇█"), 0.0
	for _, v := range values {
		if v > top {
			top = v
		}
	}
	var out strings.Builder
	for _, v := range values {
		switch {
		case math.IsNaN(v):
			out.WriteByte('.')
		case top == 0:
			out.WriteRune(steps[0])
		default:
			out.WriteRune(steps[min(int(v/top*float64(len(steps))), len(steps)-1)])
		}
	}
	return out.String()
}
