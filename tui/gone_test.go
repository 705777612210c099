//go:build linux

package tui

import (
	"os"
	"os/exec"
	"testing"
)

// TestEndsWithItsTerminal also where the signal that tells of it is ignored, as under nohup:
// without a terminal no key would end it, and nobody would see it.
func TestEndsWithItsTerminal(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("SKIPPED: no sh to ignore SIGHUP for the app")
	}
	cmd := exec.CommandContext(t.Context(), sh, "-c", `trap "" HUP; exec "$0"`, os.Args[0])
	cmd.Env = append(os.Environ(), fate+"="+streaming, "TERM=xterm-256color", "TMUX=")
	p := startIn(t, cmd, 80, 24)
	look(p, 80, 24).until(t, "Sample 1 of")
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); cmd.ProcessState == nil || !cmd.ProcessState.Exited() {
		t.Fatal(err)
	}
}
