package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// soakInterval lies between two requests: there are 100 a minute.
const soakInterval = 600 * time.Millisecond

// soakFaults are those of the model server: one request in a hundred meets one.
const soakFaults = "503=0.002,500=0.002,refuse=0.002,cut=0.002,errline=0.002"

// soaked are the requests of a soak that were answered.
type soaked struct {
	mu     sync.Mutex
	took   []time.Duration // of each that was answered with an answer
	failed []string        // why each other was not
}

// TestSoak asks a server for 100 attempts a minute, for as long as AIMO3_SOAK says,
// before a model server of which one request in a hundred fails. Memory and descriptors
// may not grow without a bound, and no more than one attempt in a thousand may get no
// answer. It prints ten rows.
func TestSoak(t *testing.T) {
	length, err := time.ParseDuration(os.Getenv("AIMO3_SOAK"))
	if err != nil {
		t.Skip("AIMO3_SOAK is not set: make soak")
	}
	dir := t.TempDir()
	model := playBack(t, buildReplay(t, dir), filepath.Join(shared, recordings), "-inline", "-parallel", "32", "-fault", soakFaults)
	server, address := served(t, "127.0.0.1:0", model, filepath.Join(dir, "aimo3.db"), "--model", "gpt-oss:120b",
		"--tools", "off", "--samples", "1", "--no-cache", "--attempts", "16", "--queue", "1000")
	bodies := soakBodies(t)
	var done soaked
	var all sync.WaitGroup
	var held []holding
	fmt.Printf("%8s %9s %9s %9s %9s %9s %9s %6s\n", "time", "asked", "answered", "p50", "p99", "longest", "memory", "files")
	rows := max(int(length/soakInterval)/10, 1)
	ticks := time.NewTicker(soakInterval)
	defer ticks.Stop()
	for i := range max(int(length/soakInterval), 1) {
		<-ticks.C
		all.Go(func() { done.ask("http://"+address, bodies[i%len(bodies)]) })
		if (i+1)%max(rows/10, 1) == 0 {
			held = append(held, heldBy(t, server.Process.Pid))
		}
		if (i+1)%rows == 0 {
			done.tell(time.Duration(i+1)*soakInterval, i+1, held[len(held)-1])
		}
	}
	all.Wait()
	asked := len(done.took) + len(done.failed)
	done.tell(length, asked, heldBy(t, server.Process.Pid))
	fmt.Printf("availability %.5f of %d\n%s", float64(len(done.took))/float64(asked), asked, strings.Join(done.failed, "\n"))
	if len(done.failed) > max(asked/1000, 1) {
		t.Errorf("%d of %d got no answer", len(done.failed), asked)
	}
	steady(t, held)
}

// steady holds what a process held in the last third of a time to what it held in the
// first, by medians.
func steady(t *testing.T, held []holding) {
	t.Helper()
	var memory, files []int
	for _, u := range held {
		memory, files = append(memory, u.memory), append(files, u.descriptors)
	}
	third := max(len(held)/3, 1)
	first, last := quantile(memory[:third], 0.5), quantile(memory[len(memory)-third:], 0.5)
	if last > first+first/4+16 {
		t.Errorf("memory grew from %d MB to %d MB", first, last)
	}
	if first, last := quantile(files[:third], 0.5), quantile(files[len(files)-third:], 0.5); last > first+16 {
		t.Errorf("descriptors grew from %d to %d", first, last)
	}
}

// soakBodies are requests of the recorded problems that took the fewest tokens.
func soakBodies(t *testing.T) (bodies [][]byte) {
	t.Helper()
	for _, p := range recordedProblems(t, 40) {
		if p.ID != "aimo3-32951" && p.ID != "imo-2017-sl-c2-n82" {
			continue
		}
		body, err := json.Marshal(map[string]any{"model": "aimo3", "messages": []any{map[string]any{"role": "user", "content": p.Statement}}})
		if err != nil {
			t.Fatal(err)
		}
		bodies = append(bodies, body)
	}
	if len(bodies) == 0 {
		t.Fatal("the problems are not among those recorded")
	}
	return bodies
}

// ask has one problem solved.
func (s *soaked) ask(url string, body []byte) {
	begun := time.Now()
	why := answeredBy(url, body)
	ended := time.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	if why == "" {
		s.took = append(s.took, ended.Sub(begun)) // printed only
	} else {
		s.failed = append(s.failed, why)
	}
}

// answeredBy is empty if a server answers a request with an answer, and else says why not.
func answeredBy(url string, body []byte) (why string) {
	resp, err := http.Post(url+"/v1/chat/completions", "application/json", bytes.NewReader(body))
	if err != nil {
		return err.Error()
	}
	defer resp.Body.Close()
	var said struct {
		Detail  string
		Choices []struct{ Message struct{ Content string } }
	}
	if err := json.NewDecoder(resp.Body).Decode(&said); err != nil || len(said.Choices) == 0 || said.Choices[0].Message.Content == "" {
		return fmt.Sprintf("%s %s %v", resp.Status, said.Detail, err)
	}
	return ""
}

func (s *soaked) tell(at time.Duration, asked int, u holding) {
	s.mu.Lock()
	defer s.mu.Unlock()
	round := func(q float64) time.Duration { return quantile(s.took, q).Round(time.Millisecond) }
	fmt.Printf("%8s %9d %9d %9s %9s %9s %6d MB %6d\n", at.Round(time.Second), asked, len(s.took), round(0.5), round(0.99), round(1), u.memory, u.descriptors)
}
