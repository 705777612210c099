package ask_test

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/tui/ask"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// TestClicksOnRecentProblems: a click selects one, a second one takes it; a click on the
// editor goes back to that; the wheel moves what is under it.
func TestClicksOnRecentProblems(t *testing.T) {
	d, _ := start(t, func(e *screen.Env) { e.Library = tuitest.NewLibrary(tuitest.Attempts(12)...) })
	d.Send(screen.ServerSeen{Server: tuitest.Up("qwen3:8b", "gpt-oss:120b")})
	d.UntilShown("Recent")
	typing := func() bool { s, ok := d.Screen.(*ask.Screen); return ok && s.Typing() }
	at := tuitest.LineOf(t, d.Frame(), "10 times")
	d.Send(tuitest.Click(20, at))
	if got := tuitest.LineOf(t, d.Frame(), "▸ "); got != at || typing() {
		t.Errorf("a click on line %d selects line %d, typing %v", at, got, typing())
	}
	d.Send(tuitest.Click(20, 2))
	if !typing() {
		t.Error("after a click on the editor keys go elsewhere")
	}
	d.Send(tea.MouseMsg{X: 20, Y: at, Button: tea.MouseButtonWheelUp})
	if got := tuitest.LineOf(t, d.Frame(), "▸ "); got != at-1 || !typing() {
		t.Errorf("the wheel over the list selects line %d from %d, typing %v", got, at, typing())
	}
	d.Send(tuitest.Click(20, at), tuitest.Click(20, at))
	if got := d.Frame(); !typing() || !strings.Contains(strings.Split(got, "\n")[1], "What is 10 times") {
		t.Errorf("a second click does not take the problem:\n%s", got)
	}
	d.Press("ctrl+l")
	at = tuitest.LineOf(t, d.Frame(), "▸ qwen3:8b") + 1
	d.Send(tuitest.Click(5, at), tuitest.Click(5, at))
	if got := d.Frame(); strings.Contains(got, "╭ Models") || !strings.Contains(got, " gpt-oss:120b · 8 samples") {
		t.Errorf("the clicked model is not chosen:\n%s", got)
	}
}

// TestARuleThatCannotEndIsNotAnnounced: 4 of 3 samples never agree.
func TestARuleThatCannotEndIsNotAnnounced(t *testing.T) {
	for _, size := range [][2]int{{60, 14}, {80, 22}, {160, 48}} {
		for samples, want := range map[int]string{8: "four-agree", 3: "uncatchable", 2: "none"} {
			d, _ := start(t, func(e *screen.Env) { e.Plan.Samples = samples })
			d.Screen.Resize(size[0], size[1])
			d.Send(screen.ServerSeen{Server: tuitest.Up("qwen3:8b")})
			four, long := strings.Contains(d.Frame(), "4 agree") || strings.Contains(d.Frame(), "four"), map[string]string{
				"four-agree": "stops when 4 agree", "uncatchable": "stops when the lead cannot be caught", "none": "runs every sample to the end",
			}[want]
			if four != (samples == 8) || !strings.Contains(d.Frame(), long) && !strings.Contains(d.Frame(), "stop "+want) {
				t.Errorf("%v, %d samples, want %s:\n%s", size, samples, want, d.Frame())
			}
		}
	}
}
