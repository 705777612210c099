package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/desk"
	"github.com/aimo3/aimo3/engine/ollama"
	fake "github.com/aimo3/aimo3/engine/ollama/ollamatest"
)

// faults are how often a request to the server that replays recordings fails, and how.
const faults = "refuse=.05,503=.1,500=.03,cut=.05,errline=.05,stall=.02,empty=.02,garbage=.02,loop=.01"

// halfAnswer is the answer of half replies, and of no whole one.
const halfAnswer = "13"

// chaos is what came of many attempts at a server that fails.
type chaos struct {
	mu       sync.Mutex
	attempts int
	samples  int
	ends     map[string]int // of samples: "finished", "stopped", or the class of the fault
	retries  map[string]int // by class
	breakers map[string]int // changes, by state
	equal    int            // verdicts that are those without faults
	other    []string       // those that are not
	halves   int            // votes of half replies
}

// TestChaos: at a server that fails in every way that passes, every attempt ends, each
// of its samples in one way, nearly all of them properly, and with the verdict that
// it has without faults; nothing is left running, and no half reply has a vote. The
// long form, against recorded replies, is made by AIMO3_CHAOS, the number of attempts.
func TestChaos(t *testing.T) {
	before := goroutines()
	c := &chaos{ends: map[string]int{}, retries: map[string]int{}, breakers: map[string]int{}}
	if attempts, err := strconv.Atoi(os.Getenv("AIMO3_CHAOS")); err == nil {
		c.recorded(t, attempts)
	} else {
		c.scripted(t, 12)
	}
	fmt.Println(c)
	finished, failed := c.ends["finished"], 0
	for end, n := range c.ends {
		if end != "finished" && end != "stopped" {
			failed += n
		}
	}
	if sum := finished + failed + c.ends["stopped"]; sum != c.samples {
		t.Errorf("%d samples ended in one way, want %d", sum, c.samples)
	}
	if 100*finished < 95*(finished+failed) {
		t.Errorf("%d of %d samples ended properly, want 95%%", finished, finished+failed)
	}
	if 100*c.equal < 95*c.attempts {
		t.Errorf("%d of %d verdicts are those without faults, want 95%%: %v", c.equal, c.attempts, c.other)
	}
	if c.halves > 0 {
		t.Errorf("%d half replies have a vote", c.halves)
	}
	awaitGone(t, before)
}

// goroutines are those that run this program's own code.
func goroutines() int {
	all := make([]byte, 4<<20)
	all = all[:runtime.Stack(all, true)]
	n := 0
	for one := range strings.SplitSeq(string(all), "\n\n") {
		if strings.Contains(one, "aimo3/engine/") && !strings.Contains(one, "ollamatest") {
			n++
		}
	}
	return n
}

// awaitGone waits until no more goroutines run this program's own code than before: some are
// about to end when an attempt does.
func awaitGone(t *testing.T, before int) {
	t.Helper()
	for tries := 0; goroutines() > before; tries++ {
		if tries == 60_000 {
			t.Fatalf("%d goroutines are left", goroutines()-before)
		}
		time.Sleep(time.Millisecond)
	}
}

// scripted are attempts at a server of this process, of whose requests three tenths
// fail.
func (c *chaos) scripted(t *testing.T, attempts int) {
	const half = `Perhaps \boxed{` + halfAnswer + `}. `
	fail := map[string][]fake.Step{
		"refuse":  {fake.Vanish()},
		"503":     {fake.Fail(503, "server busy, please try again.  maximum pending requests exceeded")},
		"500":     {fake.Fail(500, "model runner has unexpectedly stopped")},
		"cut":     {fake.Say(half), fake.HangUp()},
		"short":   {fake.Say(half)},
		"errline": {fake.Say(half), fake.FailMidway("an error was encountered while running the model: unexpected EOF")},
		"garbage": {fake.Say(half), fake.Raw("<html>\n")},
		"loop":    {fake.Say(strings.Repeat(half, 300)), fake.Done()},
	}
	names, dice := slices.Sorted(maps.Keys(fail)), rand.New(rand.NewPCG(1, 2))
	scripts := make([][]fake.Step, 5000)
	for i := range scripts {
		scripts[i] = []fake.Step{fake.Think("six sevens"), fake.Say(`So \boxed{42}.`), fake.Done()}
		if dice.IntN(100) < 30 {
			scripts[i] = fail[names[dice.IntN(len(names))]]
		}
	}
	s := fake.NewServer(t, scripts...)
	plan := engine.Plan{Model: "fake", Samples: 10, Stop: engine.StopNone, Budget: engine.Budget{Wall: -1}}
	c.run(t, s.URL, attempts, attempts, plan, func(int) (engine.Problem, string) {
		return engine.Problem{Statement: "What is 6 times 7?"}, "42"
	})
	if n := len(s.Asked()); n > len(scripts) {
		t.Errorf("%d requests are too many", n)
	}
}

