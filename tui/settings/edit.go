package settings

import (
	"cmp"
	"context"
	"slices"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/phrase"
	"github.com/aimo3/aimo3/tui/screen"
)

// edit is a value being typed.
type edit struct {
	setting engine.Setting
	choices []string
	input   textinput.Model
	fault   string // why the value given last did not do
}

// maxValueChars bounds a value: as much as a file may have.
const maxValueChars = 4096

// begin has the selected setting edited. Of a value with a secret in it nothing is put
// into the field: *** would be kept in its place.
func (s *Screen) begin() tea.Cmd {
	one := s.selected()
	switch {
	case one.Key == "" || s.busy:
		return nil
	case s.env.SetSetting == nil:
		return screen.Send(screen.Notice{Text: notHere, Bad: true})
	}
	e := &edit{setting: one, choices: one.Choices, input: screen.NewField(s.env.Styles.Text, "", one.Default, maxValueChars)}
	if one.Model {
		e.choices = s.models
	}
	if one.Hidden {
		e.input.Placeholder = "the whole value anew: what is there is not shown"
	} else {
		e.input.SetValue(one.Value)
	}
	e.input.Focus()
	s.edit = e
	s.layout()
	return nil
}

// editKey takes a key while a value is typed.
func (s *Screen) editKey(msg tea.KeyMsg) tea.Cmd {
	e := s.edit
	switch {
	case s.busy: // until it is known what became of the value
		return nil
	case key.Matches(msg, s.keys.cancel):
		s.edit = nil
		s.layout()
		return nil
	case key.Matches(msg, s.keys.keep):
		name, value, change := e.setting.Key, e.input.Value(), s.env.SetSetting
		return s.do(set, name, func(ctx context.Context) (engine.Settings, error) { return change(ctx, name, value) })
	case key.Matches(msg, s.keys.nextValue, s.keys.prevValue):
		by := 1
		if key.Matches(msg, s.keys.prevValue) {
			by = -1
		}
		e.step(by)
		return nil
	}
	e.fault = ""
	var cmd tea.Cmd
	e.input, cmd = e.input.Update(msg)
	return cmd
}

// step puts another of the few values in: that next to what stands there, be it the default.
func (e *edit) step(by int) {
	n := len(e.choices)
	if n == 0 {
		return
	}
	i := slices.Index(e.choices, cmp.Or(e.input.Value(), e.setting.Default))
	if i < 0 && by < 0 {
		i = 0
	}
	e.fault = ""
	e.input.SetValue(e.choices[(i+by+n)%n])
	e.input.CursorEnd()
}

// toDefault takes the selected setting out of the file.
func (s *Screen) toDefault() tea.Cmd {
	one, change := s.selected(), s.env.UnsetSetting
	switch {
	case change == nil || s.busy || one.Key == "":
		return nil
	case !one.Kept:
		return screen.Send(screen.Notice{Text: notSet + one.Key})
	}
	return s.do(unset, one.Key, func(ctx context.Context) (engine.Settings, error) { return change(ctx, one.Key) })
}

// undo takes the latest change back.
func (s *Screen) undo() tea.Cmd {
	if s.env.UndoSetting == nil || s.busy {
		return nil
	}
	if s.now.Undo == "" {
		return screen.Send(screen.Notice{Text: noUndo})
	}
	return s.do(undone, s.now.Undo, s.env.UndoSetting)
}

// became says what a change made of a setting.
func became(msg told) string {
	one, _ := msg.now.Of(msg.key)
	switch {
	case msg.by == undone:
		return phrase.SettingCounts(one)
	case msg.by == set && !one.Own:
		return phrase.SettingKept(one)
	}
	return phrase.SettingCounts(one) + " · u undoes it"
}
