//go:build linux

package tui

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// fate is the environment variable by which this test binary becomes the
// program in a terminal that the test is about.
const fate = "AIMO3_TEST_FATE"

func TestMain(m *testing.M) {
	if how := os.Getenv(fate); how != "" {
		os.Exit(meet(how))
	}
	os.Exit(m.Run())
}

// doomed is a screen that meets its end once it has been seen.
type doomed struct {
	busy
	how  string
	seen bool
}

type now struct{}

func (d *doomed) Init() tea.Cmd {
	return tea.Tick(200*time.Millisecond, func(time.Time) tea.Msg { return now{} })
}

func (d *doomed) Update(msg tea.Msg) tea.Cmd {
	if _, ok := msg.(now); !ok {
		return nil
	}
	switch d.how {
	case "Update":
		panic("boom")
	case "View":
		d.seen = true
	case "command":
		return func() tea.Msg { panic("boom") }
	case "SIGTERM":
		_ = syscall.Kill(os.Getpid(), syscall.SIGTERM)
	case "SIGHUP":
		_ = syscall.Kill(os.Getpid(), syscall.SIGHUP)
	case "quit":
		return tea.Quit
	}
	return nil
}

func (d *doomed) View() string {
	if d.seen {
		panic("boom")
	}
	return "doomed"
}

func meet(how string) int {
	switch how {
	case plainly:
		return speakPlainly()
	case streaming:
		return streamUntilQuit()
	case odd:
		return showOdd()
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	t, listener := &testing.B{}, &heard{}
	err := Run(ctx, Options{
		Env: tuitest.Env(t, tuitest.Palette(t)), Feed: NewFeed(),
		First: func(screen.Env) screen.Screen {
			if how == "keys" {
				return listener
			}
			return &doomed{how: how}
		},
	})
	fmt.Printf("HEARD %s\nENDED %v\n", strings.Join(listener.keys, " "), err)
	return 0
}

// TestTerminalIsGivenBack runs the app in a real terminal, made by script(1),
// and looks at the terminal's modes before and after.
func TestTerminalIsGivenBack(t *testing.T) {
	script, err := exec.LookPath("script")
	if err != nil {
		t.Skip("SKIPPED: no script(1) to make a terminal with: how the app ends in one is untested")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for how, want := range map[string]string{
		"quit": "ENDED <nil>", "Update": "boom", "View": "boom", "command": "boom",
		"SIGTERM": "ENDED cancelled", "SIGHUP": "ENDED cancelled",
	} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithTimeout(t.Context(), hang)
			defer cancel()
			line := "stty rows 30 cols 100; echo MODES $(stty -g); '" + self + "'; echo MODES $(stty -g)"
			cmd := exec.CommandContext(ctx, script, "-qec", line, "/dev/null")
			cmd.Env = append(os.Environ(), fate+"="+how, "TERM=xterm-256color")
			stdin, err := cmd.StdinPipe() // open and silent, as a person is
			if err != nil {
				t.Fatal(err)
			}
			defer stdin.Close()
			got, err := cmd.CombinedOutput()
			if err != nil {
				t.Fatalf("script: %v\n%q", err, got)
			}
			check(t, string(got), want)
		})
	}
}

func check(t *testing.T, got, want string) {
	t.Helper()
	var modes []string
	for l := range strings.Lines(got) {
		if m, ok := strings.CutPrefix(strings.TrimSpace(l), "MODES "); ok {
			modes = append(modes, m)
		}
	}
	if len(modes) != 2 || modes[0] != modes[1] {
		t.Errorf("terminal modes before and after: %q", modes)
	}
	if !strings.Contains(got, want) {
		t.Errorf("it did not end by %q:\n%q", want, got)
	}
	if strings.Contains(got, "]11;?") { // what theme keeps Bubble Tea from
		t.Error("the terminal was asked for its background behind our back")
	}
	for _, on := range []string{"\x1b[?1049", "\x1b[?1002", "\x1b[?2004"} {
		if strings.LastIndex(got, on+"h") < 0 || strings.LastIndex(got, on+"l") < strings.LastIndex(got, on+"h") {
			t.Errorf("mode %q was not switched on and off again", on)
		}
	}
	if strings.LastIndex(got, "\x1b[?25h") < strings.LastIndex(got, "\x1b[?25l") {
		t.Error("the cursor stays hidden")
	}
}
