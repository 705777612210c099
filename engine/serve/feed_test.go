package serve

import (
	"strings"
	"testing"
	"testing/synctest"

	"github.com/aimo3/aimo3/engine"
)

// TestFeedWithoutStore: what is in no store is never dropped, until there is room again.
func TestFeedWithoutStore(t *testing.T) {
	f := newFeed(1000)
	seq := uint64(0)
	put := func(fact engine.Fact) {
		seq++
		if err := f.put(engine.Event{Attempt: "a", Seq: seq, Fact: fact}); err != nil {
			t.Fatal(err)
		}
	}
	long := engine.Delta{Text: strings.Repeat("x", 200)}
	for range 20 {
		put(long)
	}
	if n := f.after(0); !n.behind {
		t.Error("nothing was dropped")
	}
	begin := seq
	put(engine.NotKept{From: seq, Why: "no space"})
	for range 20 {
		put(long)
	}
	if n := f.after(begin); n.behind || len(n.frames) != 21 {
		t.Errorf("behind %v, %d frames", n.behind, len(n.frames))
	}
	put(engine.NotKept{From: begin, Until: seq})
	if n := f.after(begin); !n.behind {
		t.Error("nothing was dropped once all was stored")
	}
}

// TestFeedGathers: events that come together wake listeners once.
func TestFeedGathers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFeed(1 << 20)
		first := f.after(0).changed
		for seq := range uint64(10) {
			_ = f.put(engine.Event{Attempt: "a", Seq: seq + 1, Fact: engine.Warning{Text: "w"}})
		}
		select {
		case <-first:
			t.Error("woken by the first")
		default:
		}
		<-first
		if n := f.after(3); len(n.frames) != 7 {
			t.Errorf("%d frames", len(n.frames))
		}
	})
}
