//go:build linux

package tui

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// odd, as a fate, is the app on a reply of characters about whose width terminals do not
// agree.
const odd = "odd"

// oddLines are the lines of that reply; each stands for itself by its first word.
var oddLines = []string{
	"alpha \u263a\ufe0f\u263a\ufe0f\u263a\ufe0f end", "beta \U0001f44d\U0001f3fd\U0001f469\U0001f3fd end", "gamma \u0915\u094d\u0937\u093f \u0928\u093f end",
	"delta \U0001f1e9\U0001f1ea 1\ufe0f\u20e3 end", "epsilon \u231a\U0001f680\ufdfa e\u0301 end", "zeta \u7b54\u3048 end",
}

// showOdd is the program of a terminal that shows them, until it is killed.
func showOdd() int {
	env := tuitest.Env(&testing.B{}, tuitest.Palette(&testing.B{}))
	feed := NewFeed()
	text := strings.Join(oddLines, "\n")
	problem := engine.Problem{Statement: "Which \u263a\ufe0f \U0001f44d\U0001f3fd \u0915\u094d\u0937\u093f is it?"}
	for i, f := range []engine.Fact{
		engine.AttemptStarted{Problem: problem, Plan: engine.Plan{Model: "qwen3:8b", Samples: 2, Parallel: 2, Stop: engine.StopNone}},
		engine.SampleStarted{},
		engine.Delta{Channel: engine.Reply, Text: "```\n" + text + "\n```\n", Frames: 1},
		engine.SampleStarted{Sample: 1},
		engine.Delta{Sample: 1, Channel: engine.Thinking, Text: text, Frames: 1},
	} {
		_ = feed.Put(engine.Event{Attempt: "a1", Seq: uint64(i + 1), At: env.Now(), Fact: f})
	}
	err := Run(context.Background(), Options{
		Env: env, Feed: feed,
		First:  func(e screen.Env) screen.Screen { return live.New(e, "a1", problem) },
		Server: func(context.Context) engine.Server { return tuitest.Up("qwen3:8b") },
	})
	fmt.Println("ENDED", err)
	return 0
}

// tmux is a server of its own, with the app in its only window.
type tmux struct {
	*testing.T
	socket string
}

func startTmux(t *testing.T, how string, w, h int) tmux {
	t.Helper()
	if _, err := exec.LookPath("tmux"); err != nil {
		t.Skip("SKIPPED: no tmux: how the app looks in one is untested")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	x := tmux{t, filepath.Join(t.TempDir(), "s")}
	x.do("-f", os.DevNull, "new-session", "-d", "-x", strconv.Itoa(w), "-y", strconv.Itoa(h), "-e", fate+"="+how, self)
	t.Cleanup(func() { x.do("kill-server") })
	x.do("set-option", "-g", "status", "off")
	x.resize(w, h)
	return x
}

// do has tmux do something, and returns what it says.
func (x tmux) do(args ...string) string {
	x.Helper()
	cmd := exec.Command("tmux", append([]string{"-u", "-S", x.socket}, args...)...) //nolint:noctx // it also ends it
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "TMUX=", "TMPDIR="+filepath.Dir(x.socket))
	out, err := cmd.CombinedOutput()
	if err != nil {
		x.Fatalf("tmux %q: %v\n%s", args, err, out)
	}
	return string(out)
}

func (x tmux) resize(w, h int) {
	x.Helper()
	x.do("resize-window", "-x", strconv.Itoa(w), "-y", strconv.Itoa(h))
}

// width is how many cells tmux takes for a text.
func (x tmux) width(text string) int {
	x.Helper()
	if !strings.ContainsFunc(text, func(r rune) bool { return r >= '\u0300' && r < '\u2000' || r > '\u25ff' || r == '\u231a' }) {
		return utf8.RuneCountInString(text) // nobody counts them in another way
	}
	x.do("set-option", "-g", "@text", text)
	n, err := strconv.Atoi(strings.TrimSpace(x.do("display-message", "-p", "#{w:@text}")))
	if err != nil {
		x.Fatal(err)
	}
	return n
}

