package launcher

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestPrivileges looks at a process in the sandbox from outside.
func TestPrivileges(t *testing.T) {
	best, why := Probe()
	if best == None {
		t.Skipf("NOTHING CONTAINS CODE HERE: %s", why)
	}
	levels := []Level{best}
	if _, err := exec.LookPath("bwrap"); err == nil && best == Landlock {
		levels = append(levels, Bubblewrap)
	}
	want := []string{"CapInh:\t0000000000000000", "CapPrm:\t0000000000000000", "CapEff:\t0000000000000000", "CapAmb:\t0000000000000000", "NoNewPrivs:\t1", "Seccomp:\t2", "Seccomp_filters:\t1"}
	if os.Getuid() == 0 {
		want = append(want, "CapBnd:\t0000000000000000")
	}
	for _, level := range levels {
		out, in, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		defer out.Close()
		child, err := Sandbox{Level: level}.Start("/bin/sh", []string{"-c", "echo ready >&3; while :; do :; done"}, in)
		_ = in.Close()
		if err != nil {
			t.Fatal(err)
		}
		defer child.Kill()
		if said, err := bufio.NewReader(out).ReadString('\n'); err != nil {
			t.Fatal(said, err, child.Err())
		}
		status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", child.pid))
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range want {
			if !strings.Contains(string(status), "\n"+line+"\n") {
				t.Errorf("%s: no %q in\n%s", level, line, status)
			}
		}
		if n := threads(child.pid); n != 1 {
			t.Errorf("%s: it has %d threads", level, n)
		}
	}
}
