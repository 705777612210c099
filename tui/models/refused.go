package models

import (
	"github.com/charmbracelet/bubbles/key"

	"github.com/aimo3/aimo3/tui/screen"
)

// Refused are the keys that do nothing now to the selected model, or to any.
func (s *Screen) Refused() []screen.Refused {
	if s.asking != nil || s.naming != nil {
		return nil
	}
	var all []screen.Refused
	for _, one := range []struct {
		can bool
		key key.Binding
		why string
	}{
		{s.canPull(), s.keys.pull, s.whyNotPull()},
		{s.pulls(), s.keys.other, s.whyNoPull()},
		{s.canSet(), s.keys.preset, s.whyNotSet()},
		{s.canDelete(), s.keys.drop, s.whyNotDelete()},
		{s.Undoable(), s.keys.keep, s.whyNotKept()},
		{s.canUnload(), s.keys.unload, s.whyNotUnload()},
	} {
		if !one.can {
			all = append(all, screen.Refused{Key: one.key, Why: one.why})
		}
	}
	return all
}

const (
	whereItRuns  = "that is done where the server runs"
	notInstalled = "this model is not installed"
	noneSelected = "no model is selected"
)

// whyNoPull says why no model can be pulled.
func (s *Screen) whyNoPull() string {
	switch {
	case s.env.Pull == nil:
		return whereItRuns
	case s.pull != nil:
		return "one model is being pulled: " + s.keys.stop.Help().Key + " stops that"
	}
	return "no model server answers"
}

func (s *Screen) whyNotPull() string {
	switch {
	case !s.pulls():
		return s.whyNoPull()
	case s.selected().name == "":
		return noneSelected
	}
	return "this model is installed already"
}

func (s *Screen) whyNotSet() string {
	switch r := s.selected(); {
	case s.env.SetSetting == nil:
		return "settings cannot be changed here"
	case r.name == "":
		return noneSelected
	case r.model == nil:
		return notInstalled
	case !r.model.Replies():
		return "this model only embeds: it answers nothing"
	}
	return s.whyNow()
}

func (s *Screen) whyNotDelete() string {
	switch r := s.selected(); {
	case s.env.Delete == nil:
		return whereItRuns
	case r.name == "":
		return noneSelected
	case r.model == nil:
		return notInstalled
	case s.Undoable():
		return "one model is being deleted: " + s.keys.keep.Help().Key + " keeps it"
	case s.deletion != nil:
		return "one model is being deleted"
	}
	return s.whyNow()
}

func (s *Screen) whyNotKept() string {
	if s.deletion != nil {
		return tooLate
	}
	return "no model is being deleted"
}

func (s *Screen) whyNotUnload() string {
	switch r := s.selected(); {
	case s.env.Unload == nil:
		return whereItRuns
	case r.name == "":
		return noneSelected
	case r.held == nil:
		return "this model is not in memory"
	}
	return s.whyNow()
}

// whyNow says what has to end first.
func (s *Screen) whyNow() string { return "first this has to end: " + s.busy }
