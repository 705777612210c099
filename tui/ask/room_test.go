package ask_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// TestRecentProblemsGiveWay to the one that is being written: as much of it is in view as fits,
// and one recent problem, until they get the keys.
func TestRecentProblemsGiveWay(t *testing.T) {
	d, _ := start(t, func(e *screen.Env) { e.Library = tuitest.NewLibrary(tuitest.Attempts(12)...) })
	d.Screen.Resize(60, 14)
	d.Send(screen.ServerSeen{Server: tuitest.Up("qwen3:8b")})
	d.UntilShown("Recent")
	listed := func() int { return strings.Count(d.Frame(), "What is ") }
	before := listed()
	var lines []string
	for i := range 7 {
		lines = append(lines, fmt.Sprintf("line %d", i))
	}
	d.Paste(strings.Join(lines, "\n"))
	for _, line := range lines {
		if !strings.Contains(d.Frame(), line) {
			t.Errorf("%q is out of sight:\n%s", line, d.Frame())
		}
	}
	if listed() != 1 {
		t.Errorf("%d recent problems are listed:\n%s", listed(), d.Frame())
	}
	if d.Press("tab"); listed() != before {
		t.Errorf("%d recent problems are there to choose from, %d before:\n%s", listed(), before, d.Frame())
	}
	d.Press("esc", "ctrl+x")
	if listed() != before {
		t.Errorf("%d recent problems beside an empty editor, %d before:\n%s", listed(), before, d.Frame())
	}
	tuitest.CheckFrame(t, d.Screen.View(), 60, 14)
}

// TestTheWheelMovesTheProblem that is longer than the editor, and the cursor with it.
func TestTheWheelMovesTheProblem(t *testing.T) {
	d, _ := start(t, nil)
	d.Send(screen.ServerSeen{Server: tuitest.Up("qwen3:8b")})
	for i := range 60 {
		d.Type(fmt.Sprintf("line %d", i))
		d.Press("ctrl+j")
	}
	up := tea.MouseMsg{X: 20, Y: 3, Button: tea.MouseButtonWheelUp, Action: tea.MouseActionPress}
	for range 20 {
		d.Send(up)
	}
	if !strings.Contains(d.Frame(), "│ line 0 ") {
		t.Errorf("the beginning is not in view:\n%s", d.Frame())
	}
	d.Type("Ω")
	if !strings.Contains(d.Frame(), "Ω") {
		t.Errorf("what is typed is out of sight:\n%s", d.Frame())
	}
}

// TestARefusalIsWholeAndNotLeftBehind: what to do is on the screen at 80 columns, and the next
// key takes it away, whatever that does.
func TestARefusalIsWholeAndNotLeftBehind(t *testing.T) {
	for _, next := range []string{"ctrl+t", "alt+up", "shift+down", "left", "x", "esc"} {
		d, _ := start(t, nil)
		d.Send(screen.ServerSeen{Server: tuitest.Up("qwen3:8b")})
		d.Press("enter")
		d.UntilShown("the problem is empty")
		if d.Press(next); strings.Contains(d.Frame(), "the problem is empty") {
			t.Errorf("after %s:\n%s", next, d.Frame())
		}
	}
	d, _ := start(t, nil)
	d.Press("ctrl+o")
	big := t.TempDir() + "/big.txt"
	put(t, big, strings.Repeat("x", 2<<20))
	d.Type(big)
	d.Press("enter")
	d.UntilShown("is larger than 1 MB")
	d.UntilShown("give")
	if strings.Contains(d.Frame(), "give…") {
		t.Errorf("what to do is cut:\n%s", d.Frame())
	}
	tuitest.CheckFrame(t, d.Screen.View(), 80, 22)
}

// TestWhatIsNotThereIsSaid while a path is typed, and how much more there is.
func TestWhatIsNotThereIsSaid(t *testing.T) {
	dir := t.TempDir()
	for i := range 30 {
		put(t, fmt.Sprintf("%s/p%d.txt", dir, i), "x")
	}
	d, _ := start(t, nil)
	d.Press("ctrl+o")
	d.Type(dir + "/")
	d.UntilShown("more ↓ · tab completes")
	d.Type("zzz")
	d.UntilShown("nothing there is called so")
}

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
