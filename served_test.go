package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	fake "github.com/aimo3/aimo3/engine/ollama/ollamatest"
	"github.com/aimo3/aimo3/store"
)

// TestServerKilled: a server that is killed under 200 listeners loses nothing. Started
// again, it goes on with the attempt, and each listener, which comes back with the
// number of its latest event, has heard every stored event once and in order.
func TestServerKilled(t *testing.T) {
	const listeners = 200
	model := fake.NewServer(t, longReply(40, fake.Stall()), longReply(40, fake.Stall()), longReply(40, fake.Say(`\boxed{42}`), fake.Done()))
	db := filepath.Join(t.TempDir(), "aimo3.db")
	server, address := served(t, "127.0.0.1:0", model.URL, db)
	var created struct{ Attempt engine.AttemptID }
	resp, err := http.Post("http://"+address+"/v1/attempts", "application/json", strings.NewReader(`{"problem":"What is 6 times 7?","samples":2,"stop":"none","tools":"off"}`))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.NewDecoder(resp.Body).Decode(&created); err != nil || created.Attempt == "" {
		t.Fatalf("%s, %v", resp.Status, err)
	}
	_ = resp.Body.Close()
	var heard [listeners][]uint64
	var all sync.WaitGroup
	var early atomic.Int64
	soon := make(chan struct{})
	for i := range listeners {
		all.Go(func() {
			hear(t, "http://"+address+"/v1/attempts/"+string(created.Attempt)+"/events", func(seq uint64) {
				if heard[i] = append(heard[i], seq); len(heard[i]) == 20 && early.Add(1) == listeners {
					close(soon)
				}
			})
		})
	}
	<-soon
	if err := server.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = server.Wait()
	again, _ := served(t, address, model.URL, db)
	all.Wait()
	if err := again.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := again.Wait(); err != nil {
		t.Errorf("after a signal it ended with %v", err)
	}
	want := storedSeqs(t, db, created.Attempt)
	for i := range heard {
		if !slices.Equal(heard[i], want) {
			t.Fatalf("listener %d heard %v, want %v", i, heard[i], want)
		}
	}
	t.Logf("%d listeners heard %d events each", listeners, len(want))
}

// longReply is a reply of many events, and its end.
func longReply(pieces int, end ...fake.Step) (script []fake.Step) {
	for i := range pieces {
		script = append(script, fake.Think(fmt.Sprintf(" so x = %d", i)), fake.Say(fmt.Sprintf(" then %d", i*i)))
	}
	return append(script, end...)
}

// served starts the program as a server, with more flags if there are any, and waits
// until it says where it listens.
func served(t *testing.T, listen, host, db string, flags ...string) (*exec.Cmd, string) {
	t.Helper()
	flags = append([]string{"serve", "--listen", listen, "--host", host, "--db", db, "--log", "off", "--model", "fake"}, flags...)
	cmd := exec.CommandContext(context.WithoutCancel(t.Context()), os.Args[0], flags...)
	cmd.Env = []string{"HOME=" + t.TempDir(), "PATH=" + os.Getenv("PATH"), programming + "=1"}
	said, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait() // it may have been waited for: none is left
	})
	line, err := bufio.NewReader(said).ReadString('\n')
	_, after, found := strings.Cut(line, "serves at ")
	if err != nil || !found {
		t.Fatalf("it said %q, %v", line, err)
	}
	go func() { _, _ = io.Copy(io.Discard, said) }()
	return cmd, strings.Fields(after)[0]
}

// hear tells the numbers of all events at an address, coming back whenever the server
// has gone, until there are no more.
func hear(t *testing.T, address string, tell func(uint64)) {
	for last := ""; ; {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
		if err != nil {
			t.Error(err)
			return
		}
		req.Header.Set("Last-Event-ID", last)
		resp, err := http.DefaultClient.Do(req)
		if err != nil { // it is not there: its socket says so at once
			select {
			case <-t.Context().Done():
				return
			case <-time.After(20 * time.Millisecond):
			}
			continue
		}
		if resp.StatusCode == http.StatusNoContent {
			_ = resp.Body.Close()
			return
		}
		id := ""
		for lines := bufio.NewScanner(resp.Body); lines.Scan(); {
			text := lines.Text()
			if given, is := strings.CutPrefix(text, "id: "); is {
				id = given
			}
			if seq, err := strconv.ParseUint(id, 10, 64); text == "" && err == nil { // the event is whole
				tell(seq)
				last, id = id, ""
			}
		}
		_ = resp.Body.Close()
	}
}

func storedSeqs(t *testing.T, path string, id engine.AttemptID) (seqs []uint64) {
	t.Helper()
	db, err := store.OpenToRead(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	events, err := db.Events(t.Context(), id, 0, 10_000)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		seqs = append(seqs, e.Seq)
	}
	return seqs
}