// columns are where a row has any of some characters, as tmux counts.
func (x tmux) columns(row, of string) (all []int) {
	x.Helper()
	for at, r := range row {
		if strings.ContainsRune(of, r) {
			all = append(all, x.width(row[:at]))
		}
	}
	return all
}

// wrong says what is not as it should be in a window of some width; "" if all is.
func (x tmux) wrong(rows []string, w int) string {
	x.Helper()
	shown := strings.Join(rows, "\n")
	for _, l := range oddLines {
		word, _, _ := strings.Cut(l, " ")
		if n := strings.Count(shown, "│ "+word+" ") + strings.Count(shown, "  "+word+" "); n > 1 || n == 0 && word == "zeta" {
			return fmt.Sprintf("%s is shown %d times", word, n)
		}
	}
	var ends []int
	for _, row := range rows {
		ends = append(ends, x.columns(row, "╭╮╰╯")...)
	}
	for y, row := range rows {
		columns := x.columns(row, "│╭╮╰╯")
		if len(columns) > 0 && columns[len(columns)-1] != w-1 {
			return fmt.Sprintf("row %d has borders in columns %d, of %d", y, columns, w)
		}
		for _, column := range columns {
			if !slices.Contains(ends, column) {
				return fmt.Sprintf("row %d has a border in column %d, and panes end in %d", y, column, ends)
			}
		}
	}
	if !slices.Contains(ends, w-1) {
		return fmt.Sprintf("panes end in %d, and none in %d", ends, w-1)
	}
	return ""
}

// TestBordersInTmux: in a real tmux, which counts the cells of emoji and Devanagari in its own
// way, borders stand straight and no row appears twice, also after its size changed.
func TestBordersInTmux(t *testing.T) {
	x := startTmux(t, odd, 80, 24)
	for _, size := range [][2]int{{80, 24}, {120, 36}, {61, 24}, {160, 50}, {80, 24}} {
		x.resize(size[0], size[1])
		for over, why := time.After(hang), "?"; why != ""; {
			rows := strings.Split(x.do("capture-pane", "-p"), "\n")
			why = x.wrong(rows, size[0])
			select {
			case <-over:
				t.Fatalf("at %dx%d: %s\n%s", size[0], size[1], why, strings.Join(rows, "\n"))
			default:
			}
		}
		t.Logf("at %dx%d:\n%s", size[0], size[1], x.do("capture-pane", "-p"))
	}
}

// await asks tmux until its answer has a text, and returns it.
func (x tmux) await(text string, args ...string) string {
	x.Helper()
	for over := time.After(hang); ; {
		said := x.do(args...)
		if strings.Contains(said, text) {
			return said
		}
		select {
		case <-over:
			x.Fatalf("tmux %q has no %q:\n%s", args, text, said)
		default:
		}
	}
}

// TestNothingIsLeftInTmux: once the app has been left, nothing of it is on the shell's screen,
// also if the window grew meanwhile.
func TestNothingIsLeftInTmux(t *testing.T) {
	x := startTmux(t, odd, 60, 16)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	x.do("respawn-window", "-k", "-e", fate+"="+odd, "'"+self+"'; exec sleep 1000")
	x.await("zeta", "capture-pane", "-p")
	x.resize(120, 30)
	x.await(strings.Repeat("─", 61), "capture-pane", "-p")
	x.do("send-keys", "q")
	x.await("stop them and quit?", "capture-pane", "-p")
	x.do("send-keys", "y")
	if shown := x.await("ENDED", "capture-pane", "-p"); strings.ContainsAny(shown, "─│╭╮╰╯") {
		t.Errorf("the app has been left, and there is:\n%s", shown)
	}
}
