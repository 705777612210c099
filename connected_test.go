package main

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine"
	fake "github.com/aimo3/aimo3/engine/ollama/ollamatest"
	"github.com/aimo3/aimo3/engine/remote"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui"
	"github.com/aimo3/aimo3/tui/cli"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
)

var sixSevens = engine.Problem{Statement: "What is 6 times 7?"}

// clientOf is a client of the server at an address, which it has reached.
func clientOf(t *testing.T, address string) (*remote.Client, remote.Address) {
	t.Helper()
	at, err := remote.ParseAddress("http://" + address)
	if err != nil {
		t.Fatal(err)
	}
	c, err := remote.New(remote.Options{Address: at})
	if err == nil {
		err = c.Hello(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	return c, at
}

// looksAfter runs a client's link until the test ends.
func looksAfter(t *testing.T, c *remote.Client) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	var link sync.WaitGroup
	link.Go(func() { c.Run(ctx) })
	t.Cleanup(func() {
		cancel()
		link.Wait()
	})
}

// TestWatchedThroughAKill: clients whose server is killed in mid-stream, and started
// again on the same database, have every stored event once and in order.
func TestWatchedThroughAKill(t *testing.T) {
	const watchers = 5
	model := fake.NewServer(t, longReply(40, fake.Stall()), longReply(40, fake.Stall()), longReply(40, fake.Say(`\boxed{42}`), fake.Done()))
	db := filepath.Join(t.TempDir(), "aimo3.db")
	server, address := served(t, "127.0.0.1:0", model.URL, db)
	asks, _ := clientOf(t, address)
	looksAfter(t, asks)
	id, _, err := asks.Create(t.Context(), sixSevens, engine.Plan{Samples: 2, Stop: engine.StopNone, Tools: engine.ToolsOff}, false)
	if err != nil {
		t.Fatal(err)
	}
	var heard [watchers][]uint64
	var all sync.WaitGroup
	var early atomic.Int64
	soon := make(chan struct{})
	for i := range watchers {
		all.Go(func() {
			c, _ := clientOf(t, address)
			looksAfter(t, c)
			over, err := c.Watch(t.Context(), id, func(e engine.Event) error {
				if heard[i] = append(heard[i], e.Seq); len(heard[i]) == 20 && early.Add(1) == watchers {
					close(soon)
				}
				return nil
			})
			if err != nil || !over {
				t.Errorf("watcher %d: %v %v", i, over, err)
			}
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
	_ = again.Wait()
	want := storedSeqs(t, db, id)
	for i := range heard {
		if !slices.Equal(heard[i], want) {
			t.Errorf("watcher %d heard %v, want %v", i, heard[i], want)
		}
	}
}

// TestOneAttemptThoughTheAnswerIsLost: the connection breaks after the server has taken a
// wish and before the client has read that; there is one attempt, and the client has it.
func TestOneAttemptThoughTheAnswerIsLost(t *testing.T) {
	model := fake.NewServer(t, longReply(3, fake.Say(`\boxed{42}`), fake.Done()))
	_, address := served(t, "127.0.0.1:0", model.URL, filepath.Join(t.TempDir(), "aimo3.db"))
	var taken atomic.Int64
	between := httputil.NewSingleHostReverseProxy(&url.URL{Scheme: "http", Host: address})
	between.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	between.ModifyResponse = func(r *http.Response) error {
		if r.Request.Method == http.MethodPost && taken.Add(1) <= 2 {
			panic(http.ErrAbortHandler)
		}
		return nil
	}
	front := httptest.NewServer(between)
	defer front.Close()
	c, _ := clientOf(t, strings.TrimPrefix(front.URL, "http://"))
	looksAfter(t, c)
	id, kept, err := c.Create(t.Context(), sixSevens, engine.Plan{Samples: 2, Tools: engine.ToolsOff}, true)
	if err != nil || kept != nil {
		t.Fatal(kept, err)
	}
	if over, err := c.Watch(t.Context(), id, func(engine.Event) error { return nil }); err != nil || !over {
		t.Errorf("%v %v", over, err)
	}
	there, err := c.Attempts(t.Context(), engine.Filter{})
	if err != nil || len(there) != 1 || there[0].ID != id || taken.Load() != 3 {
		t.Errorf("of %d wishes there are %d attempts, %v", taken.Load(), len(there), err)
	}
}

// paper is what was drawn.
type paper struct {
	mu   sync.Mutex
	more *sync.Cond
	all  strings.Builder
}

func (p *paper) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.more.Broadcast()
	return p.all.Write(b)
}

// await waits until a text is drawn, after those that were awaited before.
func (p *paper) await(text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for {
		if drawn := ansi.Strip(p.all.String()); strings.Contains(drawn, text) {
			p.all.Reset()
			return
		}
		p.more.Wait()
	}
}

// sizing is a screen that gives the app a size, as a terminal would.
type sizing struct{ *live.Nothing }

func (sizing) Init() tea.Cmd { return screen.Send(tea.WindowSizeMsg{Width: 100, Height: 30}) }

// shownOn runs the app on the server at an address: what is typed, what is drawn, and the
// end of it.
func shownOn(t *testing.T, address string) (typed io.WriteCloser, drawn *paper, over <-chan error) {
	t.Helper()
	c, at := clientOf(t, address)
	looksAfter(t, c)
	o := remoteScreens(t.Context(), cli.Screen{Settings: cli.Settings{Server: at, Plan: c.Plan(engine.Plan{})}, Remote: c, Logger: slog.New(slog.DiscardHandler)})
	palette := theme.Palettes()[0]
	o.Env.Styles = theme.New(theme.Renderer(io.Discard, palette), palette)
	keys, hand := io.Pipe()
	p := &paper{}
	p.more = sync.NewCond(&p.mu)
	o.Input, o.Output, o.Getenv = keys, p, func(string) string { return "" }
	o.First = func(env screen.Env) screen.Screen { return sizing{live.Empty(env)} }
	done := make(chan error, 1)
	go func() { done <- tui.Run(t.Context(), o) }()
	p.await("ollama up")
	return hand, p, done
}

func write(t *testing.T, to io.Writer, text string) {
	t.Helper()
	if _, err := io.WriteString(to, text); err != nil {
		t.Fatal(err)
	}
}

// TestTheAppOnAServer: a person asks, sees the verdict and leaves; another one watches what
// others asked and leaves, and it goes on.
func TestTheAppOnAServer(t *testing.T) {
	model := fake.NewServer(t, []fake.Step{fake.Think("six sevens"), fake.Say(`So \boxed{42}.`), fake.Done()}, []fake.Step{fake.Think("seven eights"), fake.Stall()})
	_, address := served(t, "127.0.0.1:0", model.URL, filepath.Join(t.TempDir(), "aimo3.db"), "--samples", "1", "--tools", "off")
	typed, drawn, over := shownOn(t, address)
	write(t, typed, "\x0e") // to the ask screen
	drawn.await("1 sample")
	write(t, typed, "What is 6 times 7?\r")
	drawn.await("42")
	write(t, typed, "\x03")
	if err := <-over; err != nil {
		t.Error(err)
	}
	asks, _ := clientOf(t, address)
	id, _, err := asks.Create(t.Context(), engine.Problem{Statement: "What is 7 times 8?"}, engine.Plan{}, true)
	if err != nil {
		t.Fatal(err)
	}
	typed, drawn, over = shownOn(t, address)
	write(t, typed, "\x12") // history
	drawn.await("… running")
	write(t, typed, "\r")
	drawn.await("seven eights")
	write(t, typed, "\x03")
	if err := <-over; err != nil {
		t.Error(err)
	}
	var now struct{ Attempts []engine.AttemptID }
	resp, err := http.Get("http://" + address + "/v1/server")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if err := json.NewDecoder(resp.Body).Decode(&now); err != nil || !slices.Equal(now.Attempts, []engine.AttemptID{id}) {
		t.Errorf("after all have left %v run, want %s; %v", now.Attempts, id, err)
	}
}
