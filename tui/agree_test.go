package tui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/monitor"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// TestTheMachineAgreesWithTheStatusLine: what is not known yet is being measured, the pane of
// a server that is up does not say that none answers, and once it has died neither the header
// line nor a pane says what it held.
func TestTheMachineAgreesWithTheStatusLine(t *testing.T) {
	holds := monitor.Reading{Loaded: []monitor.Loaded{{Name: "qwen3:8b", Size: 5e9, VRAM: 5e9}}}
	none := monitor.Reading{NoLoad: monitor.ErrNoServer.Error()}
	up, down := tuitest.Up("qwen3:8b"), tuitest.Down()
	old := engine.Server{Version: "0.1", Fault: &engine.Fault{Class: engine.Invalid, What: "ollama 0.1 is too old"}}
	for _, row := range []struct {
		name    string
		server  *engine.Server // nil: not looked yet
		reading monitor.Reading
		header  bool // names what is on the GPU
		model   string
	}{
		{"nothing is known", nil, none, false, "model  measuring…"},
		{"the reading is older than the server", &up, none, false, "model  measuring…"},
		{"a failure of a server that is up", &up, monitor.Reading{NoLoad: "no answer within 1s"}, false, "model  – no answer within 1s"},
		{"all is well", &up, holds, true, "model  qwen3:8b"},
		{"the server died", &down, holds, false, "model  – no model server answers"},
		{"and it is noticed", &down, none, false, "model  – no model server answers"},
		{"it cannot be used", &old, holds, false, "model  – ollama 0.1 is too old"},
	} {
		a := newApp(tuitest.Env(t, tuitest.Palette(t)), NewFeed(), polls{ctx: t.Context()}, nil)
		t.Cleanup(a.feed.Close)
		s := live.New(a.env, "a1", engine.Problem{Statement: "2+2?"})
		a.push(s)
		a.width, a.height = 160, 50
		s.Resize(a.room())
		a.Update(screen.MachineRead{Reading: holds})
		if row.server != nil {
			a.Update(screen.ServerSeen{Server: *row.server})
		}
		header := func() bool { return strings.Contains(ansi.Strip(a.header()), "100% GPU") }
		if row.server != nil && header() != a.bar.up() {
			t.Errorf("%s: before the next reading the header is %q", row.name, ansi.Strip(a.header()))
		}
		a.Update(screen.MachineRead{Reading: row.reading})
		if got := ansi.Strip(a.View()); header() != row.header || !strings.Contains(got, row.model) {
			t.Errorf("%s: no %q, or the header is wrong:\n%s", row.name, row.model, got)
		}
	}
}
