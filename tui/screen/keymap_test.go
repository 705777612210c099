package screen

import (
	"fmt"
	"strings"
	"testing"
)

func TestNamed(t *testing.T) {
	for _, row := range []struct{ keys, want string }{
		{"ctrl+n f2", "ctrl+n F2"},
		{"up", "↑"},
		{"shift+down", "shift+↓"},
		{"pgdown", "pgdn"},
		{"f", "f"},
		{"f12", "F12"},
		{"+ alt++ =", "+ alt++ ="},
		{"alt+left", "alt+←"},
		{"alt+f5", "alt+F5"},
		{"", ""},
	} {
		if got := Named(strings.Fields(row.keys)...); got != row.want {
			t.Errorf("%s: %q, want %q", row.keys, got, row.want)
		}
	}
	if got := Named(" "); got != "space" {
		t.Errorf("a space: %q", got)
	}
}

// TestBindTakesTheKeymapsKeys and leaves the reserved ones where they are.
func TestBindTakesTheKeymapsKeys(t *testing.T) {
	var noted []Action
	m := Keymap{"solve": {"ctrl+b"}, "quit": {"Q", "ctrl+q"}, "help": {"H"}, "up": {"up", "w"}, "open": {"o"}, "sample": {"Z"}}
	k := m.Keys(func(a Action) { noted = append(noted, a) })
	for _, row := range []struct{ got, want string }{
		{fmt.Sprint(k.Quit.Help(), k.Quit.Keys()), "{Q ctrl+q ctrl+c quit} [Q ctrl+q ctrl+c]"},
		{fmt.Sprint(k.Help.Help(), k.Help.Keys()), "{H help} [H f1]"},
		{fmt.Sprint(k.Up.Help(), k.Up.Keys()), "{↑ w up} [up w]"},
		{fmt.Sprint(k.Open.Help(), k.Open.Keys()), "{o enter open} [o enter]"},
		{fmt.Sprint(k.Down.Help(), k.Down.Keys()), "{↓/j down} [down j]"},
		{fmt.Sprint(k.Bind("enter", "solve", "enter", "ctrl+s").Keys()), "[ctrl+b enter]"},
		{fmt.Sprint(k.Bind("s", "stop", "s").Keys()), "[s]"},
		{fmt.Sprint(k.Fixed("1-9", "sample", "1", "2").Keys()), "[1 2]"},
		{fmt.Sprint(k.Answer("y", "up", "y").Keys()), "[y]"},
	} {
		if row.got != row.want {
			t.Errorf("got %s, want %s", row.got, row.want)
		}
	}
	if last := noted[len(noted)-1]; !last.Asked || !last.Fixed || last.Does != "up" {
		t.Errorf("noted %+v", last)
	}
	if q := Untyped(k.Quit); fmt.Sprint(q.Help(), q.Keys()) != "{ctrl+q ctrl+c quit} [ctrl+q ctrl+c]" {
		t.Errorf("while text is typed, quit is %v %v", q.Help(), q.Keys())
	}
}
