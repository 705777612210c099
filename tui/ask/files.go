package ask

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/problemfile"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// files are the paths that what is typed may become.
type files struct {
	list   *pane.List
	paths  []string
	of     string // what was typed that they complete
	chosen bool   // a person went to one of them, since when nothing was typed
	looked bool   // they are known
}

func newFiles(st theme.ListStyles) *files {
	f := &files{}
	f.list = pane.NewList(st, func(i, width int) string {
		path := f.paths[i]
		name := path[strings.LastIndexByte(strings.TrimSuffix(path, "/"), '/')+1:]
		return pane.Fit(termsafe.Line(name), width)
	})
	return f
}

// completions are what a path may become that was being typed.
type completions struct {
	of    *prompt
	typed string
	paths []string
}

// look looks what there is of what is typed.
func (p *prompt) look() tea.Cmd {
	typed := p.input.Value()
	return func() tea.Msg { return completions{p, typed, problemfile.Complete(typed)} }
}

// completed takes in what there is, unless something else was typed since.
func (s *Screen) completed(msg completions) {
	p := s.file
	if p == nil || p != msg.of || p.input.Value() != msg.typed {
		return
	}
	f := p.files
	f.paths, f.of, f.chosen, f.looked = msg.paths, msg.typed, false, true
	f.list.SetLen(len(f.paths))
	f.list.Top()
	f.list.Redraw()
}

// rows is how many there would be in a box of any height: that there is none is said too.
func (f *files) rows() int {
	if f.looked {
		return max(len(f.paths), 1)
	}
	return len(f.paths)
}

// files is the box of what the path may become.
func (s *Screen) files(w, h int) string {
	f := s.file.files
	box := pane.Box{Styles: s.env.Styles.Pane, Title: "Files", Right: s.keys.complete.Help().Key + " completes", Focused: true}
	if len(f.paths) == 0 {
		box.Right = ""
		return box.Render(pane.Fit(s.env.Styles.Text.Faint.Render("nothing there is called so"), w), s.width, h)
	}
	if n := f.list.Below(); n > 0 {
		box.Right = pane.Count(n) + " more ↓ · " + box.Right
	}
	return box.Render(f.list.View(), s.width, h)
}

// path is the one that is selected; "" if there is none.
func (f *files) path() string {
	if i := f.list.Selected(); i >= 0 && i < len(f.paths) {
		return f.paths[i]
	}
	return ""
}

// key takes a key that chooses one of them.
func (f *files) key(msg tea.KeyMsg, k keys) (taken bool) {
	switch {
	case key.Matches(msg, k.above):
		f.list.Move(-1)
	case key.Matches(msg, k.under):
		f.list.Move(1)
	default:
		return false
	}
	f.chosen = true
	return true
}

// complete takes the selected path, unless it completes what was typed before: what is in
// view then is out of date, and a person has not chosen of it.
func (p *prompt) complete() tea.Cmd {
	if f := p.files; !f.chosen && f.of != p.input.Value() {
		return nil
	}
	return p.take()
}

// take types the selected path, and looks what may follow.
func (p *prompt) take() tea.Cmd {
	path := p.files.path()
	if path == "" {
		return nil
	}
	p.fault = ""
	p.input.SetValue(path)
	p.input.CursorEnd()
	return p.look()
}

// load loads the file whose path is typed, or the one that a person went to; into a folder
// that a person went to it goes.
func (p *prompt) load() tea.Cmd {
	if p.files.chosen {
		more := p.take()
		if strings.HasSuffix(p.input.Value(), "/") {
			return more
		}
	}
	path := strings.TrimSpace(p.input.Value())
	if path == "" {
		p.fault = "type the path of a text file"
		return nil
	}
	return func() tea.Msg {
		problem, err := problemfile.Open(path)
		return fileLoaded{path, problem.Statement, err}
	}
}
