package serve

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	fake "github.com/aimo3/aimo3/engine/ollama/ollamatest"
)

// listening names the environment variable by which this test binary becomes the
// clients of a benchmark, so that their memory is not counted as ours: the address of
// the events, and how many listen.
const listeningAs = "AIMO3_TEST_LISTENS"

func TestMain(m *testing.M) {
	if to := os.Getenv(listeningAs); to != "" {
		listenMany(to)
		return
	}
	os.Exit(m.Run())
}

// listenMany has many clients read a stream, and says each time that all of them have
// heard as many events as were asked for.
func listenMany(to string) {
	address, count, _ := strings.Cut(to, " ")
	n, _ := strconv.Atoi(count)
	at, err := url.Parse(address)
	if err != nil {
		panic(err)
	}
	var heard atomic.Int64
	ask := fmt.Sprintf("GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n", at.Path)
	for range n {
		c, err := (&net.Dialer{}).DialContext(context.Background(), "tcp", at.Host)
		if err != nil {
			panic(err)
		}
		if _, err := io.WriteString(c, ask); err != nil {
			panic(err)
		}
		go func() {
			text := make([]byte, 1024)
			for {
				got, err := c.Read(text)
				if err != nil {
					return
				}
				heard.Add(int64(strings.Count(string(text[:got]), "event: ")))
			}
		}()
	}
	for wanted := int64(0); ; {
		var more int64
		if _, err := fmt.Scan(&more); err != nil {
			return
		}
		for wanted += more * int64(n); heard.Load() < wanted; {
			time.Sleep(time.Millisecond)
		}
		fmt.Println("heard")
	}
}

// BenchmarkListeners is what a listener costs: many of them, in another process, hear
// an event every two seconds. KB/listener is of memory of this process, stacks and
// heap and what the runtime needs for them, beyond that of the idle server.
// AIMO3_LISTENERS is how many; 1,000 if it is not set.
func BenchmarkListeners(b *testing.B) {
	n, err := strconv.Atoi(os.Getenv("AIMO3_LISTENERS"))
	if err != nil {
		n = 1000
	}
	id := engine.NewAttemptID(time.Now())
	r, feeding := fed(b, id)
	idle := memory()
	clients := exec.CommandContext(b.Context(), os.Args[0])
	clients.Env = append(os.Environ(), fmt.Sprintf("%s=%s/v1/attempts/%s/events %d", listeningAs, r.url, id, n))
	in, err := clients.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	out, err := clients.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := clients.Start(); err != nil {
		b.Fatal(err)
	}
	defer func() { _ = in.Close(); _ = clients.Wait() }()
	said := make([]byte, 16)
	hear := func(events int) {
		_, _ = fmt.Fprintln(in, events)
		if _, err := out.Read(said); err != nil {
			b.Fatal(err)
		}
	}
	hear(1)
	b.ResetTimer()
	most := 0.0
	for range max(b.N, 5) {
		feeding.say()
		hear(1)
		most = max(most, memory()-idle)
		time.Sleep(2 * time.Second)
	}
	b.ReportMetric(most/float64(n)/1024, "KB/listener")
	b.ReportMetric(float64(runtime.NumGoroutine())/float64(n), "goroutines/listener")
}

// memory is what the process holds, in bytes.
func memory() float64 {
	runtime.GC()
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		panic(err)
	}
	pages, _ := strconv.Atoi(strings.Fields(string(text))[1])
	return float64(pages * os.Getpagesize())
}

// feeding puts events into the feed of an attempt that never was asked of a model.
type feeding struct {
	run *run
	seq uint64
}

func (f *feeding) say() {
	f.seq++
	_ = f.run.hear(engine.Event{Attempt: f.run.id, Seq: f.seq, At: time.Now(), Fact: engine.Delta{Text: "so x = 1, and then it follows that", Frames: 10}})
}

// fed is a server with an attempt that only the benchmark feeds, one event of it told.
func fed(b *testing.B, id engine.AttemptID) (*rig, *feeding) {
	r := start(b, nil)
	of := &run{id: id, feed: newFeed(r.bounds.feedBytes), began: make(chan struct{}), over: make(chan struct{})}
	of.ctx, of.cancel = context.WithCancelCause(b.Context())
	r.hub.runs[id] = of
	f := &feeding{run: of}
	f.say()
	return r, f
}

// BenchmarkDelay is how long a word takes from the recorder to a listener: 500
// listeners on 8 samples that each say something every 20 ms.
func BenchmarkDelay(b *testing.B) {
	const listeners = 500
	var script []fake.Step
	for i := range 150 {
		script = append(script, fake.Think(fmt.Sprintf(" so x = %d", i)), func(http.ResponseWriter, *http.Request) bool {
			time.Sleep(20 * time.Millisecond)
			return false
		})
	}
	r := startOn(b, filepath.Join(b.TempDir(), "d.db"), func(o *Options, _ *bounds) { o.Plan.Samples = 8 }, append(script, replies("42")...))
	for b.Loop() {
		id := r.create(`{"problem":"What is 6 times 7?","cache":false}`)
		var mu sync.Mutex
		var delays []time.Duration
		var all sync.WaitGroup
		for range listeners {
			all.Go(func() {
				l := r.listen(id, "")
				defer l.close()
				for first := true; ; first = false {
					h, err := l.next()
					if err != nil {
						return
					}
					_, after, _ := strings.Cut(h.data, `"at":"`)
					text, _, _ := strings.Cut(after, `"`)
					if at, err := time.Parse(time.RFC3339Nano, text); err == nil && !first {
						mu.Lock()
						delays = append(delays, time.Since(at))
						mu.Unlock()
					}
				}
			})
		}
		all.Wait()
		slices.Sort(delays)
		b.ReportMetric(float64(delays[len(delays)/2].Milliseconds()), "p50-ms")
		b.ReportMetric(float64(delays[len(delays)*99/100].Milliseconds()), "p99-ms")
	}
}
