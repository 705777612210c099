package tui

import (
	"bytes"
	"context"
	"io"
	"strings"
	"sync"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// clickOn clicks on the n-th cell of a text in the frame, looked for from below.
func clickOn(t *testing.T, a *App, text string, n int) {
	t.Helper()
	lines := strings.Split(ansi.Strip(a.View()), "\n")
	for y := len(lines) - 1; y >= 0; y-- {
		if i := strings.Index(lines[y], text); i >= 0 {
			_, cmd := a.Update(tuitest.Click(ansi.StringWidth(lines[y][:i])+n, y))
			settle(a, cmd)
			return
		}
	}
	t.Fatalf("%q is not in\n%s", text, ansi.Strip(a.View()))
}

// TestClicksOnTabs: a click on a name in the header line opens that tab, from everywhere but
// a question; one beside the names does nothing.
func TestClicksOnTabs(t *testing.T) {
	for _, width := range []int{60, 80, 160} {
		for _, from := range Routes(screen.NewKeys()) {
			a := shown(t, tuitest.Palette(t), from, width, 24)
			tabs, _ := a.tabs()
			for _, to := range tabs {
				for _, cell := range []int{0, len(to.Name) - 1} {
					settle(a, a.raise(from))
					if clickOn(t, a, " "+to.Name+" ", cell+1); !to.Holds(a.top()) {
						t.Errorf("%d columns, from %s: a click on %s leads to %T", width, from.Name, to.Name, a.top())
					}
				}
			}
			before := a.top()
			for _, x := range []int{0, 3, width - 1} {
				a.Update(tuitest.Click(x, 0))
			}
			if a.top() != before {
				t.Errorf("%d columns: a click beside the tabs leads to %T", width, a.top())
			}
		}
	}
	a := shown(t, tuitest.Palette(t), Routes(screen.NewKeys())[0], 80, 24)
	if a.Update(tuitest.Key(t, "f1")); a.cover == nil {
		t.Fatal("no help")
	}
	if clickOn(t, a, " Health ", 1); a.cover != nil || !a.routes[3].Holds(a.top()) {
		t.Errorf("a click on a tab while help is shown: %T under %v", a.top(), a.cover)
	}
	a.cover = newLeaving(a.quit, a.env.Keys.Back)
	if clickOn(t, a, " Ask ", 1); a.cover == nil || !a.routes[3].Holds(a.top()) {
		t.Error("a click on a tab answers the question whether to quit")
	}
}

// TestClicksOnKeys: a click on a key that the last lines name presses it.
func TestClicksOnKeys(t *testing.T) {
	a := shown(t, tuitest.Palette(t), Routes(screen.NewKeys())[2], 80, 24)
	clickOn(t, a, "/ filter", 3)
	if !a.typing() {
		t.Errorf("/ is not pressed:\n%s", ansi.Strip(a.View()))
	}
	a.Update(tuitest.Key(t, "esc"))
	if clickOn(t, a, "? help", 2); a.cover == nil {
		t.Error("? is not pressed")
	}
	if clickOn(t, a, "? help", 2); a.cover != nil {
		t.Error("a second click on ? does not put help away")
	}
	before := a.View()
	clickOn(t, a, "/ filter ·", 9) // between two keys
	if a.typing() || a.View() != before {
		t.Errorf("a click between two keys:\n%s", ansi.Strip(a.View()))
	}
	if a.Update(tuitest.Key(t, "f8")); !strings.Contains(ansi.Strip(a.View()), "space pause") {
		t.Fatal(ansi.Strip(a.View()))
	}
	if clickOn(t, a, "space pause", 0); !strings.Contains(ansi.Strip(a.View()), "space go on") {
		t.Errorf("space is not pressed:\n%s", ansi.Strip(a.View()))
	}
}

// TestKeysStandOnTheLastLine of every screen, at every size there is room for one, five at
// most.
func TestKeysStandOnTheLastLine(t *testing.T) {
	for _, r := range Routes(screen.NewKeys()) {
		for _, size := range [][2]int{{60, 16}, {80, 24}, {160, 50}} {
			a := shown(t, tuitest.Palette(t), r, size[0], size[1])
			lines := strings.Split(ansi.Strip(a.View()), "\n")
			first := a.top().Keys()[0].Help()
			if got := lines[size[1]-2]; !strings.HasPrefix(got, " "+first.Key+" "+first.Desc) || strings.Count(got, " · ") > 4 {
				t.Errorf("%s, %v: the last line is %q", r.Name, size, got)
			}
		}
	}
}

// TestARunningAttemptIsRaised: opened from the list of past attempts it is the live screen,
// which takes wishes, and no replay of it.
func TestARunningAttemptIsRaised(t *testing.T) {
	a := shown(t, tuitest.Palette(t), Routes(screen.NewKeys())[0], 80, 24)
	kept := tuitest.Attempts(30)[0]
	runs := live.New(a.env, kept.ID, kept.Problem)
	settle(a, a.push(live.Replay(a.env, kept, 0)))
	a.push(runs)
	a.Update(screen.Arrived{Events: tuitest.Events(kept.ID, kept.Problem)[:3]})
	settle(a, a.raise(a.routes[2]))
	a.Update(screen.Arrived{Events: tuitest.Events(kept.ID, kept.Problem)[:3]})
	for _, k := range []string{"home", "enter"} {
		_, cmd := a.Update(tuitest.Key(t, k))
		settle(a, cmd)
	}
	if a.top() != runs {
		t.Errorf("%T is on top:\n%s", a.top(), ansi.Strip(a.View()))
	}
}

// sheet is what was written so far.
type sheet struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *sheet) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

// TestTheMouseIsLeftToTheTerminal where a person wants that: nothing asks for it, and help
// does not tell of it.
func TestTheMouseIsLeftToTheTerminal(t *testing.T) {
	for _, left := range []bool{false, true} {
		keys, typed := io.Pipe()
		out := &sheet{}
		o := Options{Env: tuitest.Env(t, tuitest.Palette(t)), Feed: NewFeed(), Input: keys, Output: out}
		o.Env.NoMouse = left
		o.Server = func(context.Context) engine.Server { return tuitest.Up("qwen3:8b") }
		over := make(chan error, 1)
		go func() { over <- Run(t.Context(), o) }()
		_, _ = io.WriteString(typed, "\x03")
		if err := <-over; err != nil {
			t.Fatal(err)
		}
		if asked := strings.Contains(out.b.String(), ansi.SetModeMouseButtonEvent); asked == left {
			t.Errorf("left to the terminal: %v, asked for: %v", left, asked)
		}
		a := newApp(o.Env, NewFeed(), polls{ctx: t.Context()}, nil)
		told := false
		for _, c := range newHelp(a).all {
			told = told || c.key == "click"
		}
		if a.feed.Close(); told == left {
			t.Errorf("left to the terminal: %v, help tells of clicks: %v", left, told)
		}
	}
}
