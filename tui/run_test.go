package tui

import (
	"bytes"
	"context"
	"errors"
	"io"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/monitor"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// paper is an output that can be read while it is written.
type paper struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (p *paper) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.buf.Write(b)
}

func (p *paper) waitFor(t *testing.T, text string) {
	t.Helper()
	for end := time.Now().Add(hang); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		p.mu.Lock()
		found := strings.Contains(p.buf.String(), text)
		p.mu.Unlock()
		if found {
			return
		}
	}
	t.Fatalf("waited in vain for %q", text)
}

func TestRunEndsWhatItBegan(t *testing.T) {
	keys, typed := io.Pipe()
	defer func() { _ = typed.Close() }()
	begun := make(chan struct{})
	var ended atomic.Bool
	o := Options{
		Env: tuitest.Env(t, tuitest.Palette(t)), Feed: NewFeed(), Input: keys, Output: &paper{},
		Solve: func(ctx context.Context, _ engine.AttemptID, _ engine.Problem, _ engine.Plan) error {
			close(begun)
			<-ctx.Done()
			time.Sleep(20 * time.Millisecond) // the last facts are being written
			ended.Store(true)
			return context.Cause(ctx)
		},
		Server:  func(context.Context) engine.Server { return tuitest.Up("qwen3:8b") },
		Machine: func(ctx context.Context) (monitor.Reading, bool) { <-ctx.Done(); return monitor.Reading{}, false },
	}
	over := make(chan error, 1)
	go func() { over <- Run(t.Context(), o) }()
	_, _ = io.WriteString(typed, "1+1")
	for waiting := true; waiting; { // the server is seen a moment later
		_, _ = io.WriteString(typed, "\x13")
		select {
		case <-begun:
			waiting = false
		case <-time.After(5 * time.Millisecond):
		}
	}
	_, _ = io.WriteString(typed, "\x03")
	if err := <-over; err != nil {
		t.Errorf("Run: %v", err)
	}
	if !ended.Load() {
		t.Error("Run came back before the attempt had ended")
	}
	for end := time.Now().Add(hang); ; time.Sleep(time.Millisecond) {
		stacks := make([]byte, 1<<20)
		stacks = stacks[:runtime.Stack(stacks, true)]
		if !bytes.Contains(stacks, []byte("tui.(*Feed)")) && !bytes.Contains(stacks, []byte("tui.polls")) && !bytes.Contains(stacks, []byte("tui.(*guard)")) {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("a goroutine stayed:\n%s", stacks)
		}
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	cause := errors.New("terminated")
	ctx, cancel := context.WithCancelCause(t.Context())
	out := &paper{}
	over := make(chan error, 1)
	keys, typed := io.Pipe()
	defer func() { _ = typed.Close() }()
	go func() {
		over <- Run(ctx, Options{Env: tuitest.Env(t, tuitest.Palette(t)), Feed: NewFeed(), Input: keys, Output: out})
	}()
	out.waitFor(t, "\x1b[?1049h")
	cancel(cause)
	if err := <-over; !errors.Is(err, engine.ErrCancelled) || !errors.Is(err, cause) {
		t.Errorf("Run: %v", err)
	}
	out.waitFor(t, "\x1b[?1049l")
}

// What the store has to say is said to the app while it runs, from any goroutine,
// and to nobody once it is left.
func TestWhatAPersonShouldKnowIsSaid(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	keys, typed := io.Pipe()
	defer func() { _ = typed.Close() }()
	told := make(chan func(string), 2)
	o := Options{
		Env: tuitest.Env(t, tuitest.Palette(t)), Feed: NewFeed(), Input: keys, Output: &paper{},
		Server:  func(context.Context) engine.Server { return tuitest.Up("qwen3:8b") },
		Machine: func(ctx context.Context) (monitor.Reading, bool) { <-ctx.Done(); return monitor.Reading{}, false },
		Tell:    func(say func(string)) { told <- say },
	}
	over := make(chan error, 1)
	go func() { over <- Run(ctx, o) }()
	say := <-told
	say("waiting for another program") // returns once the app has it
	cancel()
	if err := <-over; !errors.Is(err, engine.ErrCancelled) {
		t.Errorf("error %v", err)
	}
	if last := <-told; last != nil {
		t.Error("after the app is left, it would still be told to it")
	}
	say("late") // does not hang
}
