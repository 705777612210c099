// Package eventlog is the screen that shows what happened to the program: starts,
// servers that came and went, breakers, settings that were changed, what failed. It reads
// the store once a second while it is shown; the newest line is the last one, and stays
// in view as long as it is selected.
package eventlog

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/screen"
)

const (
	readEvery   = time.Second
	readTimeout = 5 * time.Second
	maxLines    = 5000 // that are held; of more, the earliest are dropped
)

// Screen lists lines of the log, and below them what the selected one says besides.
type Screen struct {
	env    screen.Env
	keys   keys
	filter textinput.Model
	list   *pane.List
	all    []engine.LogLine // oldest first
	shown  []int            // of them, those that the filter lets through
	level  int              // of levels
	read   bool             // the store has answered
	dues   int              // asked for so far
	fault  error

	width, tall int
}

type keys struct{ filter, level, toList, clear key.Binding }

func levels() []slog.Level { return []slog.Level{slog.LevelInfo, slog.LevelWarn, slog.LevelError} }

// New returns a log screen.
func New(env screen.Env) *Screen {
	bind, answer := env.Keys.Bind, env.Keys.Answer
	s := &Screen{env: env, filter: screen.NewField(env.Styles.Text, "/ ", "words of a line", 200), keys: keys{
		filter: bind("/", "filter", "/"), level: bind("l", "level", "l"), toList: answer("enter", "to the list", "enter", "down"), clear: answer("esc", "clear the filter", "esc"),
	}}
	s.list = pane.NewList(env.Styles.List, s.row)
	s.Resize(80, 22)
	return s
}

// answer is what the store had that is new.
type answer struct {
	of    *Screen
	lines []engine.LogLine
	err   error
}

// Init reads the store.
func (s *Screen) Init() tea.Cmd { return s.look() }

// Resume reads the store.
func (s *Screen) Resume() tea.Cmd { return s.look() }

func (s *Screen) look() tea.Cmd {
	if s.env.Log == nil {
		return nil
	}
	filter := engine.LogFilter{Limit: maxLines}
	if len(s.all) > 0 {
		filter.After = s.all[len(s.all)-1].N
	}
	log := s.env.Log
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), readTimeout)
		defer cancel()
		lines, err := log(ctx, filter)
		return answer{s, lines, err}
	}
}

// Update takes in one message.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		return s.key(msg)
	case tea.MouseMsg:
		screen.Wheel(msg, s.list)
		screen.SelectRow(msg, s.list, 1)
	case answer:
		if msg.of == s {
			return s.take(msg)
		}
	case screen.Due:
		if msg.Of == s && msg.Number == s.dues {
			return s.look()
		}
	}
	return nil
}

// Typing says whether the filter has the focus.
func (s *Screen) Typing() bool { return s.filter.Focused() }

// take adds new lines.
func (s *Screen) take(a answer) tea.Cmd {
	s.fault, s.read = a.err, true
	for len(a.lines) > 0 && len(s.all) > 0 && a.lines[0].N <= s.all[len(s.all)-1].N {
		a.lines = a.lines[1:] // of two looks at once
	}
	if a.err == nil && len(a.lines) > 0 {
		s.all = append(s.all, a.lines...)
		if over := len(s.all) - maxLines; over > 0 {
			s.all = append([]engine.LogLine(nil), s.all[over:]...)
		}
		s.sift()
	}
	s.dues++
	next := screen.Due{Of: s, Number: s.dues}
	return tea.Tick(readEvery, func(time.Time) tea.Msg { return next })
}

// sift finds the lines that the filter lets through, and keeps the selected one selected,
// or the last.
func (s *Screen) sift() {
	was, last := s.selected(), s.list.Selected() == len(s.shown)-1
	s.shown = s.shown[:0]
	at, words := -1, strings.Fields(strings.ToLower(s.filter.Value()))
	for i, l := range s.all {
		if l.Level < levels()[s.level] || !holds(l, words) {
			continue
		}
		if was != nil && l.N <= was.N {
			at = len(s.shown)
		}
		s.shown = append(s.shown, i)
	}
	s.list.SetLen(len(s.shown))
	if last || was == nil {
		s.list.End()
	} else {
		s.list.Select(at)
	}
	s.list.Redraw()
	s.Resize(s.width, s.tall)
}

// holds says whether every word is in a line.
func holds(l engine.LogLine, words []string) bool {
	text := strings.ToLower(l.Level.String() + " " + l.What + " " + string(l.More))
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// selected is the selected line; nil if there is none.
func (s *Screen) selected() *engine.LogLine {
	if i := s.list.Selected(); i >= 0 && i < len(s.shown) && s.shown[i] < len(s.all) {
		return &s.all[s.shown[i]]
	}
	return nil
}

// Status is empty: what is shown says it all.
func (s *Screen) Status() []screen.Part { return nil }
