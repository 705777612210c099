package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine/enginetest"
	fake "github.com/aimo3/aimo3/engine/ollama/ollamatest"
)

// How much more a server may hold under attack than before: 64 MB of bodies that are on
// their way, headers, and what is not collected yet; and once the attackers have left.
const (
	attackMB          = 256
	attackDescriptors = 32
)

// attack is what somebody does to a server, and what it is told.
type attack struct {
	name string
	want string // status, or several; "" is a connection cut off, with or without one
	do   func(*target) []string
}

// target is a real server under attack.
type target struct {
	t       *testing.T
	address string
	many    int // connections that an attack opens
}

// attacks are those on a server without TLS.
func attacks() []attack {
	head := "POST /v1/attempts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
	get := "GET /v1/attempts HTTP/1.1\r\nHost: localhost\r\n"
	return []attack{
		{"a body of 10 GB", "413", func(a *target) []string { return a.stream(head+"Content-Length: 10737418240\r\n\r\n", 10<<30, "x") }},
		{"10 GB in pieces", "413 503", func(a *target) []string {
			return a.stream(head+"Transfer-Encoding: chunked\r\n\r\n", 10<<30, "10000\r\n"+strings.Repeat("x", 1<<16)+"\r\n")
		}},
		{"headers that never end", "", func(a *target) []string { return a.drip(get + "X: ") }},
		{"100,000 bytes of header", "431", func(a *target) []string { return a.each(get + "X: " + strings.Repeat("x", 100_000) + "\r\n\r\n") }},
		{"50,000 lines of header", "431", func(a *target) []string { return a.each(get + strings.Repeat("a:b\r\n", 50_000) + "\r\n") }},
		{"answers that nobody reads", "200", (*target).unread},
		{"wrong type", "422", post(`{"problem":7}`)},
		{"unknown field", "422", post(`{"problem":"What is 2+2?","x":1}`)},
		{"a host in the request", "422", post(`{"problem":"What is 2+2?","host":"http://169.254.169.254"}`)},
		{"a model that is an address", "422", alone(post(`{"problem":"What is 2+2?","model":"http://169.254.169.254/x"}`))},
		{"NUL in a problem", "422", post(`{"problem":"What is\u0000 2+2?"}`)},
		{"NUL in JSON", "400", post("{\x00}")},
		{"wrong Host", "421", lines("GET /v1/attempts HTTP/1.1\r\nHost: evil.example\r\n\r\n")},
		{"an absolute address", "421", lines("GET http://evil.example/v1/attempts HTTP/1.1\r\nHost: localhost\r\n\r\n")},
		{"a page of another site", "403", lines(head + "Origin: https://evil.example\r\nContent-Length: 2\r\n\r\n{}")},
		{"a page that only reads", "403", lines(get + "Sec-Fetch-Site: cross-site\r\n\r\n")},
	}
}

