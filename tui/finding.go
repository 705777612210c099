package tui

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/sift"
)

// finding is what help and the palette have in common: commands, what is typed to find some
// of them, and the keys for that, which are the default ones of everywhere but for
// characters, since those are typed.
type finding struct {
	query query
	all   []command
	lines sift.Lines
	shown []int // of all, those that fit what is typed, as they stand
	keys  screen.Keys
}

// noneFits stands in place of the commands where there are none to show.
const noneFits = "nothing fits what is typed"

func newFinding() finding {
	k := screen.NewKeys()
	for _, b := range []*key.Binding{&k.Up, &k.Down, &k.PageUp, &k.PageDn, &k.Top, &k.End, &k.Back} {
		*b = screen.Untyped(*b)
	}
	return finding{keys: k}
}

// at is the command of a line that is shown; its zero if there is no such line.
func (f *finding) at(line int) command {
	if line >= 0 && line < len(f.shown) {
		return f.all[f.shown[line]]
	}
	return command{}
}

// key takes a key: search shows what fits what is typed then, in the list in which on is
// selected.
func (f *finding) key(a *App, msg tea.KeyMsg, list screen.List, search func(), on command) tea.Cmd {
	switch {
	case msg.Type == tea.KeyCtrlC:
		a.cover = nil
		return a.leave()
	case key.Matches(msg, f.keys.Back):
		a.cover = nil
	case key.Matches(msg, f.keys.Open):
		return a.choose(on)
	case f.query.key(msg):
		search()
	default:
		f.keys.Move(msg, list)
	}
	return nil
}
