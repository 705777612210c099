//go:build linux

package tui

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/monitor"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// streaming, as a fate, is the app on an attempt of so many samples that each say so
// many tokens a second.
const (
	streaming       = "streams"
	streamedSamples = 8
	streamedTokens  = 200
)

// streamUntilQuit is the program of a terminal in which samples stream until it is quit.
func streamUntilQuit() int {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	env := tuitest.Env(&testing.B{}, tuitest.Palette(&testing.B{}))
	env.Now = time.Now
	feed := NewFeed()
	problem := engine.Problem{Statement: "Find the number of pairs $(a,b)$ of integers with $1\\le a<b\\le 100$ and $a+b\\mid ab$."}
	go talk(ctx, feed, problem)
	err := Run(ctx, Options{
		Env: env, Feed: feed, Announce: []string{AnnounceNotify},
		First:  func(e screen.Env) screen.Screen { return live.New(e, "a1", problem) },
		Server: func(context.Context) engine.Server { return tuitest.Up("qwen3:8b") },
		Machine: func(ctx context.Context) (monitor.Reading, bool) {
			select {
			case <-time.After(time.Second):
				return reading(), true
			case <-ctx.Done():
				return monitor.Reading{}, false
			}
		},
	})
	if err != nil {
		fmt.Println(err)
		return 1
	}
	return 0
}

func reading() monitor.Reading {
	load := func(n float64) monitor.Value { return monitor.Value{N: n * rand.Float64()} }
	used := monitor.Usage{Used: uint64(8e9 + 1e9*rand.Float64()), Total: 16e9}
	return monitor.Reading{
		At: time.Now(), CPU: load(100), Cores: []monitor.Value{load(100), load(100), load(100), load(100)}, Memory: used,
		GPUs: []monitor.GPU{{Name: "RTX 4090", Util: load(100), Memory: used, Temperature: load(80), Power: load(400)}},
		Disk: used, Self: monitor.Self{RSS: 40e6, CPU: load(5)},
	}
}

// talk has samples stream: words, now and then a formula, a new line each hundred tokens.
func talk(ctx context.Context, feed *Feed, problem engine.Problem) {
	plan := engine.Plan{Model: "qwen3:8b", Samples: streamedSamples, Parallel: streamedSamples, Stop: engine.StopNone}
	seq := uint64(0)
	put := func(f engine.Fact) {
		seq++
		_ = feed.Put(engine.Event{Attempt: "a1", Seq: seq, At: time.Now(), Fact: f})
	}
	put(engine.AttemptStarted{Problem: problem, Plan: plan})
	for i := range streamedSamples {
		put(engine.SampleStarted{Sample: i})
		put(engine.PhaseChanged{Sample: i, Phase: engine.Reasoning})
	}
	words := strings.Fields("so we need that the sum divides product hence let us consider gcd and write then which gives a bound on it now check small cases first since both are positive wait this means $a=dx$ or $x^2+y^2\\le n$ but")
	pace := time.NewTicker(time.Second / streamedTokens)
	defer pace.Stop()
	for n := 0; ; n++ {
		select {
		case <-pace.C:
		case <-ctx.Done():
			return
		}
		for i := range streamedSamples {
			text := " " + words[rand.IntN(len(words))]
			if n%100 == 99-i {
				text = ".\n\nStep " + strconv.Itoa(n)
			}
			put(engine.Delta{Sample: i, Channel: engine.Thinking, Text: text, Frames: 1})
		}
	}
}

// pty is this binary, with a fate, in a terminal of its own.
type pty struct {
	*os.File
	cmd *exec.Cmd
}

func openPty(b testing.TB, how string, w, h int) *pty {
	b.Helper()
	cmd := exec.CommandContext(b.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), fate+"="+how, "TERM=xterm-256color", "TMUX=")
	return startIn(b, cmd, w, h)
}

// startIn starts a command in a terminal of its own, until the test ends.
func startIn(b testing.TB, cmd *exec.Cmd, w, h int) *pty {
	b.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		b.Skip("SKIPPED: no terminal can be made: ", err)
	}
	p := &pty{File: master}
	number, err := unix.IoctlGetInt(int(master.Fd()), unix.TIOCGPTN)
	if err == nil {
		err = unix.IoctlSetPointerInt(int(master.Fd()), unix.TIOCSPTLCK, 0)
	}
	if err != nil {
		b.Fatal(err)
	}
	p.resize(b, w, h)
	slave, err := os.OpenFile("/dev/pts/"+strconv.Itoa(number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		b.Fatal(err)
	}
	p.cmd = cmd
	p.cmd.Stdin, p.cmd.Stdout, p.cmd.Stderr = slave, slave, slave
	p.cmd.SysProcAttr = &unix.SysProcAttr{Setsid: true, Setctty: true}
	if err := p.cmd.Start(); err != nil {
		b.Fatal(err)
	}
	_ = slave.Close()
	b.Cleanup(func() { _ = p.cmd.Process.Kill(); _ = p.cmd.Wait(); _ = master.Close() })
	return p
}

func (p *pty) resize(b testing.TB, w, h int) {
	b.Helper()
	size := &unix.Winsize{Row: uint16(h), Col: uint16(w)}
	if err := unix.IoctlSetWinsize(int(p.Fd()), unix.TIOCSWINSZ, size); err != nil {
		b.Fatal(err)
	}
}

// processor is the time of the processor that the app took so far.
func (p *pty) processor(b testing.TB) time.Duration {
	b.Helper()
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		b.Fatal(err)
	}
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	ticks := 0
	for _, field := range fields[11:13] { // as user, in the kernel
		n, err := strconv.Atoi(field)
		if err != nil {
			b.Fatal(err)
		}
		ticks += n
	}
	return time.Duration(ticks) * 10 * time.Millisecond // USER_HZ is 100 everywhere
}
