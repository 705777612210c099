package ollama_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	fake "github.com/aimo3/aimo3/engine/ollama/ollamatest"
)

func TestPhases(t *testing.T) {
	tests := []struct {
		name string
		load []string
		want engine.Phase
	}{{"model not in memory", nil, engine.Loading}, {"model in memory", []string{"fake"}, engine.Reading}}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			open := make(chan struct{})
			srv := fake.NewServer(t, []fake.Step{fake.Gate(open), fake.Say("4"), fake.Done()})
			srv.Load(tt.load...)
			var h heard
			_, err := newClient(t, srv.URL).Stream(t.Context(), engine.Ask{Model: "fake"}, func(p engine.Piece) {
				h.say(p)
				if p.Phase != "" {
					close(open)
				}
			})
			if got := h.phases(); err != nil || len(got) != 1 || got[0] != tt.want || h.pieces[len(h.pieces)-1].Text == "" {
				t.Errorf("phases %v, %v; want %v before the text", got, err, tt.want)
			}
		})
	}
}

// A stream that waits while another speaks is queued, is not given up for
// that, and all calls of its say come one at a time.
func TestQueuedBehindAnother(t *testing.T) {
	first, second := make(chan struct{}), make(chan struct{})
	srv := fake.NewServer(t, []fake.Step{fake.Say("1"), fake.Gate(first), fake.Say("1"), fake.Done()}, []fake.Step{fake.Gate(second), fake.Say("2"), fake.Done()})
	c := newClient(t, srv.URL)
	begun := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		var once sync.Once
		_, err := c.Stream(t.Context(), engine.Ask{Model: "fake"}, func(p engine.Piece) {
			if p.Text != "" {
				once.Do(func() {
					c.Hurry(50*time.Millisecond, time.Hour, time.Hour) // for the one that waits
					close(begun)
				})
			}
		})
		if err != nil {
			t.Error(err)
		}
	})
	<-begun
	var h heard
	var busy sync.Mutex
	_, err := c.Stream(t.Context(), engine.Ask{Model: "fake"}, func(p engine.Piece) {
		if !busy.TryLock() {
			t.Error("say was called while it was busy")
			return
		}
		defer busy.Unlock()
		if h.say(p); p.Phase != "" {
			time.AfterFunc(200*time.Millisecond, func() { close(second) }) // longer than its patience
		}
	})
	close(first)
	wg.Wait()
	if got := h.phases(); err != nil || len(got) != 1 || got[0] != engine.Queued || h.String() != "2" {
		t.Errorf("phases %v, heard %q, %v", got, h.String(), err)
	}
}

func TestManyWaitingStreamsShareOneQuestion(t *testing.T) {
	open := make(chan struct{})
	srv := fake.NewServer(t, []fake.Step{fake.Gate(open), fake.Say("4"), fake.Done()})
	c := newClient(t, srv.URL)
	var wg, phased sync.WaitGroup
	phased.Add(32)
	for range 32 {
		wg.Go(func() {
			_, err := c.Stream(t.Context(), engine.Ask{Model: "fake"}, func(p engine.Piece) {
				if p.Phase == engine.Reading {
					phased.Done()
				}
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	phased.Wait()
	if n := srv.Polls(); n > 16 {
		t.Errorf("asked %d times what is loaded for 32 streams", n)
	}
	close(open)
	wg.Wait()
}

func TestEndOfContextIsNoFault(t *testing.T) {
	srv := fake.NewServer(t, []fake.Step{fake.Stall()})
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		srv.AwaitAsked(t, 1)
		cancel()
	}()
	_, err := newClient(t, srv.URL).Stream(ctx, engine.Ask{Model: "fake"}, func(engine.Piece) {})
	var fault *engine.Fault
	if !errors.Is(err, context.Canceled) || errors.As(err, &fault) {
		t.Errorf("%v", err)
	}
}
