//go:build unix

package monitor

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// fakeSMI writes a program that notes its number and does what script says.
func fakeSMI(t *testing.T, script string) (program, pids string) {
	t.Helper()
	dir := t.TempDir()
	program, pids = filepath.Join(dir, "nvidia-smi"), filepath.Join(dir, "pids")
	text := "#!/bin/sh\necho $$ >> '" + pids + "'\n" + script
	if err := os.WriteFile(program, []byte(text), 0o755); err != nil {
		t.Fatal(err)
	}
	return program, pids
}

// patient listens to a program that may take as long as it likes to speak.
func patient(program string) *nvidia {
	n := newNvidia(program)
	n.silence = time.Hour
	return n
}

// listen runs n until the test has seen what it wants, and checks that neither
// the program nor the goroutine outlives that.
func listen(t *testing.T, n *nvidia, pids string, want func(gpus []GPU, none string) bool) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	var run sync.WaitGroup
	run.Go(func() { n.run(ctx) })
	await(t, func() bool { return want(n.gpus(time.Now())) }, func() any {
		gpus, none := n.gpus(time.Now())
		return []any{gpus, none}
	})
	cancel()
	run.Wait()
	for _, pid := range started(t, pids) {
		if err := syscall.Kill(pid, 0); !errors.Is(err, syscall.ESRCH) {
			t.Errorf("program %d still runs (%v)", pid, err)
		}
	}
}

func started(t *testing.T, pids string) []int {
	t.Helper()
	text, err := os.ReadFile(pids)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	var all []int
	for _, field := range strings.Fields(string(text)) {
		pid, err := strconv.Atoi(field)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, pid)
	}
	return all
}

const (
	rowA    = "echo '0, Card A, 10, 100, 1000, 40, 50.5, 300, 1980, 2619'\n"
	rowB    = "echo '1, Card, B, 20, 200, 2000, 41, [N/A], 300, [N/A], [N/A]'\n"
	forever = "exec sleep 1000\n"
)

func TestNvidiaListensToOneProgram(t *testing.T) {
	program, pids := fakeSMI(t, `[ "$*" = "--query-gpu=index,name,utilization.gpu,memory.used,memory.total,temperature.gpu,power.draw,power.limit,clocks.sm,clocks.mem --format=csv,noheader,nounits -lms 1000" ] || exit 3
`+rowB+rowA+"echo '0, Card A, 11, 100, 1000, 40, 50.5, 300, 1980, 2619'\n"+forever)
	listen(t, patient(program), pids, func(gpus []GPU, _ string) bool {
		return len(gpus) == 2 && gpus[0].Name == "Card A" && gpus[0].Util.N == 11 &&
			gpus[1].Name == "Card, B" && gpus[1].Power.Missing != "" && gpus[1].Memory.Used == 200<<20
	})
	if got := started(t, pids); len(got) != 1 {
		t.Errorf("programs started: %v, want one", got)
	}
}

func TestNvidiaSaysWhyThereAreNoCards(t *testing.T) {
	for _, c := range []struct{ name, script, want string }{
		{"its error", "echo first >&2; echo 'NVML: no rights' >&2; exit 9", "nvidia-smi: NVML: no rights"},
		{"its error beside what it printed", "echo noise; echo 'NVML: no rights' >&2; exit 9", "nvidia-smi: NVML: no rights"},
		{"an error without a line's end", "printf 'half a word' >&2; exit 9", "nvidia-smi: half a word"},
		{"what it printed", "echo 'Driver/library version mismatch'; echo 'NVML library version: 535.161'; exit 18", "nvidia-smi: Driver/library version mismatch"},
		{"its exit", "exit 7", "nvidia-smi: it ended: exit status 7"},
		{"no exit status", "exit 0", "nvidia-smi: it ended"},
		{"garbage for ever", "while :; do echo 'spam \033[31m'; done", `nvidia-smi: cannot read "spam  [31m"`},
		{"silence", forever, "nvidia-smi: it says nothing"},
		{"one line without end", "exec tr '\\0' x < /dev/zero", "nvidia-smi: it says nothing"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			program, pids := fakeSMI(t, c.script)
			n := patient(program)
			if strings.HasSuffix(c.want, errSilent.Error()) {
				n.silence = 100 * time.Millisecond
			}
			listen(t, n, pids, func(gpus []GPU, none string) bool { return len(gpus) == 0 && none == c.want })
		})
	}
}

func TestNvidiaReadsOnPastNoise(t *testing.T) {
	program, pids := fakeSMI(t, "echo 'a warning, of sorts'; head -c 300000 /dev/zero | tr '\\0' x; echo; echo\n"+rowA+forever)
	listen(t, patient(program), pids, func(gpus []GPU, _ string) bool { return len(gpus) == 1 })
}

func TestNvidiaStartsAgainAndTellsOldFromNew(t *testing.T) {
	program, pids := fakeSMI(t, rowA+"echo 'driver went away' >&2; exit 1")
	n := patient(program)
	// A wait that grew after good rows too would take the better part of a minute.
	n.pause, n.stale = 50*time.Millisecond, 0
	listen(t, n, pids, func(gpus []GPU, _ string) bool {
		return len(gpus) == 1 && gpus[0].Name == "Card A" && len(started(t, pids)) >= 11 &&
			gpus[0].Util == Value{Missing: "nvidia-smi: driver went away"} && gpus[0].Memory.Missing != ""
	})
}

func TestNvidiaWaitsLongerAfterEachFailure(t *testing.T) {
	program, pids := fakeSMI(t, "exit 1")
	n := patient(program)
	n.pause = 20 * time.Millisecond
	began := time.Now()
	listen(t, n, pids, func([]GPU, string) bool { return len(started(t, pids)) >= 6 })
	if least := (1 + 2 + 4 + 8 + 16) * n.pause; time.Since(began) < least {
		t.Errorf("six starts within %v, want %v at least", time.Since(began), least)
	}
}

