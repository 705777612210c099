package computetest

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine/compute/launcher"
)

// Levels are the means of containment that this machine has, the best first. It
// skips the test loudly where there is none, and fails it where one is missing
// that AIMO3_SANDBOXES demands, such as "landlock,bwrap".
func Levels(t testing.TB) []launcher.Level {
	t.Helper()
	best, why := launcher.Probe()
	all := []launcher.Level{best}
	if _, err := exec.LookPath("bwrap"); err == nil && best == launcher.Landlock {
		all = append(all, launcher.Bubblewrap)
	}
	for want := range strings.SplitSeq(os.Getenv("AIMO3_SANDBOXES"), ",") {
		if want != "" && !slices.Contains(all, launcher.Level(want)) {
			t.Fatalf("AIMO3_SANDBOXES demands %s, and this machine has %v: %s", want, all, why)
		}
	}
	if best == launcher.None {
		t.Skipf("NOTHING CONTAINS CODE HERE: %s", why)
	}
	return all
}