func post(body string) func(*target) []string {
	return lines(fmt.Sprintf("POST /v1/attempts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(body), body))
}

func lines(text string) func(*target) []string {
	return func(a *target) []string { return a.each(text) }
}

// alone does something by one connection. A model is looked for once an attempt's turn
// comes: of many wishes at once those that wait are accepted, and fail later.
func alone(do func(*target) []string) func(*target) []string {
	return func(a *target) []string {
		one := *a
		one.many = 1
		return do(&one)
	}
}

// TestAttacks: whatever is done to a server, each attacker gets the right status and one
// line why, memory and descriptors stay bounded, and other clients are answered all the
// while. It prints how fast they were; AIMO3_ATTACKS says how many connections an attack
// has.
func TestAttacks(t *testing.T) {
	a := &target{t: t, many: 50}
	_, _ = fmt.Sscan(os.Getenv("AIMO3_ATTACKS"), &a.many)
	model := fake.NewServer(t, []fake.Step{fake.Say(`\boxed{4}`), fake.Done()})
	server, address := served(t, "127.0.0.1:0", model.URL, filepath.Join(t.TempDir(), "aimo3.db"))
	a.address = address
	(&others{}).ask(t, address, 20)
	first, most := heldBy(t, server.Process.Pid), attackMB
	if enginetest.UnderRace { // the detector keeps a shadow of all memory, several times as large
		most *= 8
	}
	fmt.Printf("%-28s %8s %8s %7s %7s %7s %9s %9s\n", "attack", "told", "times", "MB", "files", "others", "p50", "p99")
	fmt.Printf("%-28s %8s %8s %7d %7d\n", "none", "", "", first.memory, first.descriptors)
	for _, one := range attacks() {
		var beside others
		over := make(chan struct{})
		var told []string
		go func() { defer close(over); told = one.do(a) }()
		beside.until(t, address, over)
		held := heldBy(t, server.Process.Pid)
		fmt.Printf("%-28s %8s %8d %7d %7d %7d %9s %9s\n", one.name, one.want, len(told), held.memory, held.descriptors,
			len(beside.took), quantile(beside.took, 0.5).Round(time.Microsecond), quantile(beside.took, 0.99).Round(time.Microsecond))
		for _, got := range told {
			if !right(got, one.want) {
				t.Errorf("%s: told %.300q, want %s and why", one.name, got, one.want)
				break
			}
		}
		if len(told) == 0 || held.peak > first.peak+most {
			t.Errorf("%s: %d answers; it held %d MB, before %d MB", one.name, len(told), held.peak, first.peak)
		}
	}
	released(t, server.Process.Pid, first.descriptors+attackDescriptors)
	if n := len(model.Asked()); n > 0 {
		t.Errorf("%d requests were made of the model", n)
	}
}

// released waits until a process holds no more descriptors than that.
func released(t *testing.T, pid, most int) {
	t.Helper()
	for u := heldBy(t, pid); u.descriptors > most; u = heldBy(t, pid) {
		select {
		case <-t.Context().Done():
			t.Fatalf("it holds %s, want %d", u, most)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// right says whether an answer has a status and, if it is a refusal of ours, one line why.
func right(got, want string) bool {
	header, body, _ := strings.Cut(got, "\r\n\r\n")
	switch {
	case want == "":
		return got == "" || strings.HasPrefix(got, "HTTP/1.1 408") || strings.HasPrefix(got, "HTTP/1.1 400")
	case !slices.ContainsFunc(strings.Fields(want), func(status string) bool { return strings.HasPrefix(got, "HTTP/1.1 "+status+" ") }):
		return false
	case want == "200" || want == "431": // the latter is net/http's own
		return true
	}
	var p struct{ Detail string }
	err := json.NewDecoder(strings.NewReader(body)).Decode(&p)
	return err == nil && p.Detail != "" && !strings.Contains(p.Detail, "\n") && strings.Contains(header, "application/problem+json")
}

// others are the clients that ask properly.
type others struct{ took []time.Duration }

// ask has so many requests answered, one after the other.
func (o *others) ask(t *testing.T, address string, many int) {
	t.Helper()
	for range many {
		begun := time.Now()
		resp, err := http.Get("http://" + address + "/v1/attempts?limit=1")
		if err != nil {
			t.Errorf("another client: %v", err)
			return
		}
		_, err = io.Copy(io.Discard, resp.Body)
		_ = resp.Body.Close()
		if ended := time.Now(); err != nil || resp.StatusCode != http.StatusOK {
			t.Errorf("another client got %s, %v", resp.Status, err)
		} else {
			o.took = append(o.took, ended.Sub(begun))
		}
	}
}

// until asks until an attack is over, and at least twenty times.
func (o *others) until(t *testing.T, address string, over <-chan struct{}) {
	t.Helper()
	for o.ask(t, address, 20); !t.Failed(); o.ask(t, address, 1) {
		select {
		case <-over:
			return
		default:
		}
	}
	<-over
}

func (a *target) dial() net.Conn {
	c, err := (&net.Dialer{}).DialContext(a.t.Context(), "tcp", a.address)
	if err != nil {
		a.t.Error(err)
		c, _ = net.Pipe()
		_ = c.Close()
	}
	return c
}

// each sends a text by many connections and returns what each is answered.
func (a *target) each(text string) []string {
	return a.together(func(c net.Conn) string {
		go func() { _, _ = io.WriteString(c, text) }()
		return firstAnswer(c)
	})
}

// drip sends a text by many connections, and then a byte now and then until it is cut off.
func (a *target) drip(text string) []string {
	return a.together(func(c net.Conn) string {
		over := make(chan struct{})
		defer close(over)
		go func() {
			for _, err := io.WriteString(c, text); err == nil; _, err = io.WriteString(c, "x") {
				select {
				case <-over:
					return
				case <-time.After(200 * time.Millisecond):
				}
			}
		}()
		return firstAnswer(c)
	})
}

// stream sends a head, and then a piece until so many bytes are sent or it is cut off.
func (a *target) stream(head string, bytes int, piece string) []string {
	if len(piece) == 1 {
		piece = strings.Repeat(piece, 1<<16)
	}
	pieces := bytes / len(piece)
	return a.together(func(c net.Conn) string {
		go func() {
			_, err := io.WriteString(c, head)
			for i := 0; i < pieces && err == nil; i++ {
				_, err = io.WriteString(c, piece)
			}
		}()
		return firstAnswer(c)
	})
}

// unread asks a hundred times by each of many connections and reads nothing but the
// first status.
func (a *target) unread() []string {
	text := strings.Repeat("GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n", 100)
	return a.together(func(c net.Conn) string {
		_, _ = io.WriteString(c, text)
		line, _ := bufio.NewReaderSize(c, 16).ReadString('\n')
		(&others{}).ask(a.t, a.address, 1) // the rest lies there meanwhile
		return line
	})
}

// together does something by many connections at once.
func (a *target) together(do func(net.Conn) string) []string {
	told := make([]string, a.many)
	var all sync.WaitGroup
	for i := range told {
		all.Go(func() {
			c := a.dial()
			defer func() { _ = c.Close() }()
			told[i] = do(c)
		})
	}
	all.Wait()
	return told
}

// firstAnswer is the first answer that comes: its head, and its body if its length is said.
func firstAnswer(c net.Conn) string {
	r := bufio.NewReader(c)
	resp, err := http.ReadResponse(r, nil)
	if err != nil {
		return ""
	}
	defer func() { _ = resp.Body.Close() }()
	body, _ := io.ReadAll(io.LimitReader(resp.Body, 4096))
	var text strings.Builder
	fmt.Fprintf(&text, "HTTP/1.1 %s\r\n", resp.Status)
	_ = resp.Header.Write(&text)
	return text.String() + "\r\n" + string(body)
}
