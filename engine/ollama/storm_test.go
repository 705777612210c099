package ollama_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/desk"
	"github.com/aimo3/aimo3/engine/ollama"
	fake "github.com/aimo3/aimo3/engine/ollama/ollamatest"
)

// TestStorm: of a stream of very many frames, in which whatever can go wrong does, every
// attempt ends, each of its samples in one way, no half reply has a vote, nothing is left
// running, and memory does not grow. All is in bubbles of synctest, the sockets too, so
// that no stall and no wait costs time, and a goroutine that is left fails the test.
// AIMO3_STORM is "SEEDSxFRAMES" for the long form.
func TestStorm(t *testing.T) {
	seeds, frames := uint64(2), int64(10_000)
	if long := os.Getenv("AIMO3_STORM"); long != "" {
		if _, err := fmt.Sscanf(long, "%dx%d", &seeds, &frames); err != nil {
			t.Fatal(err)
		}
	}
	total := &storm{ends: map[string]int{}, retries: map[string]int{}}
	var first, latest uint64
	for seed := range seeds {
		synctest.Test(t, func(t *testing.T) {
			s := &storm{T: t, seed: seed, ends: map[string]int{}, retries: map[string]int{}}
			s.blow(frames)
			total.add(s)
		})
		if latest = held(); seed == 0 {
			first = latest
		}
	}
	t.Logf("%d seeds: %d attempts, %d samples, %d frames of %d requests; samples that ended %v; asked for again %v; %d kB held after the first seed, %d kB after the last",
		seeds, total.attempts, total.samples, total.frames.Load(), total.requests.Load(), total.ends, total.retries, first>>10, latest>>10)
	if latest > first+4<<20 {
		t.Errorf("%d kB are held after the first seed, and %d kB after the last", first>>10, latest>>10)
	}
	if 100*total.ends["finished"] < 95*total.samples {
		t.Errorf("%d of %d samples ended properly, want 95%%", total.ends["finished"], total.samples)
	}
}

// held are the bytes of memory in use.
func held() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// storm is what comes of one seed.
type storm struct {
	*testing.T
	seed              uint64
	frames, requests  atomic.Int64
	attempts, samples int
	ends              map[string]int // of samples: "finished", or the class of the fault
	retries           map[string]int // by class
}

func (s *storm) add(o *storm) {
	s.attempts += o.attempts
	s.samples += o.samples
	s.frames.Add(o.frames.Load())
	s.requests.Add(o.requests.Load())
	for k, n := range o.ends {
		s.ends[k] += n
	}
	for k, n := range o.retries {
		s.retries[k] += n
	}
}

// blow makes attempts until so many frames were sent.
func (s *storm) blow(frames int64) {
	l := &pipes{next: make(chan net.Conn), closed: make(chan struct{})}
	srv := fake.NewServerAt(s, l, []fake.Step{s.reply})
	client := newClient(s.T, srv.URL)
	client.Dial(l.dial)
	d := desk.New(desk.Options{Servers: []desk.Server{known{client}}})
	plan := engine.Plan{Model: "fake", Samples: 8, Stop: engine.StopNone, Budget: engine.Budget{Wall: -1}}
	for s.frames.Load() < frames {
		s.attempts++
		ended := make([]int, plan.Samples)
		verdict, err := d.Attempt(s.Context(), engine.AttemptID(strconv.Itoa(s.attempts)), engine.Problem{Statement: "What is 6 times 7?"}, plan, func(e engine.Event) error {
			switch f := e.Fact.(type) {
			case engine.SampleFinished:
				s.ends["finished"]++
				if ended[f.Sample]++; f.Answer != "42" {
					s.Errorf("seed %d, attempt %d: sample %d voted for %q", s.seed, s.attempts, f.Sample, f.Answer)
				}
			case engine.SampleFailed:
				s.ends[string(f.Class)]++
				ended[f.Sample]++
			case engine.SampleStopped:
				s.ends["stopped"]++
				ended[f.Sample]++
			case engine.SampleRetried:
				s.retries[string(f.Class)]++
			}
			return nil
		})
		s.samples += len(ended)
		for i, n := range ended {
			if n != 1 {
				s.Errorf("seed %d, attempt %d: sample %d ended %d times", s.seed, s.attempts, i, n)
			}
		}
		if err == nil && verdict.Answer != "42" {
			s.Errorf("seed %d, attempt %d: %+v", s.seed, s.attempts, verdict)
		}
	}
	client.Close()
}

