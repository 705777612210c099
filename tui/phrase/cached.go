package phrase

import (
	"fmt"
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
