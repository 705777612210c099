package phrase

import (
	"fmt"
	"strings"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// Cached says of a verdict that was kept that it was, and how old it is: "cached
// 2 h ago", and elsewhere if its attempt is not stored here; and that no server answers,
// if none does.
func Cached(c engine.Cached) string {
	text := "cached " + Ago(c.Age)
	if !c.Here {
		text += " elsewhere"
	}
	if c.NoServer != "" {
		text += ", of a model that cannot be checked now: " + termsafe.Line(c.NoServer)
	}
	return text
}

// CacheHit says in the status line that a verdict was kept, and how old it is.
func CacheHit(c engine.Cached) string { return strings.Replace(Cached(c), "cached", "cache hit,", 1) }

// Ago says how long something is past, in its largest unit.
func Ago(d time.Duration) string {
	switch {
	case d < time.Minute:
		return "just now"
	case d < time.Hour:
		return fmt.Sprintf("%d min ago", int(d.Minutes()))
	case d < 24*time.Hour:
		return fmt.Sprintf("%d h ago", int(d.Hours()))
	case d < 48*time.Hour:
		return "1 day ago"
	}
	return fmt.Sprintf("%d days ago", int(d.Hours())/24)
}

// CacheFigures are the figures of one tier of a cache in words; "-" where there is none.
type CacheFigures struct{ Tier, Entries, Size, Hits, Misses, Rate, Evicted string }

// Figured puts the figures of a tier into words. Of one that cannot be used there are
// none.
func Figured(f engine.CacheFigures) CacheFigures {
	if f.Fault != "" {
		return CacheFigures{termsafe.Line(f.Tier), "-", "-", "-", "-", "-", "-"}
	}
	count := func(n uint64) string { return Thousands(int(n)) } //nolint:gosec // a count
	w := CacheFigures{termsafe.Line(f.Tier), Thousands(f.Entries), Size(f.Bytes), count(f.Hits), count(f.Misses), "-", count(f.Evictions)}
	if f.MaxBytes > 0 {
		w.Size += " of " + Size(f.MaxBytes)
	}
	if f.Hits+f.Misses > 0 {
		w.Rate = fmt.Sprintf("%.0f %%", 100*f.HitRate())
	}
	return w
}
