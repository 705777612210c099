package tui

import (
	"fmt"
	"testing"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine/monitor"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// sizes are too small for anything, the least laid out for, the usual, and big.
var sizes = [][2]int{{20, 6}, {60, 16}, {80, 24}, {200, 60}}

// shown is an app on a route, at a size, that has been told of a server, of the
// machine and of stored attempts.
func shown(t testing.TB, p theme.Palette, r Route, w, h int) *App {
	t.Helper()
	env := tuitest.Env(t, p)
	env.Library = tuitest.NewLibrary(tuitest.Attempts(30)...)
	return shownIn(t, env, r, w, h)
}

// shownIn is shown with an Env of its own.
func shownIn(t testing.TB, env screen.Env, r Route, w, h int) *App {
	t.Helper()
	a := newApp(env, NewFeed(), polls{ctx: t.Context()}, nil)
	t.Cleanup(a.feed.Close)
	a.Update(tea.WindowSizeMsg{Width: w, Height: h})
	settle(a, a.raise(r))
	settle(a, a.open[0].Init())
	a.Update(screen.ServerSeen{Server: tuitest.Up("qwen3:8b")})
	a.Update(screen.MachineRead{Reading: monitor.Reading{At: tuitest.Now(), Loaded: []monitor.Loaded{{Name: "qwen3:8b", Size: 5e9, VRAM: 5e9, Context: 32768}}}})
	return a
}

// settle runs commands that answer at once, and what follows from them.
func settle(a *App, cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	msg := cmd()
	if batch, ok := msg.(tea.BatchMsg); ok {
		for _, c := range batch {
			settle(a, c)
		}
		return
	}
	if msg != nil {
		_, next := a.Update(msg)
		settle(a, next)
	}
}

func TestFrames(t *testing.T) {
	for _, p := range theme.Palettes() {
		for _, r := range Routes(screen.NewKeys()) {
			for _, size := range sizes {
				w, h := size[0], size[1]
				t.Run(fmt.Sprintf("%s/%s/%dx%d", p.Name, r.Name, w, h), func(t *testing.T) {
					a := shown(t, p, r, w, h)
					tuitest.CheckFrame(t, a.View(), w, h)
					s := r.New(a.env)
					s.Resize(w, h)
					tuitest.CheckFrame(t, s.View(), w, h)
					a.Update(tuitest.Key(t, "f1"))
					tuitest.CheckFrame(t, a.View(), w, h)
				})
			}
		}
	}
}

func TestEveryFrameAsText(t *testing.T) {
	for _, r := range Routes(screen.NewKeys()) {
		t.Run(r.Name, func(t *testing.T) {
			tuitest.Golden(t, shown(t, tuitest.Palette(t), r, 80, 24).View())
		})
		t.Run(r.Name+"Help", func(t *testing.T) {
			a := shown(t, tuitest.Palette(t), r, 80, 24)
			a.Update(tuitest.Key(t, "f1"))
			tuitest.Golden(t, a.View())
		})
	}
	t.Run("HistoryWide", func(t *testing.T) {
		tuitest.Golden(t, shown(t, tuitest.Palette(t), Routes(screen.NewKeys())[2], 140, 40).View())
	})
}

func TestTooSmallSaysSo(t *testing.T) {
	a := shown(t, tuitest.Palette(t), Routes(screen.NewKeys())[0], 40, 6)
	tuitest.Golden(t, a.View())
	a.open = append(a.open, busy{running: 2})
	a.Update(tea.WindowSizeMsg{Width: 59, Height: 16})
	if got, want := a.View(), "too small: needs 60x16, is 59x16; the attempt continues"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// busy is a screen on which so many samples run.
type busy struct {
	screen.Screen
	running int
	name    string
}

func (b busy) Running() int           { return b.running }
func (b busy) Resize(int, int)        {}
func (b busy) Keys() []key.Binding    { return nil }
func (b busy) Init() tea.Cmd          { return nil }
func (b busy) Update(tea.Msg) tea.Cmd { return nil }
func (b busy) View() string           { return b.name }
func (b busy) Status() []screen.Part  { return nil }
