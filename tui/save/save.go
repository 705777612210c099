// Package save is the small screen on which a person chooses a format, and an attempt is
// written into a new file of it.
package save

import (
	"context"
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/export"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// within is how long writing may take.
const within = 2 * time.Minute

// Screen lists the formats.
type Screen struct {
	env     screen.Env
	attempt engine.Summary
	list    *pane.List
	writing bool
	fault   error // why the latest file was not written

	width, height int
}

// WhyNot is why nothing can be exported where Env has no Export.
const WhyNot = "nothing is saved, so nothing can be exported"

// Open shows the screen for an attempt, or says why it cannot be exported.
func Open(env screen.Env, a engine.Summary) tea.Cmd {
	if env.Export == nil {
		return screen.Send(screen.Notice{Text: WhyNot, Bad: true})
	}
	return screen.Send(screen.Open{Screen: New(env, a)})
}

// Key is the binding that screens open this one by.
func Key(k screen.Keys) key.Binding { return k.Bind("X", "export to a file", "X") }

// New returns the screen of an attempt. Its Env has an Export.
func New(env screen.Env, a engine.Summary) *Screen {
	s := &Screen{env: env, attempt: a}
	s.list = pane.NewList(env.Styles.List, s.row)
	s.list.SetLen(len(export.Formats()))
	s.Resize(80, 22)
	return s
}

// row is a format, and what it is good for.
func (s *Screen) row(i, width int) string {
	f := export.Formats()[i]
	return pane.Fit(pane.Fit(string(f), 7)+f.Means(), width)
}

// Init has nothing to wait for.
func (s *Screen) Init() tea.Cmd { return nil }

// saved says where an attempt was written to.
type saved struct {
	of   *Screen
	path string
	err  error
}

// Update takes a key, or what came of writing.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		return s.key(msg)
	case tea.MouseMsg:
		screen.Wheel(msg, s.list)
	case saved:
		if msg.of != s {
			return nil
		}
		if s.writing, s.fault = false, msg.err; msg.err == nil {
			return tea.Sequence(screen.Send(screen.Back{}), screen.Send(screen.Notice{Text: "wrote " + termsafe.Line(msg.path)}))
		}
	}
	return nil
}

func (s *Screen) key(msg tea.KeyMsg) tea.Cmd {
	k := s.env.Keys
	switch {
	case key.Matches(msg, k.Back):
		return screen.Send(screen.Back{})
	case key.Matches(msg, k.Open) && !s.writing:
		return s.write(export.Formats()[s.list.Selected()])
	default:
		k.Move(msg, s.list)
	}
	return nil
}

func (s *Screen) write(f export.Format) tea.Cmd {
	s.writing, s.fault = true, nil
	a, do := s.attempt, s.env.Export
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), within)
		defer cancel()
		path, err := do(ctx, a, string(f))
		return saved{s, path, err}
	}
}

// Keys are what may be pressed.
func (s *Screen) Keys() []key.Binding {
	k := s.env.Keys
	write := k.Open
	write.SetHelp(write.Help().Key, "write the file")
	return []key.Binding{write, k.Up, k.Down, k.Back}
}

// Status is what is exported.
func (s *Screen) Status() []screen.Part {
	return screen.Say("attempt " + termsafe.Line(string(s.attempt.ID)))
}

// Resize sets the room.
func (s *Screen) Resize(width, height int) {
	s.width, s.height = width, height
	w, _ := pane.Inner(s.boxWidth(), 3)
	s.list.Resize(w, len(export.Formats()))
}

// widest is how wide the box is, in cells, where there is room.
const widest = 60

func (s *Screen) boxWidth() int { return min(widest, s.width) }

// The room that the box needs, in cells.
const (
	minHeight = 4
	minWidth  = 8
)

// View is a box in the middle, with a line of keys below.
func (s *Screen) View() string {
	if s.height < minHeight || s.width < minWidth {
		return pane.Fit("export", s.width)
	}
	told := s.told()
	lines := append([]string{s.list.View(), ""}, told...)
	box := pane.Box{Styles: s.env.Styles.Pane, Title: "Export", Focused: true}
	drawn := box.Render(strings.Join(lines, "\n"), s.boxWidth(), min(len(export.Formats())+3+len(told), max(s.height-1, 1)))
	return pane.Center(drawn, s.width, max(s.height-1, 1)) + "\n" + pane.HintLine(s.env.Styles.Bar, s.Keys(), s.width)
}

// maxFaultLines is how many lines say why there is no file.
const maxFaultLines = 5

// told is where the file will be, or why there is none.
func (s *Screen) told() []string {
	st := s.env.Styles.Text
	w, _ := pane.Inner(s.boxWidth(), 3)
	switch {
	case s.fault != nil:
		lines := pane.Wrapped("✗ "+termsafe.Line(engine.Hint(s.fault)), w, maxFaultLines)
		for i, line := range lines {
			lines[i] = st.Bad.Render(line)
		}
		return lines
	case s.writing:
		return []string{st.Faint.Render("writing…")}
	}
	f := export.Formats()[max(s.list.Selected(), 0)]
	return []string{pane.Fit(st.Faint.Render("here: "+export.Name(s.attempt)+"."+string(f)), w)}
}
