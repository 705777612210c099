package tuitest

import (
	"reflect"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"github.com/aimo3/aimo3/tui/screen"
)

// hang is longer than any machine takes for what a test waits for: when it is
// over, that will not come.
const hang = 5 * time.Minute

// Driver is an event loop for one screen. What the screen sends to the app is
// kept in Sent instead of reaching anyone.
type Driver struct {
	Screen screen.Screen
	Sent   []tea.Msg // Open, Raise, Back and Notice, in order
	t      testing.TB
	msgs   chan tea.Msg
	done   chan struct{}
}

// Drive starts a screen with the given room.
func Drive(t testing.TB, s screen.Screen, width, height int) *Driver {
	d := &Driver{Screen: s, t: t, msgs: make(chan tea.Msg), done: make(chan struct{})}
	t.Cleanup(func() { close(d.done) })
	s.Resize(width, height)
	d.start(s.Init())
	return d
}

// Send hands messages to the screen.
func (d *Driver) Send(msgs ...tea.Msg) {
	for _, m := range msgs {
		d.start(d.Screen.Update(m))
	}
}

// Press presses keys by name: "ctrl+s", "enter", "x".
func (d *Driver) Press(names ...string) {
	d.t.Helper()
	for _, n := range names {
		d.Send(Key(d.t, n))
	}
}

// Type types text, rune by rune.
func (d *Driver) Type(text string) {
	for _, r := range text {
		d.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}})
	}
}

// Paste pastes text.
func (d *Driver) Paste(text string) {
	d.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(text), Paste: true})
}

// Until handles messages until ok, and fails the test if that does not come.
func (d *Driver) Until(what string, ok func() bool) {
	d.t.Helper()
	deadline := time.After(hang)
	for !ok() {
		select {
		case m := <-d.msgs:
			d.receive(m)
		case <-deadline:
			d.t.Fatalf("waited in vain for %s; the frame is\n%s\nsent: %#v", what, d.Frame(), d.Sent)
		}
	}
}

// UntilShown waits for a text in the frame, UntilGone for its end.
func (d *Driver) UntilShown(text string) {
	d.t.Helper()
	d.Until(text, func() bool { return strings.Contains(d.Frame(), text) })
}

// UntilGone waits until the frame does not hold text.
func (d *Driver) UntilGone(text string) {
	d.t.Helper()
	d.Until("no "+text, func() bool { return !strings.Contains(d.Frame(), text) })
}

// UntilSent waits for something sent to the app, and returns and forgets it.
func UntilSent[M tea.Msg](d *Driver) (sent M) {
	d.t.Helper()
	d.Until(reflect.TypeFor[M]().String(), func() bool {
		for i, m := range d.Sent {
			if m, ok := m.(M); ok {
				sent = m
				d.Sent = append(d.Sent[:i:i], d.Sent[i+1:]...)
				return true
			}
		}
		return false
	})
	return sent
}

// Frame is what the screen shows, without colours.
func (d *Driver) Frame() string { return ansi.Strip(d.Screen.View()) }

func (d *Driver) receive(m tea.Msg) {
	switch m.(type) {
	case nil:
	case screen.Open, screen.Raise, screen.Back, screen.Notice:
		d.Sent = append(d.Sent, m)
	default:
		d.Send(m)
	}
}

// start runs a command beside the loop, as Bubble Tea does; the parts of a
// sequence follow one another.
func (d *Driver) start(cmd tea.Cmd) {
	if cmd != nil {
		go d.run(cmd)
	}
}

func (d *Driver) run(cmd tea.Cmd) {
	msg := cmd()
	list := reflect.ValueOf(msg)
	if !list.IsValid() || list.Kind() != reflect.Slice || list.Type().Elem() != reflect.TypeFor[tea.Cmd]() {
		select {
		case d.msgs <- msg:
		case <-d.done:
		}
		return
	}
	_, batch := msg.(tea.BatchMsg)
	for i := range list.Len() {
		switch c := list.Index(i).Interface().(tea.Cmd); {
		case c == nil:
		case batch:
			go d.run(c)
		default:
			d.run(c)
		}
	}
}

// Key is a key press by its name.
func Key(t testing.TB, name string) tea.KeyMsg {
	t.Helper()
	bare, alt := strings.CutPrefix(name, "alt+")
	if r := []rune(bare); len(r) == 1 {
		kind := tea.KeyRunes
		if r[0] == ' ' {
			kind = tea.KeySpace
		}
		return tea.KeyMsg{Type: kind, Runes: r, Alt: alt}
	}
	for k := tea.KeyType(-200); k < 128; k++ {
		if k != tea.KeyRunes && k.String() == bare {
			return tea.KeyMsg{Type: k, Alt: alt}
		}
	}
	t.Fatalf("no key is called %q", name)
	return tea.KeyMsg{}
}

// CheckFrame fails the test if a line of view is too wide or view too tall.
func CheckFrame(t testing.TB, view string, width, height int) {
	t.Helper()
	lines := strings.Split(view, "\n")
	if view != "" && len(lines) > height {
		t.Errorf("%d lines in a room of %d:\n%s", len(lines), height, ansi.Strip(view))
	}
	for i, l := range lines {
		if w := ansi.StringWidth(l); w > width {
			t.Errorf("line %d is %d wide in a room of %d: %q", i, w, width, ansi.Strip(l))
		}
	}
}

// Golden compares the text of a frame with the test's golden file.
func Golden(t testing.TB, view string) {
	t.Helper()
	lines := strings.Split(ansi.Strip(view), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, " ")
	}
	golden.RequireEqual(t, []byte(strings.Join(lines, "\n")+"\n"))
}

// Status is what the status line has of a screen where there is room for all.
func Status(s screen.Screen) string {
	var texts []string
	for _, part := range s.Status() {
		texts = append(texts, part.Text)
	}
	return strings.Join(texts, " · ")
}