// recorded are attempts at recorded problems, the shortest ones, each first without
// faults.
func (c *chaos) recorded(t *testing.T, attempts int) {
	dir := t.TempDir()
	data := filepath.Join(shared, recordings)
	plan := engine.Plan{Model: "gpt-oss:120b", Samples: 8, Options: engine.Options{NumCtx: 131_072}, Budget: engine.Budget{Wall: -1}}
	var problems []engine.Problem
	for _, p := range recordedProblems(t, 40) {
		if slices.Contains([]string{
			"aimo3-32951", "aimo3-580", "aimo3-336", "aimo3-21818", "imo-2020-sl-c1-n18", "imo-2020-sl-c1-n23", "imo-2019-p5-n8", "imo-2019-p5-n10", "imo-2011-sl-c1-n6", "aimo3-q9-m1",
		}, p.ID) {
			problems = append(problems, p)
		}
	}
	without := make([]string, len(problems))
	sound := &chaos{ends: map[string]int{}, retries: map[string]int{}, breakers: map[string]int{}}
	program := buildReplay(t, dir)
	sound.run(t, playBack(t, program, data, "-inline", "-rate", "0"), len(problems), 2, plan, func(i int) (engine.Problem, string) { return problems[i], "" })
	for i := range problems {
		for _, o := range sound.other {
			if answer, is := strings.CutPrefix(o, problems[i].ID+" "); is {
				without[i] = answer
			}
		}
	}
	fmt.Println("without faults:", sound.other)
	address := playBack(t, program, data, "-inline", "-rate", "0", "-fault", faults)
	c.run(t, address, attempts, 8, plan, func(i int) (engine.Problem, string) { return problems[i%len(problems)], without[i%len(problems)] })
	stats := get(t, address+"/replay/stats")
	fmt.Printf("the server says %s\n", stats)
	said := map[string]int{}
	if err := json.Unmarshal(stats, &said); err != nil {
		t.Fatal(err)
	}
	c.halves += max(c.ends["finished"]-said["finished.stop"]-said["finished.length"], 0)
}

// run makes attempts, so many at once, each at a problem of which the verdict without
// faults is known.
func (c *chaos) run(t *testing.T, address string, attempts, atOnce int, plan engine.Plan, at func(int) (engine.Problem, string)) {
	client, err := ollama.New(address)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	d := desk.New(desk.Options{Servers: []desk.Server{found{client}}})
	var wg sync.WaitGroup
	next := make(chan int)
	for range atOnce {
		wg.Go(func() {
			for i := range next {
				problem, want := at(i)
				c.attempt(t.Context(), d, problem, plan, want)
			}
		})
	}
	for i := range attempts {
		next <- i
	}
	close(next)
	wg.Wait()
}

func (c *chaos) attempt(ctx context.Context, d *desk.Desk, problem engine.Problem, plan engine.Plan, want string) {
	v, err := d.Attempt(ctx, engine.NewAttemptID(time.Now()), problem, plan, func(e engine.Event) error {
		c.mu.Lock()
		defer c.mu.Unlock()
		switch f := e.Fact.(type) {
		case engine.AttemptStarted:
			c.attempts++
			c.samples += f.Plan.Samples
		case engine.SampleFinished:
			c.ends["finished"]++
			if f.Answer == halfAnswer {
				c.halves++
			}
		case engine.SampleStopped:
			c.ends["stopped"]++
		case engine.SampleFailed:
			c.ends[string(f.Class)]++
		case engine.SampleRetried:
			c.retries[string(f.Class)]++
		case engine.BreakerChanged:
			c.breakers[string(f.State)]++
		}
		return nil
	})
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case err != nil:
		c.other = append(c.other, fmt.Sprint(problem.ID, " ", err))
	case string(v.Answer) == want:
		c.equal++
	default:
		c.other = append(c.other, fmt.Sprint(problem.ID, " ", v.Answer))
	}
}

// String is the table.
func (c *chaos) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d attempts, %d verdicts as without faults, %d samples\n", c.attempts, c.equal, c.samples)
	for _, part := range []struct {
		name   string
		counts map[string]int
	}{{"samples that ended", c.ends}, {"replies asked for again", c.retries}, {"breakers", c.breakers}} {
		for _, name := range slices.Sorted(maps.Keys(part.counts)) {
			fmt.Fprintf(&b, "  %-24s %-16s %6d\n", part.name, name, part.counts[name])
		}
	}
	return b.String()
}
