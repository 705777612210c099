package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/store/storetest"
	"github.com/aimo3/aimo3/tui/terminaltest"
)

// BenchmarkStart is the program from its start in a terminal to its first
// frame, with 100,000 stored attempts and no server. The terminal is script(1)'s;
// its own start, which the time includes, is what the second benchmark shows.
func BenchmarkStart(b *testing.B) {
	program, home := built(b), b.TempDir()
	if err := os.Mkdir(filepath.Join(home, "aimo3"), 0o700); err != nil {
		b.Fatal(err)
	}
	storetest.Fill(b, filepath.Join(home, "aimo3", "aimo3.db"), 100_000)
	b.Run("first-frame", func(b *testing.B) {
		for b.Loop() {
			t := inTerminal(b, home, program)
			t.until(b, "History")
			b.StopTimer()
			t.end(b)
			b.StartTimer()
		}
	})
	b.Run("terminal-alone", func(b *testing.B) {
		for b.Loop() {
			t := inTerminal(b, home, "echo History; cat")
			t.until(b, "History")
			b.StopTimer()
			t.end(b)
			b.StartTimer()
		}
	})
}

// BenchmarkIdle leaves the app alone for ten seconds, once it has settled, with
// no attempt running: the processor it takes, in percent of one core, and its
// memory.
func BenchmarkIdle(b *testing.B) { leftAlone(b, "") }

// BenchmarkMachine is the same with the machine screen on top, which has a frame each
// second.
func BenchmarkMachine(b *testing.B) { leftAlone(b, "\x1b[19~") }

func leftAlone(b *testing.B, keys string) {
	b.Helper()
	program, home := built(b), b.TempDir()
	for b.Loop() {
		t := inTerminal(b, home, program)
		t.until(b, "History")
		if _, err := io.WriteString(t.in, keys); err != nil {
			b.Fatal(err)
		}
		go func() { _, _ = io.Copy(io.Discard, t.out) }()
		time.Sleep(3 * time.Second)
		pid := child(b, t.cmd.Process.Pid)
		before, _ := usage(b, pid)
		time.Sleep(10 * time.Second)
		after, rss := usage(b, pid)
		b.ReportMetric(100*(after-before).Seconds()/10, "%core")
		b.ReportMetric(float64(rss)/1e6, "rss-MB")
		t.end(b)
	}
}

func built(b *testing.B) string {
	b.Helper()
	if _, err := exec.LookPath("script"); err != nil {
		b.Skip("SKIPPED: no script(1) to make a terminal with")
	}
	program := filepath.Join(b.TempDir(), "aimo3")
	if out, err := exec.CommandContext(b.Context(), "go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		b.Fatalf("go build: %v\n%s", err, out)
	}
	return program
}

// terminal is a program running in a terminal of its own.
type terminal struct {
	cmd   *exec.Cmd
	in    io.WriteCloser
	out   io.ReadCloser
	shown *terminaltest.Terminal
	sent  []byte       // all that it was sent
	look  func() error // at what it was sent and shows, after each part; may be nil
}

func inTerminal(b testing.TB, home, line string) *terminal {
	b.Helper()
	t := &terminal{shown: terminaltest.New(120, 36)}
	t.cmd = exec.CommandContext(b.Context(), "script", "-qec", "stty rows 36 cols 120; exec "+line, "/dev/null")
	t.cmd.Env = append(os.Environ(), "TERM=tmux-256color", "XDG_DATA_HOME="+home, "XDG_CONFIG_HOME="+home, "OLLAMA_HOST=127.0.0.1:9")
	var err error
	if t.in, err = t.cmd.StdinPipe(); err != nil {
		b.Fatal(err)
	}
	if t.out, err = t.cmd.StdoutPipe(); err != nil {
		b.Fatal(err)
	}
	if err := t.cmd.Start(); err != nil {
		b.Fatal(err)
	}
	return t
}

// until reads what the program draws until the terminal shows what a pattern fits.
func (t *terminal) until(b testing.TB, pattern string) {
	b.Helper()
	wanted, buf := regexp.MustCompile(pattern), make([]byte, 1<<16)
	for !wanted.MatchString(t.shown.Text()) {
		n, err := t.out.Read(buf)
		_, _ = t.shown.Write(buf[:n])
		t.sent = append(t.sent, buf[:n]...)
		if t.look != nil && err == nil {
			err = t.look()
		}
		if err != nil {
			b.Fatalf("%v before %q was shown:\n%s\n%q", err, pattern, t.shown.Text(), t.sent)
		}
	}
}

// written is the text that it was sent, in the order of writing, without what moves the
// cursor and dresses the text.
func (t *terminal) written() string {
	return string(regexp.MustCompile(`\x1b\[[0-9;?]*[a-zA-Z]`).ReplaceAll(t.sent, nil))
}

func (t *terminal) end(b testing.TB) {
	b.Helper()
	if _, err := io.WriteString(t.in, "\x03\x04"); err != nil {
		b.Fatal(err)
	}
	go func() { _, _ = io.Copy(io.Discard, t.out) }()
	_ = t.in.Close()
	_ = t.cmd.Wait() // the code is the program's own, and of no interest here
}

// child is the process that parent has started.
func child(b *testing.B, parent int) int {
	b.Helper()
	id := strconv.Itoa(parent)
	list, err := os.ReadFile("/proc/" + id + "/task/" + id + "/children")
	if err != nil {
		b.Skipf("SKIPPED: %v; idle use is read from Linux's /proc", err)
	}
	pid, err := strconv.Atoi(strings.Fields(string(list))[0])
	if err != nil {
		b.Fatal(err)
	}
	return pid
}

// usage is the processor time of a process so far, and its resident memory in
// bytes, as Linux tells them.
func usage(b *testing.B, pid int) (time.Duration, int64) {
	b.Helper()
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		b.Fatal(err)
	}
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	const tick = 10 * time.Millisecond // USER_HZ is 100 everywhere
	number := func(i int) int64 {
		n, err := strconv.ParseInt(fields[i], 10, 64)
		if err != nil {
			b.Fatal(err)
		}
		return n
	}
	return time.Duration(number(11)+number(12)) * tick, number(21) * int64(os.Getpagesize())
}
