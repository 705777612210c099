package models_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/monitor"
	"github.com/aimo3/aimo3/engine/ollama"
	"github.com/aimo3/aimo3/engine/ollama/ollamatest"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/models"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// env is a machine with 12 GB of memory and a server that knows its models.
func env(t *testing.T, p theme.Palette) screen.Env {
	e := tuitest.Env(t, p)
	e.Offers = func() []engine.Offer { return new(ollama.Finder).Offers(12e9) }
	e.Show = func(_ context.Context, name string) (engine.Model, error) {
		return engine.Model{Name: name, Context: 40960, Capabilities: []string{"completion", "tools", "thinking"}}, nil
	}
	no := func(context.Context, string) error { return errors.New("this test changes nothing") }
	e.Delete, e.Unload = no, no
	e.Pull = func(context.Context, string, func(engine.Pull)) error { return nil }
	e.SetSetting = func(_ context.Context, key, value string) (engine.Settings, error) {
		one := engine.Setting{Key: key, Value: value, Own: true, Live: true}
		return engine.Settings{All: []engine.Setting{one}, Plan: engine.Plan{Model: value}}, nil
	}
	return e
}

func drawn(t *testing.T, e screen.Env, w, h int) *tuitest.Driver {
	d := tuitest.Drive(t, models.New(e), w, h)
	held := monitor.Loaded{Name: "qwen3:8b", Size: 6e9, VRAM: 45e8, Context: 32768, Expires: tuitest.Now().Add(252 * time.Second)}
	d.Send(screen.MachineRead{Reading: monitor.Reading{At: tuitest.Now(), Loaded: []monitor.Loaded{held}}})
	d.Send(screen.ServerSeen{Server: tuitest.Up("qwen3:8b", "smollm2:135m", "nomic-embed-text:latest")})
	if e.Show != nil {
		d.UntilShown("40k")
	}
	return d
}

func TestFrames(t *testing.T) {
	for name, keys := range map[string][]string{"installed": nil, "offered": {"end"}, "delete": {"d"}, "pull": {"down", "down", "down", "down", "enter"}, "name": {"n", "a", ":", "1"}} {
		for _, size := range [][2]int{{60, 14}, {80, 22}, {160, 48}} {
			t.Run(fmt.Sprintf("%s/%dx%d", name, size[0], size[1]), func(t *testing.T) {
				for _, p := range theme.Palettes() {
					d := drawn(t, env(t, p), size[0], size[1])
					d.Press(keys...)
					tuitest.CheckFrame(t, d.Screen.View(), size[0], size[1])
					if p.Name == tuitest.Palette(t).Name && size[0] < 160 {
						tuitest.Golden(t, d.Screen.View())
					}
				}
			})
		}
	}
}

// TestTheSelectedRowIsHighlightedToTheEdge of the screen, where the box below it ends too.
func TestTheSelectedRowIsHighlightedToTheEdge(t *testing.T) {
	for _, width := range []int{60, 80, 160} {
		e := env(t, tuitest.Palette(t))
		tuitest.CheckSelected(t, e.Styles.List.Selected, drawn(t, e, width, 22).Screen.View(), width)
	}
}

// TestNoRoomIsTooLittle, whatever is in view.
func TestNoRoomIsTooLittle(t *testing.T) {
	d := drawn(t, env(t, tuitest.Palette(t)), 80, 22)
	for _, press := range [][]string{{"down"}, {"d"}, {"n", "n", "q"}} {
		d.Press(press...)
		for w := range 100 {
			d.Screen.Resize(w, w%24)
			tuitest.CheckFrame(t, d.Screen.View(), w, w%24)
		}
	}
}

