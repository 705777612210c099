package screen

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// Keys are the bindings that mean the same everywhere. They are declared here
// once; help and the status line draw themselves from them.
type Keys struct {
	Help, Quit, Back         key.Binding
	Palette, Suspend, Redraw key.Binding
	Ask, Live, History       key.Binding
	Health, Metrics, Log     key.Binding
	Machine                  key.Binding
	Models, Settings         key.Binding
	Up, Down, PageUp, PageDn key.Binding
	Top, End, Open, Next     key.Binding
	Source, Left, Right      key.Binding // for text that is drawn

	mapped Keymap       // which other bindings follow too
	note   func(Action) // is told of every binding that is made; nil if nobody is
}

// NewKeys returns the default keys.
func NewKeys() Keys { return Keymap(nil).Keys(nil) }

// Keys are the keys of a keymap. Note is told of each, unless it is nil.
func (m Keymap) Keys(note func(Action)) Keys {
	k := Keys{mapped: m, note: note}
	bind := k.Bind
	return Keys{
		mapped: m, note: note,
		Help: bind("?", "help", "?", "f1"), Quit: bind("ctrl+c q", "quit", "q", "ctrl+c"), Back: bind("esc", "back", "esc"),
		Palette: bind("ctrl+p", "all commands", "ctrl+p"), Suspend: bind("ctrl+z", "to the shell", "ctrl+z"),
		Redraw: bind("alt+r", "draw all anew", "alt+r"),
		Ask:    bind("ctrl+n", "ask", "ctrl+n", "f2"), Live: bind("ctrl+g", "live", "ctrl+g", "f3"), History: bind("ctrl+r", "history", "ctrl+r", "f4"),
		Health: bind("ctrl+y", "health", "ctrl+y", "f5"), Metrics: bind("", "metrics", "f6"), Log: bind("", "log", "f7"),
		Machine: bind("", "machine", "f8"), Models: bind("", "models", "f10"), Settings: bind("", "settings", "f12"),
		Up: bind("↑/k", "up", "up", "k"), Down: bind("↓/j", "down", "down", "j"),
		PageUp: bind("pgup", "page up", "pgup", "ctrl+u"), PageDn: bind("pgdn", "page down", "pgdown", "ctrl+d"),
		Top: bind("home/g", "first", "home", "g"), End: bind("end/G", "last", "end", "G"),
		Open: bind("enter", "open", "enter"), Next: bind("tab", "next", "tab"),
		Source: bind("m/F9", "formulas as source", "m", "f9"),
		Left:   bind("<", "wide text to the left", "<", "shift+left"), Right: bind(">", "to the right", ">", "shift+right"),
	}
}

// List is what the keys for moving move, and the wheel.
type List interface {
	Move(rows int)
	Page(screenfuls int)
	Top()
	End()
}

// Move moves a list by a key, if it is one of those.
func (k Keys) Move(msg tea.KeyMsg, l List) {
	switch {
	case key.Matches(msg, k.Up):
		l.Move(-1)
	case key.Matches(msg, k.Down):
		l.Move(1)
	case key.Matches(msg, k.PageUp):
		l.Page(-1)
	case key.Matches(msg, k.PageDn):
		l.Page(1)
	case key.Matches(msg, k.Top):
		l.Top()
	case key.Matches(msg, k.End):
		l.End()
	}
}
