//go:build linux

package tui

import (
	"bufio"
	"context"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// TestTheShellIsOneKeyAway stops the app in a real terminal and goes on with it: the shell
// has a sane terminal in between, and the app is drawn anew and hears keys after.
func TestTheShellIsOneKeyAway(t *testing.T) {
	script, err := exec.LookPath("script")
	if err != nil {
		t.Skip("SKIPPED: no script(1) to make a terminal with: how the app is stopped in one is untested")
	}
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("SKIPPED: no shell that knows jobs: how the app is stopped is untested")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), hang)
	defer cancel()
	cmd := exec.CommandContext(ctx, script, "-qec", "stty rows 30 cols 100; exec "+bash+" --norc --noprofile -i", "/dev/null")
	cmd.Env = append(os.Environ(), fate+"=keys", "TERM=xterm-256color", "PS1=$ ")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	seen := bufio.NewReader(out)
	for _, step := range []struct{ typed, until string }{
		{"'" + self + "'\n", "listening"},
		{"\x1a", "Stopped"},
		{"stty -a | tr ' ' '\\n' | grep icanon | sed 's/^/MODE:/'; echo DO''NE\n", "MODE:icanon"},
		{"", "DONE"},
		{"fg\n", "listening"},
		{"a\x1c", "HEARD a"},
	} {
		_, _ = io.WriteString(in, step.typed)
		if err := until(seen, step.until); err != nil {
			t.Fatalf("after %q nothing said %q: %v", step.typed, step.until, err)
		}
	}
	_, _ = io.WriteString(in, "exit\n")
	_ = in.Close()
	_, _ = io.Copy(io.Discard, seen)
	_ = cmd.Wait()
}

// A notice is gone with the screen that it was shown over, and hides nothing that there is
// room for.
func TestNoticesStayWhereTheyAre(t *testing.T) {
	a := shown(t, tuitest.Palette(t), Routes(screen.NewKeys())[2], 120, 24)
	before := a.status()
	a.Update(screen.Notice{Text: "was copied"})
	if got := a.status(); !strings.Contains(got, "was copied") || !strings.Contains(got, "30 attempts") || !strings.Contains(before, "30 attempts") {
		t.Errorf("the status line is %q", got)
	}
	settle(a, a.raise(a.routes[3]))
	if got := a.status(); strings.Contains(got, "was copied") {
		t.Errorf("it followed: %q", got)
	}
}
