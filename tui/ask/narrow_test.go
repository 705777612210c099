package ask_test

import (
	"strings"
	"testing"

	"github.com/aimo3/aimo3/tui/ask"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// TestCommandsAreWholeWhereThereIsLittleRoom: what is to be typed or opened is
// not cut at the least width.
func TestCommandsAreWholeWhereThereIsLittleRoom(t *testing.T) {
	for _, row := range []struct {
		server screen.ServerSeen
		want   []string
	}{
		{screen.ServerSeen{Server: tuitest.Down()}, []string{"https://ollama.com/download ", "installs it", "aimo3 doctor"}},
		{screen.ServerSeen{Server: tuitest.Up()}, []string{"aimo3 models import FILE.gguf --name NAME"}},
	} {
		d := tuitest.Drive(t, ask.New(tuitest.Env(t, tuitest.Palette(t))), 60, 14)
		d.Send(row.server)
		for _, want := range row.want {
			if !strings.Contains(d.Frame(), want) {
				t.Errorf("%q is not shown:\n%s", want, d.Frame())
			}
		}
		tuitest.CheckFrame(t, d.Screen.View(), 60, 14)
	}
}

// TestCursorGoesWithTheFocus: where keys choose a recent problem, the editor has
// no cursor, and the list says how it is reached only before.
func TestCursorGoesWithTheFocus(t *testing.T) {
	const reversed = "\x1b[7;"
	env := tuitest.Env(t, tuitest.Palette(t))
	env.Library = tuitest.NewLibrary(tuitest.Attempts(3)...)
	d := tuitest.Drive(t, ask.New(env), 80, 22)
	d.UntilShown("tab chooses")
	for _, press := range []string{"", "tab", "tab", "tab", "esc"} {
		if press != "" {
			d.Press(press)
		}
		typing := d.Screen.(screen.Typer).Typing()
		if got := strings.Contains(d.Screen.View(), reversed); got != typing {
			t.Errorf("after %q a cursor is shown: %t, want %t", press, got, typing)
		}
		if got := strings.Contains(d.Frame(), "tab chooses"); got != typing {
			t.Errorf("after %q %q is shown: %t, want %t", press, "tab chooses", got, typing)
		}
	}
}
