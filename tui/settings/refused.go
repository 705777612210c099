package settings

import "github.com/aimo3/aimo3/tui/screen"

const (
	notHere      = "settings cannot be changed here: use `aimo3 config set`"
	notSet       = "your file does not set "
	noUndo       = "nothing was changed here, so there is nothing to undo"
	noneSelected = "no setting is selected"
)

// Refused are the keys that do nothing now.
func (s *Screen) Refused() []screen.Refused {
	k := s.keys
	one := s.selected()
	switch {
	case s.edit != nil || s.typing:
		return nil
	case s.env.SetSetting == nil:
		return []screen.Refused{{Key: k.change, Why: notHere}, {Key: k.unset, Why: notHere}, {Key: k.undo, Why: notHere}}
	case one.Key == "":
		return []screen.Refused{{Key: k.change, Why: noneSelected}, {Key: k.unset, Why: noneSelected}}
	}
	var all []screen.Refused
	if !one.Kept {
		all = append(all, screen.Refused{Key: k.unset, Why: notSet + one.Key})
	}
	if s.now.Undo == "" {
		all = append(all, screen.Refused{Key: k.undo, Why: noUndo})
	}
	return all
}
