package cli_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/terminaltest"
)

// terminal is the app in a terminal, made by script(1).
type terminal struct {
	*testing.T
	cmd    *exec.Cmd
	keys   io.WriteCloser
	screen io.Reader
	shown  *terminaltest.Terminal
	sent   bytes.Buffer // to the terminal, so far
	step   int          // the last step that a whole frame showed; -1 if none did
}

func openApp(t *testing.T, script, path, home, host string) *terminal {
	t.Helper()
	line := "stty rows 30 cols 120; echo PROCESS $$.; exec " + path + " --theme night --samples 4 --no-cache --tools off --host " + host
	a := &terminal{T: t, cmd: program(t, script, home, "-qec", line, "/dev/null"), shown: terminaltest.New(120, 30), step: -1}
	a.cmd.Env = append(a.cmd.Env, "TERM=xterm-256color", "SHELL=/bin/sh")
	var err error
	if a.keys, err = a.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if a.screen, err = a.cmd.StdoutPipe(); err != nil {
		t.Fatal(err)
	}
	if err := a.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return a
}

// read takes what the terminal is sent next, at most so much of it.
func (a *terminal) read(most int) error {
	some := make([]byte, most)
	n, err := a.screen.Read(some)
	a.see(some[:n])
	return err
}

func (a *terminal) see(p []byte) {
	a.sent.Write(p)
	_, _ = a.shown.Write(p)
	a.step = max(a.step, lastStep(a.shown.Frame()))
}

// await waits until the terminal shows what a pattern fits.
func (a *terminal) await(pattern string) {
	a.Helper()
	for wanted := regexp.MustCompile(pattern); !wanted.MatchString(a.shown.Text()); {
		if err := a.read(4 << 10); err != nil {
			a.Fatalf("the app ended before it showed %s: %v\n%s\n%q", pattern, err, a.shown.Text(), a.sent.Bytes())
		}
	}
}

// more waits until the terminal was sent so many more bytes.
func (a *terminal) more(n int) {
	a.Helper()
	for end := a.sent.Len() + n; a.sent.Len() < end; {
		if err := a.read(min(end-a.sent.Len(), 4<<10)); err != nil {
			a.Fatal(err)
		}
	}
}

func (a *terminal) press(keys string) {
	a.Helper()
	if _, err := io.WriteString(a.keys, keys); err != nil {
		a.Fatal(err)
	}
}

// kill kills the app and returns the last step that its terminal showed.
func (a *terminal) kill() int {
	a.Helper()
	process := regexp.MustCompile(`PROCESS (\d+)\.`).FindSubmatch(a.sent.Bytes())
	if process == nil {
		a.Fatalf("no process is told: %q", a.sent.Bytes())
	}
	pid, err := strconv.Atoi(string(process[1]))
	if err != nil {
		a.Fatal(err)
	}
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		a.Fatal(err)
	}
	for err == nil {
		err = a.read(4 << 10)
	}
	if !errors.Is(err, io.EOF) {
		a.Fatal(err)
	}
	_ = a.cmd.Wait() // killed
	return a.step
}

// shownSurvivesKill kills the app at random moments while its samples write. What its
// terminal showed is stored, and the next start offers the attempt. STORE_KILLS sets
// how often it is killed.
func shownSurvivesKill(t *testing.T, path, host string) {
	t.Helper()
	script, err := exec.LookPath("script")
	if err != nil {
		t.Skip("SKIPPED: no script(1) to make a terminal with: the app is not killed in one")
	}
	home, shown := t.TempDir(), 0
	times := kills(5)
	for i := range times {
		a := openApp(t, script, path, home, host)
		a.await(`slow:1b`)
		if i > 0 {
			a.await(fmt.Sprintf("An attempt was cut short: “What is %d times 7", i-1))
			a.press("\x18") // ctrl+x
			a.await("closed “What is")
		}
		a.press(fmt.Sprintf("What is %d times 7?\r", i))
		for step := rand.IntN(60); a.step < step; { // a step may stand on two lines
			a.more(100)
		}
		a.more(rand.IntN(3_000))
		last := a.kill()
		stored := storedText(t, program(t, path, home, "history", "show", "last", "--events"))
		if kept := lastStep(stored); last > kept {
			t.Fatalf("kill %d: step %d was shown, and %d is the last that is stored", i, last, kept)
		}
		shown += last + 1
	}
	t.Logf("the app was killed %d times; %d steps shown before, none of them lost", times, shown)
	out, err := program(t, path, home, "doctor", "--host", host).Output()
	if err != nil || !strings.Contains(string(out), "undamaged") {
		t.Errorf("doctor after the kills: %v\n%s", err, out)
	}
}

// lastStep is the highest step in what samples wrote.
func lastStep(text string) (last int) {
	last = -1
	for _, found := range regexp.MustCompile(`step (\d+), `).FindAllStringSubmatch(text, -1) {
		if n, err := strconv.Atoi(found[1]); err == nil {
			last = max(last, n)
		}
	}
	return last
}

// storedText is the text of all samples in the events that a command prints.
func storedText(t *testing.T, history *exec.Cmd) string {
	t.Helper()
	out, err := history.Output()
	if err != nil {
		t.Fatalf("history show: %v", err)
	}
	var text [4]strings.Builder
	for line := range bytes.Lines(out) {
		var e engine.Event
		if err := json.Unmarshal(line, &e); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		if d, ok := e.Fact.(engine.Delta); ok {
			text[d.Sample].WriteString(d.Text)
		}
	}
	return text[0].String() + text[1].String() + text[2].String() + text[3].String()
}