// wrong is what goes wrong with replies, and how often in a thousand; with the others
// nothing does, but for what does no harm.
var wrong = map[string]int{
	"refused": 10, "busy": 20, "crashed": 10, "page": 5, "cut": 20, "reset": 20, "no end": 20, "half a line": 10,
	"error line": 20, "garbage": 15, "two ends": 10, "giant": 1, "stall": 10, "silence": 5, "loop": 5,
}

// reply is a reply of the server. One that is not whole says 13, and a whole one 42.
func (s *storm) reply(w http.ResponseWriter, r *http.Request) bool {
	dice := rand.New(rand.NewPCG(s.seed, uint64(s.requests.Add(1)))) //nolint:gosec // a count
	at, what := dice.IntN(1000), ""
	for _, name := range slices.Sorted(maps.Keys(wrong)) {
		if at -= wrong[name]; at < 0 {
			what = name
			break
		}
	}
	switch what {
	case "refused":
		return fake.Vanish()(w, r)
	case "busy":
		return fake.Fail(http.StatusServiceUnavailable, "server busy, please try again.  maximum pending requests exceeded")(w, r)
	case "crashed":
		return fake.Fail(http.StatusInternalServerError, "model runner has unexpectedly stopped")(w, r)
	case "page":
		return fake.FailAs(http.StatusOK, "text/html", proxyPage)(w, r)
	case "silence":
		return hold()(w, r)
	}
	n, answer := 20+dice.IntN(300), 42
	if what != "" {
		n, answer = 1+dice.IntN(n), 13
	}
	for i := range n {
		s.frame(w, r, dice, i)
	}
	if what == "loop" {
		s.frames.Add(int64(n))
		for range 100 {
			fake.Say("we get the same again, and again: ")(w, r)
		}
	}
	s.frames.Add(int64(n))
	fake.Say(fmt.Sprintf(`So \boxed{%d}.`, answer))(w, r)
	return ending(what)(w, r)
}

// frame sends a word, and now and then what does no harm.
func (s *storm) frame(w http.ResponseWriter, r *http.Request, dice *rand.Rand, i int) {
	word := fmt.Sprintf("é%d ", dice.IntN(1e6))
	line := fmt.Sprintf(`{"model":"fake","odd":[{}],"message":{"role":"assistant","content":%q,"thinking":""},"done":false}`+"\r\n\n", word)
	switch dice.IntN(40) {
	case 0:
		fake.Split(1+dice.IntN(20), line)(w, r)
	case 1:
		fake.Raw(line)(w, r)
	case 2:
		fake.Say("")(w, r)
	default:
		fake.Say(word)(w, r)
	}
	if i%8 == dice.IntN(8) {
		_ = http.NewResponseController(w).Flush()
	}
}

// ending is how a reply ends of which something is wrong.
func ending(what string) fake.Step {
	switch what {
	case "cut":
		return fake.HangUp()
	case "reset":
		return fake.Reset()
	case "half a line":
		return fake.Raw(`{"message":{"con`)
	case "error line":
		return fake.FailMidway("an error was encountered while running the model: unexpected EOF")
	case "garbage":
		return fake.Raw("\x00\xff<moon>\n")
	case "two ends":
		return func(w http.ResponseWriter, r *http.Request) bool {
			fake.Done()(w, r)
			return fake.Done()(w, r)
		}
	case "giant":
		return fake.Say(strings.Repeat("giant ", 1<<20))
	case "stall":
		return fake.Stall()
	case "no end":
		return func(http.ResponseWriter, *http.Request) bool { return true }
	}
	return fake.Done()
}

// known is a client as a desk needs it.
type known struct{ *ollama.Client }

func (k known) Show(ctx context.Context, name string) (engine.Model, error) {
	card, err := k.Client.Show(ctx, name)
	return card.Model, err
}

func (known) Window(context.Context, string, int, uint64) int { return 4096 }

// pipes is a listener in memory, at which a bubble can wait.
type pipes struct {
	next   chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func (p *pipes) dial(ctx context.Context) (net.Conn, error) {
	ours, theirs := net.Pipe()
	select {
	case p.next <- theirs:
		return ours, nil
	case <-p.closed:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case conn := <-p.next:
		return conn, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error { p.once.Do(func() { close(p.closed) }); return nil }

func (p *pipes) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 11434} }
