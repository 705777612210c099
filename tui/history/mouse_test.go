package history_test

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/tui/history"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

func wheel(x, y int) tea.MouseMsg { return tea.MouseMsg{X: x, Y: y, Button: tea.MouseButtonWheelDown} }

// TestClicksOnRows: a click selects a row, one on the selected row opens it; the wheel moves
// the list that is under it, and nothing beside that.
func TestClicksOnRows(t *testing.T) {
	for _, width := range []int{60, 80, 160} {
		env := tuitest.Env(t, tuitest.Palette(t))
		env.Library = tuitest.NewLibrary(tuitest.Attempts(30)...)
		d := tuitest.Drive(t, history.New(env), width, 22)
		d.UntilShown("30 attempts")
		at := tuitest.LineOf(t, d.Frame(), "27 times")
		d.Send(tuitest.Click(20, at))
		if got := tuitest.LineOf(t, d.Frame(), "▸ "); got != at || len(d.Sent) > 0 {
			t.Errorf("%d columns: a click on line %d selects line %d, and sends %v", width, at, got, d.Sent)
		}
		d.Send(tuitest.Click(20, at))
		if s, ok := tuitest.UntilSent[screen.Open](d).Screen.(*live.Screen); !ok || s.Attempt() != "0000000000000027" {
			t.Errorf("%d columns: a click on the selected row opens %+v", width, s)
		}
		d.Send(tuitest.Click(20, 0), tuitest.Click(20, 21), tea.MouseMsg{X: 20, Y: at + 2, Action: tea.MouseActionMotion})
		if width == 160 {
			d.Send(tuitest.Click(150, at+1), wheel(150, at+1))
		}
		if got := tuitest.LineOf(t, d.Frame(), "▸ "); got != at || len(d.Sent) > 0 {
			t.Errorf("%d columns: beside the rows line %d is selected, and sent %v", width, got, d.Sent)
		}
		d.Send(wheel(20, at))
		if got := tuitest.LineOf(t, d.Frame(), "▸ "); got != at+3 {
			t.Errorf("%d columns: the wheel selects line %d from %d", width, got, at)
		}
		d.Press("/")
		d.Send(tuitest.Click(20, at))
		if s, ok := d.Screen.(*history.Screen); !ok || s.Typing() {
			t.Errorf("%d columns: after a click on a row the filter takes keys", width)
		}
	}
}
