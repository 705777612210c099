package monitor

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// alone are options that read this machine and start no program.
func alone(t testing.TB) Options {
	return Options{DiskOf: t.TempDir(), NvidiaSMI: filepath.Join(t.TempDir(), "absent"), Sys: fstest.MapFS{}}
}

// running runs m, to the end of the test at the latest.
func running(t *testing.T, m *Monitor) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	go m.Run(ctx)
	stop = func() {
		cancel()
		<-m.ended
	}
	t.Cleanup(stop)
	return stop
}

func next(t *testing.T, m *Monitor) Reading {
	t.Helper()
	r, ok := m.Next(t.Context())
	if !ok {
		t.Fatal("no further reading")
	}
	return r
}

func TestReadingsOfThisMachine(t *testing.T) {
	o := alone(t)
	o.Load = func(context.Context) ([]Loaded, error) { return []Loaded{{Name: "qwen3:8b", Size: 10, VRAM: 9}}, nil }
	o.Remote = func() bool { return true }
	m := New(o)
	running(t, m)
	first := next(t, m)
	if first.CPU.Missing != Measuring || len(first.Cores) == 0 || first.Cores[0].Missing != Measuring {
		t.Errorf("the first reading claims %+v, %+v", first.CPU, first.Cores)
	}
	r := next(t, m)
	for r.unsettled() || r.CPU.Missing == Measuring || r.Self.CPU.Missing == Measuring {
		r = next(t, m)
	}
	if r.CPU.Missing != "" || r.CPU.N < 0 || r.CPU.N > 100 || len(r.Cores) != len(first.Cores) {
		t.Errorf("processors: %+v, %+v", r.CPU, r.Cores)
	}
	for what, u := range map[string]Usage{"memory": r.Memory, "disk": r.Disk} {
		if u.Missing != "" || u.Used == 0 || u.Used > u.Total {
			t.Errorf("%s: %+v", what, u)
		}
	}
	if r.Disk.Of != o.DiskOf || r.Self.RSS == 0 || r.Self.CPU.Missing != "" || !r.Remote {
		t.Errorf("disk %+v, self %+v, remote %v", r.Disk, r.Self, r.Remote)
	}
	if len(r.Loaded) != 1 || r.Loaded[0].Name != "qwen3:8b" || r.NoLoad != "" {
		t.Errorf("loaded: %+v, %q", r.Loaded, r.NoLoad)
	}
	if len(r.GPUs) != 0 || !strings.Contains(r.NoGPU, noSMI) && runtime.GOOS != "darwin" {
		t.Errorf("cards: %+v, %q", r.GPUs, r.NoGPU)
	}
}

func TestZeroOptionsSayWhatIsMissing(t *testing.T) {
	m := New(Options{NvidiaSMI: filepath.Join(t.TempDir(), "absent"), Sys: fstest.MapFS{}})
	running(t, m)
	if r := next(t, m); r.Disk.Missing == "" || r.NoLoad == "" || r.Loaded != nil || r.Remote {
		t.Errorf("%+v", r)
	}
}

func TestPaceOfReadings(t *testing.T) {
	for every, want := range map[time.Duration]time.Duration{
		0: time.Second, time.Millisecond: minPause, 2 * time.Second: 2 * time.Second,
	} {
		synctest.Test(t, func(t *testing.T) {
			o := alone(t)
			o.Every = every
			m := New(o)
			running(t, m)
			a, b, c, d := next(t, m).At, next(t, m).At, next(t, m).At, next(t, m).At
			if b.Sub(a) != minPause || c.Sub(b) != want || d.Sub(c) != want {
				t.Errorf("every %v: readings after %v, %v, %v", every, b.Sub(a), c.Sub(b), d.Sub(c))
			}
		})
	}
}

func TestOnlyTheNewestReadingWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := New(alone(t))
		running(t, m)
		time.Sleep(time.Minute)
		synctest.Wait()
		if r := next(t, m); time.Since(r.At) > time.Second {
			t.Errorf("a reading %v old was kept", time.Since(r.At))
		}
		began := time.Now()
		if next(t, m); time.Since(began) == 0 {
			t.Error("a second reading was waiting")
		}
	})
}

func TestASlowServerDelaysNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var down, hung atomic.Bool
		o := alone(t)
		o.Load = func(ctx context.Context) ([]Loaded, error) {
			switch {
			case hung.Load():
				<-ctx.Done()
				return nil, ctx.Err()
			case down.Load():
				return nil, &engine.Fault{What: "no server", Todo: "start it"}
			}
			return []Loaded{{Name: "a"}}, nil
		}
		m := New(o)
		running(t, m)
		look := func(after time.Duration, models int, why string) {
			t.Helper()
			time.Sleep(after)
			synctest.Wait()
			next(t, m) // old
			r := next(t, m)
			if time.Since(r.At) != 0 {
				t.Errorf("the reading is %v late", time.Since(r.At))
			}
			if len(r.Loaded) != models || r.NoLoad != why {
				t.Errorf("after %v: %v, %q, want %d models, %q", after, r.Loaded, r.NoLoad, models, why)
			}
		}
		look(3*time.Second, 1, "")
		hung.Store(true)
		look(2*time.Second, 1, "")
		look(5*time.Second, 0, "no answer within 1s")
		down.Store(true) // first, so that no reading falls between the two
		hung.Store(false)
		look(3*time.Second, 0, "no server · start it")
		down.Store(false)
		look(3*time.Second, 1, "")
	})
}

func TestADeadMountHoldsNothingUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := New(alone(t))
		release := make(chan struct{})
		defer func() { // and let it go before the bubble ends
			release <- struct{}{}
			synctest.Wait()
		}()
		m.disk.read = func(context.Context) (Usage, error) {
			<-release
			return Usage{}, errors.New("gone")
		}
		stop := running(t, m)
		time.Sleep(10 * time.Second)
		synctest.Wait()
		if r := next(t, m); time.Since(r.At) > time.Second || r.Disk.Missing != "no answer" || r.Disk.Of != m.diskOf {
			t.Errorf("%v late, disk %+v", time.Since(r.At), r.Disk)
		}
		began := time.Now()
		if stop(); time.Since(began) != stopTimeout {
			t.Errorf("Run took %v to return", time.Since(began))
		}
	})
}

func TestNextEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := New(alone(t))
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if r, ok := m.Next(ctx); ok {
			t.Errorf("before Run: %+v", r)
		}
		stop := running(t, m)
		next(t, m)
		stop()
		if r, ok := m.Next(t.Context()); ok {
			t.Errorf("after Run: %+v", r)
		}
	})
}

func TestRunLeavesNoGoroutine(t *testing.T) {
	m := New(alone(t))
	stop := running(t, m)
	next(t, m)
	next(t, m)
	stop()
	await(t, func() bool { return !strings.Contains(stacks(), "monitor.(*") }, func() any { return stacks() })
}

// stacks are those of all goroutines but the tests' own.
func stacks() string {
	buf := make([]byte, 1<<20)
	all := strings.Split(string(buf[:runtime.Stack(buf, true)]), "\n\n")
	return strings.Join(slices.DeleteFunc(all, func(s string) bool { return strings.Contains(s, "testing.tRunner") }), "\n\n")
}

// hang is longer than any machine takes for what a test waits for: when it is
// over, that will not come.
const hang = 5 * time.Minute

// await waits until done, looking often; state is told if that is in vain.
func await(t *testing.T, done func() bool, state func() any) {
	t.Helper()
	for end := time.Now().Add(hang); !done(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited in vain; at the end: %+v", state())
		}
	}
}

func BenchmarkReading(b *testing.B) {
	o := alone(b)
	o.Sys = os.DirFS("/sys")
	o.Load = func(context.Context) ([]Loaded, error) { return nil, nil }
	m := New(o)
	for b.Loop() {
		m.read(b.Context())
	}
	m.started.Wait()
}
