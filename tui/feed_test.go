package tui

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/screen"
)

func TestFeedLosesNothing(t *testing.T) {
	const samples, each = 4, 2500
	feed := newFeed(time.Millisecond)
	defer feed.Close()
	var wg sync.WaitGroup
	var seq sync.Mutex
	n := uint64(0)
	want := make([]strings.Builder, samples)
	for s := range samples {
		wg.Go(func() {
			for i := range each {
				text := fmt.Sprintf("%d ", i)
				want[s].WriteString(text)
				seq.Lock()
				n++
				_ = feed.Put(engine.Event{Attempt: "a", Seq: n, Fact: engine.Delta{Sample: s, Channel: engine.Reply, Text: text, Frames: 1}})
				seq.Unlock()
			}
		})
	}
	go func() {
		wg.Wait()
		_ = feed.Put(engine.Event{Attempt: "a", Fact: engine.AttemptFinished{}})
	}()
	got := make([]strings.Builder, samples)
	frames := 0
	for done := false; !done; {
		for _, e := range feed.Next().(screen.Arrived).Events {
			switch f := e.Fact.(type) {
			case engine.Delta:
				got[f.Sample].WriteString(f.Text)
				frames += f.Frames
			case engine.AttemptFinished:
				done = true
			}
		}
	}
	for s := range samples {
		if got[s].String() != want[s].String() {
			t.Errorf("sample %d: %d bytes arrived of %d", s, got[s].Len(), want[s].Len())
		}
	}
	if frames != samples*each {
		t.Errorf("%d frames arrived of %d", frames, samples*each)
	}
}

// TestFeedJoinsWhatWaits: of the deltas that come while nobody asks, one event a
// sample arrives.
func TestFeedJoinsWhatWaits(t *testing.T) {
	const samples, each = 4, 100
	feed := newFeed(0)
	defer feed.Close()
	for i := range samples * each {
		_ = feed.Put(engine.Event{Attempt: "a", Seq: uint64(i + 1), Fact: engine.Delta{Sample: i % samples, Channel: engine.Reply, Text: "x", Frames: 1}})
	}
	if got := feed.Next().(screen.Arrived).Events; len(got) != samples {
		t.Errorf("%d events arrived for %d deltas of %d samples", len(got), samples*each, samples)
	}
}

func TestFeedSpeaksOnceAFrame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		feed := NewFeed()
		defer feed.Close()
		var last time.Time
		for i := range 5 {
			_ = feed.Put(engine.Event{Seq: uint64(i + 1), Fact: engine.Warning{Text: "w"}})
			feed.Next()
			if gap := time.Since(last); !last.IsZero() && gap < frame {
				t.Errorf("batch %d came %v after the one before, want %v at least", i, gap, frame)
			}
			last = time.Now()
		}
	})
}

func TestClosedFeedLetsGo(t *testing.T) {
	for name, before := range map[string]func(*Feed){
		"while it waits for events":    func(*Feed) {},
		"while it waits for the frame": func(f *Feed) { f.last = time.Now().Add(time.Hour); _ = f.Put(engine.Event{}) },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				feed := NewFeed()
				before(feed)
				got := make(chan any, 1)
				go func() { got <- feed.Next() }()
				synctest.Wait()
				feed.Close()
				feed.Close()
				if msg := <-got; msg != nil {
					t.Errorf("a closed feed gave %#v", msg)
				}
				if err := feed.Put(engine.Event{}); err != nil {
					t.Errorf("Put after Close: %v", err)
				}
			})
		})
	}
}