// atServer is a screen at a real server of Ollama's API with one model installed.
func atServer(t *testing.T) (*tuitest.Driver, *ollamatest.Server, func()) {
	srv := ollamatest.NewServer(t)
	srv.Replace(ollamatest.Model{Name: "fake:latest", Size: 5e9, Family: "llama", Shape: map[string]any{"general.architecture": "llama", "llama.context_length": 8192}})
	f := &ollama.Finder{Host: srv.URL, Explicit: true}
	t.Cleanup(func() { _ = f.Close() })
	e := env(t, tuitest.Palette(t))
	e.Pull, e.Delete, e.Unload = f.Pull, f.Delete, f.Unload
	e.Show = func(ctx context.Context, name string) (engine.Model, error) {
		card, err := f.Show(ctx, name)
		return card.Model, err
	}
	d := tuitest.Drive(t, models.New(e), 100, 22)
	seen := func() {
		d.Send(screen.ServerSeen{Server: f.Server(t.Context())})
		held, err := f.Loaded(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		r := monitor.Reading{At: tuitest.Now()}
		for _, m := range held {
			r.Loaded = append(r.Loaded, monitor.Loaded(m))
		}
		d.Send(screen.MachineRead{Reading: r})
	}
	seen()
	d.UntilShown("8k")
	return d, srv, seen
}

// TestAPullIsStoppedAndResumed: it is begun once its size was agreed to, what is drawn does
// not go back, esc stops it, and pulling again ends with the model installed.
func TestAPullIsStoppedAndResumed(t *testing.T) {
	d, srv, seen := atServer(t)
	srv.Pulls(ollamatest.Progress("pulling a", "sha256:a", 26e8, 52e8), ollamatest.Gate(nil))
	for !strings.Contains(d.Frame(), "▸ ↓   qwen3:8b") {
		d.Press("down")
	}
	d.Press("enter")
	if f := d.Frame(); !strings.Contains(f, "5.2 GB") || !strings.Contains(f, "which this machine has") {
		t.Errorf("it asks\n%s", f)
	}
	d.Press("n")
	d.UntilGone("which this machine has")
	d.Press("enter", "y")
	d.UntilShown("2.6 GB of 5.2 GB · 50%")
	d.Press("esc")
	if n := tuitest.UntilSent[screen.Notice](d); n.Text != "download stopped; pulling again resumes it" {
		t.Errorf("stopped, it says %+v", n)
	}
	srv.Pulls() // as it does by itself
	d.Press("enter", "y")
	if n := tuitest.UntilSent[screen.Notice](d); n.Text != "qwen3:8b is installed" {
		t.Errorf("in the end it says %+v", n)
	}
	seen()
	d.UntilShown("○*  qwen3:8b")
	srv.Pulls(ollamatest.Line(map[string]any{"error": "pull model manifest: file does not exist"}))
	d.Press("n")
	d.Type("none:7b")
	d.Press("enter", "y")
	d.UntilShown("✗ could not fetch the model")
}

// TestAModelIsUnloaded once that was agreed to.
func TestAModelIsUnloaded(t *testing.T) {
	d, srv, seen := atServer(t)
	srv.Load("fake")
	seen()
	d.Press("home")
	d.UntilShown("●")
	d.Press("x", "y")
	if n := tuitest.UntilSent[screen.Notice](d); n.Text != "fake:latest is unloaded" {
		t.Errorf("it says %+v", n)
	}
	seen()
	if strings.Contains(d.Frame(), "●") {
		t.Errorf("it is in memory yet\n%s", d.Frame())
	}
}

// TestTheDefaultIsSet in the settings, and marked.
func TestTheDefaultIsSet(t *testing.T) {
	d := drawn(t, env(t, tuitest.Palette(t)), 80, 22)
	if !strings.Contains(d.Frame(), "▸ ●*  qwen3:8b") {
		t.Fatalf("at first\n%s", d.Frame())
	}
	d.Press("down", "down") // the list is as the server gave it
	d.Press("up", "s")
	if n := tuitest.UntilSent[screen.Notice](d); n.Text != "model is smollm2:135m from the next attempt on" {
		t.Errorf("it says %+v", n)
	}
	d.Send(screen.PlanChanged{Plan: engine.Plan{Model: "smollm2:135m"}})
	d.UntilShown("○*  smollm2:135m")
}

// TestWhatCannotBeDoneHere: at a server of this program nothing is pulled or deleted, and
// where no server answers that is said.
func TestWhatCannotBeDoneHere(t *testing.T) {
	e := env(t, tuitest.Palette(t))
	e.Connect, e.Pull, e.Delete, e.Unload, e.Show, e.Offers = "http://box:8000", nil, nil, nil, nil, nil
	d := drawn(t, e, 80, 22)
	if f := d.Frame(); !strings.Contains(f, "pulled and deleted where the server runs") {
		t.Errorf("it says\n%s", f)
	}
	d.Press("d", "x", "n", "enter")
	for _, k := range d.Screen.Keys() {
		if slices.Contains([]string{"d", "x", "n"}, k.Help().Key) {
			t.Errorf("%s is offered", k.Help().Key)
		}
	}
	none := tuitest.Drive(t, models.New(e), 80, 22)
	none.UntilShown("looking for a model server")
	none.Send(screen.ServerSeen{Server: tuitest.Down()})
	none.UntilShown("nothing answers at http://127.0.0.1:11434")
}

// TestNamesAreNotTrusted: what a server calls its models steers nothing.
func TestNamesAreNotTrusted(t *testing.T) {
	d := tuitest.Drive(t, models.New(env(t, tuitest.Palette(t))), 80, 22)
	d.Send(screen.ServerSeen{Server: tuitest.Up("a\x1b]0;x\a\nb\u202e" + strings.Repeat("w", 900))})
	for _, keys := range [][]string{nil, {"d"}} {
		d.Press(keys...)
		tuitest.CheckFrame(t, d.Screen.View(), 80, 22)
		if f := d.Screen.View(); strings.ContainsAny(f, "\a\u202e") || strings.Contains(f, "\x1b]") {
			t.Errorf("the frame is %q", f)
		}
	}
}

// TestTheMouseSelects a row by a click, and moves by the wheel.
func TestTheMouseSelects(t *testing.T) {
	d := drawn(t, env(t, tuitest.Palette(t)), 80, 22)
	d.Send(tea.MouseMsg{X: 5, Y: 2, Button: tea.MouseButtonLeft, Action: tea.MouseActionPress})
	d.UntilShown("▸ ○   smollm2:135m")
	d.Send(tea.MouseMsg{Button: tea.MouseButtonWheelUp, Action: tea.MouseActionPress})
	d.UntilShown("▸ ●*  qwen3:8b")
}
