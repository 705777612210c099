package phrase

import (
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
)

func TestCached(t *testing.T) {
	for age, want := range map[time.Duration]string{
		-time.Second:                "cached just now",
		59 * time.Second:            "cached just now",
		time.Minute:                 "cached 1 min ago",
		time.Hour - time.Second:     "cached 59 min ago",
		24*time.Hour - 1:            "cached 23 h ago",
		24 * time.Hour:              "cached 1 day ago",
		30*24*time.Hour - time.Hour: "cached 29 days ago",
	} {
		if got := Cached(engine.Cached{Age: age, Here: true}); got != want {
			t.Errorf("%s: %q, want %q", age, got, want)
		}
	}
	if got, want := Cached(engine.Cached{Age: time.Hour}), "cached 1 h ago elsewhere"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
