package phrase

import (
	"fmt"
	"strings"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// Link says in a few words how the connection to a server is.
func Link(l engine.Link, now time.Time) string {
	_, at, _ := strings.Cut(l.Address, "://")
	switch l.State {
	case engine.LinkConnecting:
		return "connecting to " + at
	case engine.LinkConnected:
		return "at " + at
	case engine.LinkGone:
		return at + " refuses"
	case engine.LinkLost:
	}
	if left := l.Until.Sub(now); left > 0 {
		return fmt.Sprintf("%s lost, again in %d s", at, int((left+time.Second-1)/time.Second))
	}
	return at + " lost, asking again"
}
