package phrase

import (
	"fmt"
	"strings"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// Cached says of a verdict that was kept that it was, and how old it is: "cached
// 2 h ago", and elsewhere if its attempt is not stored here.
func Cached(c engine.Cached) string {
	text := "cached " + Ago(c.Age)
	if !c.Here {
		text += " elsewhere"
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
