// Package pythontest asks Python's mathematics, to check ours by other people's
// code.
package pythontest

import (
	"bytes"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// Ask runs a program over lines of input and returns the lines it prints. Where
// there is no python3 with SymPy the test is skipped, or fails if
// AIMO3_SHARED=required.
func Ask(t *testing.T, program string, lines []string) []string {
	t.Helper()
	skip := t.Skipf
	if os.Getenv("AIMO3_SHARED") == "required" {
		skip = t.Fatalf
	}
	if err := exec.CommandContext(t.Context(), "python3", "-c", "import sympy, mpmath").Run(); err != nil {
		skip("SKIPPED: no python3 with SymPy, which checks this independently: %v", err)
	}
	cmd := exec.CommandContext(t.Context(), "python3", "-c", program)
	cmd.Stdin = strings.NewReader(strings.Join(lines, "\n") + "\n")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("python3: %v\n%s", err, stderr.Bytes())
	}
	return strings.Split(strings.TrimSpace(string(out)), "\n")
}
