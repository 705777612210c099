package python_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/aimo3/aimo3/engine/compute/computetest"
)

func TestAttacks(t *testing.T) {
	if underRace {
		t.Skip("this is about other processes, which the race detector cannot see")
	}
	for _, level := range computetest.Levels(t) {
		t.Run(string(level), func(t *testing.T) {
			e := quick(level)
			if err := e.Available(t.Context()); err != nil {
				t.Skipf("NO PYTHON TO ATTACK: %v", err)
			}
			computetest.Attacks(t, e, computetest.Probe{Code: "6*7", Want: "42"}, append(attacks[:len(attacks):len(attacks)], callAttacks...))
		})
	}
}

// TestAttacksAsAnybody runs the attacks as a user without rights.
func TestAttacksAsAnybody(t *testing.T) {
	if underRace {
		t.Skip("this is about other processes, which the race detector cannot see")
	}
	if os.Getuid() != 0 {
		t.Skip("the attacks were just run as an ordinary user")
	}
	const nobody = 65534
	home, err := os.MkdirTemp("/tmp", "aimo3-nobody-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(home) })
	self, err := os.ReadFile(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(home, "attacks.test")
	if err := os.WriteFile(program, self, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{os.Chmod(home, 0o755), os.Chown(home, nobody, nobody)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.CommandContext(t.Context(), program, "-test.run", "^TestAttacks$", "-test.v")
	cmd.Env = []string{"HOME=" + home, "PATH=/usr/bin:/bin", "TMPDIR=" + home, "AIMO3_SANDBOXES=" + os.Getenv("AIMO3_SANDBOXES")}
	cmd.Dir = home
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	out, err := cmd.CombinedOutput()
	passed := strings.Count(string(out), "    --- PASS: TestAttacks/") // each level is one too
	if err != nil || passed < len(computetest.Levels(t))*(1+len(attacks)+len(callAttacks)) {
		t.Errorf("as nobody: %v, %d passed\n%s", err, passed, failures(string(out)))
	}
	t.Logf("%d attacks as nobody", passed)
}

func failures(out string) string {
	var b strings.Builder
	for line := range strings.Lines(out) {
		if !strings.Contains(line, "=== RUN") && !strings.Contains(line, "--- PASS") {
			b.WriteString(line)
		}
	}
	return b.String()
}
