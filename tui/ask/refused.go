package ask

import "github.com/aimo3/aimo3/tui/screen"

// Refused are the keys that do nothing now while the problem is written.
func (s *Screen) Refused() []screen.Refused {
	if len(s.cut) > 0 || s.asking() || s.file != nil || s.picker != nil || s.recent.focused {
		return nil
	}
	var all []screen.Refused
	if s.draft.before == "" {
		all = append(all, screen.Refused{Key: s.keys.undo, Why: "no text was replaced by another one yet"})
	}
	if !s.recent.shown() {
		why := "no problem was attempted yet"
		if len(s.recent.problems) > 0 {
			why = "they are not in view: " + s.keys.Palette.Help().Key + " lists them"
		}
		all = append(all, screen.Refused{Key: s.keys.recent, Why: why})
	}
	return all
}
