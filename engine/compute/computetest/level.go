package computetest

import (
	"os/exec"
	"testing"

	"github.com/aimo3/aimo3/engine/compute/launcher"
)

// Levels are the means of containment that this machine has, the best first. It
// skips the test loudly where there is none.
func Levels(t testing.TB) []launcher.Level {
	t.Helper()
	best, why := launcher.Probe()
	if best == launcher.None {
		t.Skipf("NOTHING CONTAINS CODE HERE: %s", why)
	}
	all := []launcher.Level{best}
	if _, err := exec.LookPath("bwrap"); err == nil && best == launcher.Landlock {
		all = append(all, launcher.Bubblewrap)
	}
	return all
}