// TestNvidiaThatSpeaksIsNotEnded is of a program whose rows go on for longer than
// it may be silent. On a machine so busy that there is a silence between two of
// them it may be silent for longer, and speaks for longer.
func TestNvidiaThatSpeaksIsNotEnded(t *testing.T) {
	t.Parallel()
	for silence := 500 * time.Millisecond; ; silence *= 2 {
		nap := strconv.FormatFloat(silence.Seconds()/10, 'f', -1, 64)
		program, pids := fakeSMI(t, "for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do\n"+rowA+"sleep "+nap+"; done\n"+rowB+forever)
		n := newNvidia(program)
		n.silence = silence
		listen(t, n, pids, func(gpus []GPU, _ string) bool { return len(gpus) == 2 || len(started(t, pids)) > 1 })
		if got := started(t, pids); len(got) == 1 {
			return
		} else if silence > hang/4 {
			t.Fatalf("programs started: %v, want one", got)
		}
	}
}

func TestNvidiaCardThatFallsSilentIsMissing(t *testing.T) {
	n := newNvidia("")
	if err := n.hear("4, A, 1, 1, 2, 3, 4, 5, 6, 7"); err != nil {
		t.Fatal(err)
	}
	now := n.seen[4].at
	if gpus, _ := n.gpus(now.Add(maxAge / 2)); gpus[0].Util != (Value{N: 1}) {
		t.Errorf("while fresh: %+v", gpus[0])
	}
	gpus, _ := n.gpus(now.Add(maxAge + time.Second))
	if g := gpus[0]; g.Index != 4 || g.Name != "A" || g.Util.Missing == "" || g.PowerLimit.Missing == "" || g.Memory.Missing == "" {
		t.Errorf("once stale: %+v", g)
	}
}

func TestNvidiaThatCannotBeEndedIsNotMeasuringForEver(t *testing.T) {
	n := newNvidia("")
	n.began = time.Now()
	for after, want := range map[time.Duration]string{n.silence: Measuring, n.silence + 1: "nvidia-smi: it says nothing"} {
		if _, none := n.gpus(n.began.Add(after)); none != want {
			t.Errorf("after %v: %q, want %q", after, none, want)
		}
	}
}

func TestNvidiaAbsent(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	n := newNvidia("nvidia-smi")
	n.run(t.Context()) // ends at once: there is nothing to start
	if gpus, none := n.gpus(time.Now()); len(gpus) != 0 || none != noSMI {
		t.Errorf("got %v, %q", gpus, none)
	}
}

func TestNvidiaFoundOnPath(t *testing.T) {
	program, pids := fakeSMI(t, rowA+forever)
	t.Setenv("PATH", filepath.Dir(program)+":"+os.Getenv("PATH"))
	listen(t, patient("nvidia-smi"), pids, func(gpus []GPU, _ string) bool { return len(gpus) == 1 })
}

// TestNvidiaThatIsSlowIsNoAbsentCard is of a program that answers once the test
// lets it; the time that it takes is told, not waited for.
func TestNvidiaThatIsSlowIsNoAbsentCard(t *testing.T) {
	for _, c := range []struct{ name, script, late string }{
		{"silent", "", notYet},
		{"that says something else", "echo 'waking the driver'\n", "nvidia-smi: waking the driver"},
	} {
		program, pids := fakeSMI(t, c.script+`while [ ! -e "$(dirname "$0")/answer" ]; do sleep 0.02; done
`+rowA+forever)
		cards := &cards{nvidia: patient(program)}
		look := func(after time.Duration) (r Reading) {
			r.GPUs, r.NoGPU, r.GPUsPending = cards.read(t.Context(), time.Now().Add(after), func(f func()) { f() })
			r.Memory = Usage{Total: 1 << 40}
			return r
		}
		if r := look(0); r.NoGPU != Measuring || !r.GPUsPending || r.Room() != 0 {
			t.Errorf("%s, before it is started: %+v", c.name, r)
		}
		listen(t, cards.nvidia, pids, func(gpus []GPU, _ string) bool {
			if len(gpus) > 0 {
				return true
			}
			if r := look(2500 * time.Millisecond); r.NoGPU == c.late {
				if !r.GPUsPending || r.Room() != 0 {
					t.Errorf("%s: %+v", c.name, r)
				}
				if err := os.WriteFile(filepath.Join(filepath.Dir(program), "answer"), nil, 0o644); err != nil {
					t.Error(err)
				}
			}
			return false
		})
		if r := look(0); len(r.GPUs) != 1 || r.GPUsPending || r.Room() != 900*mib {
			t.Errorf("%s, after its answer: %+v", c.name, r)
		}
	}
}

func TestNvidiaThatFailsHasAnswered(t *testing.T) {
	for _, c := range []struct {
		script   string
		silence  time.Duration
		answered bool
	}{
		{"echo 'NVML: no rights' >&2; exit 9", time.Hour, true},
		{"exit 0", time.Hour, true},
		{forever, 100 * time.Millisecond, false},
	} {
		program, pids := fakeSMI(t, c.script)
		n := newNvidia(program)
		n.silence = c.silence
		listen(t, n, pids, func([]GPU, string) bool {
			n.mu.Lock()
			defer n.mu.Unlock()
			return n.why != Measuring // it has failed
		})
		if n.answered() != c.answered {
			t.Errorf("%q: answered %v, want %v", c.script, n.answered(), c.answered)
		}
	}
}
