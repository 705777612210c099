package serve

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	fake "github.com/aimo3/aimo3/engine/ollama/ollamatest"
)

// talkative is a reply of many events: after each piece of thinking comes one of reply.
func talkative(pieces int) (script []fake.Step) {
	for i := range pieces {
		script = append(script, fake.Think(fmt.Sprintf(" so x = %d", i)), fake.Say(fmt.Sprintf(" then %d", i*i)))
	}
	return append(script, fake.Say(`\boxed{42}`), fake.Done())
}

// TestResumed: listeners that are cut off at random, while the attempt runs and
// afterwards, and come back with the number of their latest event, hear every stored
// event once and in order, also those that the feed no longer holds.
func TestResumed(t *testing.T) {
	const listeners = 12
	gate := make(chan struct{})
	r := start(t, func(o *Options, b *bounds) { b.feedBytes, o.Plan.Samples = 3000, 3 }, append([]fake.Step{fake.Think("first "), fake.Gate(gate)}, talkative(150)...))
	id := r.create(ask42)
	got := make([][]string, listeners)
	var all sync.WaitGroup
	for i := range listeners {
		all.Go(func() { got[i] = r.hearCut(t, id, rand.New(rand.NewPCG(1, uint64(i)))) })
	}
	close(gate)
	all.Wait()
	stored, err := r.db.Events(t.Context(), id, 0, 100_000)
	if err != nil || len(stored) < 300 {
		t.Fatalf("%d events are stored, %v", len(stored), err)
	}
	want := make([]string, 0, len(stored))
	for _, e := range stored {
		want = append(want, strconv.FormatUint(e.Seq, 10))
	}
	for i := range got {
		if !slices.Equal(got[i], want) {
			t.Errorf("listener %d heard %d events, want %d: %v", i, len(got[i]), len(want), got[i])
		}
	}
	if _, err := strconv.Atoi(want[0]); err != nil || len(r.hub.runs) != 0 {
		t.Errorf("first event %q, %d attempts still run", want[0], len(r.hub.runs))
	}
}

// hearCut hears an attempt in pieces of random length, to its end.
func (r *rig) hearCut(t *testing.T, id engine.AttemptID, dice *rand.Rand) (seqs []string) {
	last := ""
	for {
		l, err := listenAt(t.Context(), r.url, id, last)
		if err != nil {
			t.Error(err)
			return nil
		}
		if l.resp.StatusCode == http.StatusNoContent {
			l.close()
			return seqs
		}
		for range 1 + dice.IntN(120) {
			h, err := l.next()
			if err != nil {
				break
			}
			seqs, last = append(seqs, h.id), h.id
		}
		l.close()
	}
}

// TestUnread: who reads nothing is cut off, and another is served meanwhile.
func TestUnread(t *testing.T) {
	r := start(t, func(_ *Options, b *bounds) { b.write = 200 * time.Millisecond }, talkative(300))
	id := r.create(ask42)
	r.await(id)
	c, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", strings.TrimPrefix(r.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	const times = 400 // far more than sockets hold
	if _, err := io.WriteString(c, strings.Repeat("GET /v1/attempts/"+string(id)+"/events HTTP/1.1\r\nHost: localhost\r\n\r\n", times)); err != nil {
		t.Fatal(err)
	}
	for open := 2; open > 1; { // until the server has given it up
		if got := r.ask("GET", "/readyz", ""); got.status != 200 {
			t.Fatal(got)
		}
		r.gate.mu.Lock()
		open = r.gate.open
		r.gate.mu.Unlock()
	}
	all, _ := io.ReadAll(c)
	if n := strings.Count(string(all), "attempt_finished"); n >= times {
		t.Errorf("%d of %d answers came", n, times)
	}
}

// TestStillHere: a stream on which nothing happens shows signs of life.
func TestStillHere(t *testing.T) {
	r := start(t, func(_ *Options, b *bounds) { b.keepAlive = 20 * time.Millisecond }, []fake.Step{fake.Think("hm"), fake.Stall()})
	l := r.listen(r.create(ask42), "")
	defer l.close()
	for lines, signs := bufio.NewScanner(l.resp.Body), 0; signs < 3; {
		if !lines.Scan() {
			t.Fatalf("%d signs of life, %v", signs, lines.Err())
		}
		if lines.Text() == strings.TrimSpace(stillHere) {
			signs++
		}
	}
}

// TestDrained: once the server ends, nothing begins any more, and what runs may end.
func TestDrained(t *testing.T) {
	gate := make(chan struct{})
	r := start(t, func(o *Options, _ *bounds) { o.Running, o.Plan.Samples = 1, 1 }, append([]fake.Step{fake.Think("hm"), fake.Gate(gate)}, replies("42")...))
	id := r.create(ask42)
	waits := r.create(`{"problem":"2+2?"}`)
	l := r.listen(id, "")
	done := make(chan error, 1)
	go func() { done <- r.end() }()
	for r.ask("GET", "/readyz", "").status != http.StatusServiceUnavailable {
	}
	if got := r.ask("POST", "/v1/attempts", `{"problem":"3+3?"}`); got.status != 503 || !strings.Contains(got.body, "shutting_down") || got.header.Get("Retry-After") == "" {
		t.Errorf("created: %d %s", got.status, got.body)
	}
	if got := r.ask("GET", "/v1/attempts/"+string(waits), ""); !strings.Contains(got.body, `"state":"failed"`) {
		t.Errorf("the one that waited: %s", got.body)
	}
	close(gate)
	events := l.all(t)
	if last := events[len(events)-1]; last.kind != "attempt_finished" || !strings.Contains(last.data, `"all_ended"`) {
		t.Errorf("the last event is %v", last)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// TestDrainedByForce: what does not end in time is closed with the votes it has.
func TestDrainedByForce(t *testing.T) {
	r := start(t, func(o *Options, _ *bounds) { o.Drain = time.Millisecond }, []fake.Step{fake.Think("hm"), fake.Stall()})
	id := r.create(ask42)
	l := r.listen(id, "")
	if err := r.end(); err != nil {
		t.Fatal(err)
	}
	events := l.all(t)
	if last := events[len(events)-1]; last.kind != "attempt_finished" || !strings.Contains(last.data, `"cancelled"`) {
		t.Errorf("the last event is %v", last)
	}
	if unfinished, err := r.db.Unfinished(t.Context()); err != nil || len(unfinished) != 0 {
		t.Errorf("%v, %v are unfinished", unfinished, err)
	}
}

// TestLate: who comes late to an attempt that still runs hears what the feed no longer
// holds from the store, and goes on live, on one connection.
func TestLate(t *testing.T) {
	gate := make(chan struct{})
	script := append(talkative(100)[:200:200], fake.Gate(gate), fake.Say(`\boxed{42}`), fake.Done())
	r := start(t, func(o *Options, b *bounds) { b.feedBytes, o.Plan.Samples = 2000, 1 }, script)
	id := r.create(ask42)
	early := r.listen(id, "")
	defer early.close()
	var want []heard
	for len(want) == 0 || !strings.Contains(want[len(want)-1].data, " then 9801") {
		h, err := early.next()
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, h)
	}
	late := r.listen(id, "")
	for i := range want {
		if h, err := late.next(); err != nil || h != want[i] {
			t.Fatalf("event %d is %v, %v; want %v", i, h, err, want[i])
		}
	}
	close(gate)
	if rest := late.all(t); len(rest) == 0 || rest[len(rest)-1].kind != "attempt_finished" {
		t.Errorf("then it heard %v", rest)
	}
}
