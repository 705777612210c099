package ollama_test

import (
	"context"
	"io"
	"net"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/ollama"
	fake "github.com/aimo3/aimo3/engine/ollama/ollamatest"
)

// TestReplyWithoutAList: a server that does not say what it has, or fails to, goes on being
// asked for replies: by the one client for all, too.
func TestReplyWithoutAList(t *testing.T) {
	srv := fake.NewServer(t)
	f := newFinder(t, &ollama.Finder{Host: srv.URL, Explicit: true})
	if s := f.Server(t.Context()); s.Fault != nil {
		t.Fatal(s.Fault)
	}
	srv.Unlisted(true)
	if s := f.Server(t.Context()); s.Fault == nil {
		t.Fatal("the list fails, and nobody says so")
	}
	if end, err := f.Stream(t.Context(), engine.Ask{Model: "fake"}, func(engine.Piece) {}); err != nil || end.Tokens != 2 {
		t.Errorf("%+v, %v", end, err)
	}
}

// TestCardOfASilentServer: whoever asks for a card is not kept waiting for ever.
func TestCardOfASilentServer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, err := ollama.New("h:1")
		if err != nil {
			t.Fatal(err)
		}
		c.Dial(func(context.Context) (net.Conn, error) {
			here, there := net.Pipe()
			go func() { _, _ = io.Copy(io.Discard, there) }()
			return here, nil
		})
		begun := time.Now()
		_, err = c.Show(t.Context(), "m")
		if took := time.Since(begun); engine.ClassOf(err) != engine.Unreachable || took != 5*time.Second {
			t.Errorf("after %v: %v", took, err)
		}
		c.Close()
	})
}
