package ask_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

func TestPullAsksShowsAndEnds(t *testing.T) {
	half, done := make(chan struct{}), make(chan struct{})
	d, _ := start(t, func(e *screen.Env) {
		e.Pull = func(_ context.Context, model string, tell func(engine.Pull)) error {
			for i := range int64(26) {
				tell(engine.Pull{Status: "pulling " + model, Done: i * 1e8, Total: 52e8})
			}
			close(half)
			<-done
			return nil
		}
	})
	d.Send(screen.ServerSeen{Server: tuitest.Up()})
	d.Press("ctrl+d")
	d.UntilShown("5.2 GB will be downloaded")
	d.Press("n")
	d.UntilGone("will be downloaded")
	d.Press("ctrl+d", "y")
	<-half
	d.UntilShown("2.5 GB of 5.2 GB")
	tuitest.Golden(t, d.Screen.View())
	close(done)
	if got := tuitest.UntilSent[screen.Notice](d); !strings.Contains(got.Text, "qwen3:8b is installed") {
		t.Errorf("notice %q", got.Text)
	}
}

func TestPullIsCancelled(t *testing.T) {
	d, _ := start(t, func(e *screen.Env) {
		e.Pull = func(ctx context.Context, _ string, _ func(engine.Pull)) error {
			<-ctx.Done()
			return ctx.Err()
		}
	})
	d.Send(screen.ServerSeen{Server: tuitest.Up()})
	d.Press("ctrl+d", "y", "esc")
	if got := tuitest.UntilSent[screen.Notice](d); got.Bad || !strings.Contains(got.Text, "stopped") {
		t.Errorf("notice %+v", got)
	}
	d.UntilShown("aimo3 models pull")
}

func TestPullFault(t *testing.T) {
	d, _ := start(t, func(e *screen.Env) {
		e.Pull = func(context.Context, string, func(engine.Pull)) error { return errors.New("no such model \x1b[31m") }
	})
	d.Send(screen.ServerSeen{Server: tuitest.Up()})
	d.Press("ctrl+d", "y")
	d.UntilShown("✗ no such model")
}
