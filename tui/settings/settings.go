// Package settings is the screen over the file of settings: every setting with its value,
// where that comes from and what it means; each can be changed, judged by the reader of the
// command line, and the latest change be taken back.
//
// It holds no rule of its own: what a value may be, which source wins and how the file is
// written are behind screen.Env. A file is read when the screen is opened, when it comes to
// the top again, and after each change.
package settings

import (
	"context"
	"time"

	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/screen"
)

// Screen is the list of settings, and below it what the selected one is.
type Screen struct {
	env    screen.Env
	keys   keys
	now    engine.Settings
	seen   bool   // the settings have been read once
	fault  string // why they cannot be read now; "" if they can
	shown  []int  // of now.All, those that match the words
	list   *pane.List
	edit   *edit // nil while nothing is edited
	find   textinput.Model
	typing bool     // words are typed
	busy   bool     // a change is on its way
	wanted string   // the setting that is to be selected once they are read; "" if none is
	models []string // installed ones

	width, height int
}

// told is how the settings stand after something was done.
type told struct {
	of  *Screen
	now engine.Settings
	err error
	key string // that was changed; "" if they were only read
	by  deed
}

// deed is what was done to a setting.
type deed int

const (
	read deed = iota
	set
	unset
	undone
)

// changeTimeout is for one change, which writes a file.
const changeTimeout = 20 * time.Second

// New returns a screen of all settings.
func New(env screen.Env) *Screen {
	s := &Screen{env: env, keys: newKeys(env.Keys), find: screen.NewField(env.Styles.Text, "/ ", "", maxValueChars)}
	s.list = pane.NewList(env.Styles.List, s.row)
	return s
}

// At is New with a setting selected.
func At(env screen.Env, key string) *Screen {
	s := New(env)
	s.wanted = key
	return s
}

// Want has a setting selected when the settings are read next. What was typed is put away,
// as it may hide that one.
func (s *Screen) Want(key string) {
	s.wanted, s.edit = key, nil
	s.look("")
	s.layout()
}

// Init reads the settings.
func (s *Screen) Init() tea.Cmd {
	if s.env.Settings == nil {
		return nil
	}
	return s.do(read, "", s.env.Settings)
}

// Resume reads them again.
func (s *Screen) Resume() tea.Cmd { return s.Init() }

// do does something to the settings, and tells how they stand then.
func (s *Screen) do(by deed, key string, what func(context.Context) (engine.Settings, error)) tea.Cmd {
	s.busy = s.busy || by != read
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), changeTimeout)
		defer cancel()
		now, err := what(ctx)
		return told{s, now, err, key, by}
	}
}

// Update takes in one message.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		return s.key(msg)
	case tea.MouseMsg:
		return s.mouse(msg)
	case screen.ServerSeen:
		s.models = nil
		for _, m := range msg.Server.Models {
			s.models = append(s.models, m.Name)
		}
	case told:
		if msg.of == s {
			return s.take(msg)
		}
	}
	return nil
}

// take takes in how the settings stand. Where something failed nothing was changed, and
// what is being typed stays.
func (s *Screen) take(msg told) tea.Cmd {
	s.busy = s.busy && msg.by == read
	if msg.err != nil && len(msg.now.All) == 0 {
		return s.refused(msg)
	}
	s.fault = ""
	if msg.err != nil {
		s.fault = engine.Hint(msg.err)
	}
	before := s.selected().Key
	if s.wanted != "" {
		before, s.wanted = s.wanted, ""
	}
	s.now, s.seen = msg.now, true
	s.match(before)
	if msg.by == read {
		return nil
	}
	s.edit = nil
	s.layout()
	return tea.Batch(
		screen.Send(screen.PlanChanged{Plan: msg.now.Plan}),
		screen.Send(screen.Notice{Text: became(msg)}),
	)
}

func (s *Screen) refused(msg told) tea.Cmd {
	why := engine.Hint(msg.err)
	switch {
	case msg.by == read:
		s.fault = why
	case msg.by == set && s.edit != nil:
		s.edit.fault = why
	default:
		return screen.Send(screen.Notice{Text: why, Bad: true})
	}
	return nil
}

// Typing says whether plain characters go to a text field.
func (s *Screen) Typing() bool { return s.typing || s.edit != nil }

// selected is the setting that is selected; no key if there is none.
func (s *Screen) selected() engine.Setting {
	if i := s.list.Selected(); i >= 0 && i < len(s.shown) {
		return s.now.All[s.shown[i]]
	}
	return engine.Setting{}
}
