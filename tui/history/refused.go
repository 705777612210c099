package history

import (
	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/save"
	"github.com/aimo3/aimo3/tui/screen"
)

// Refused are the keys that do nothing now to the selected attempt.
func (s *Screen) Refused() []screen.Refused {
	a, ok := s.selected()
	if !ok || s.closing != nil || s.asking != nil || s.filter.Focused() {
		return nil
	}
	var all []screen.Refused
	if why := s.whyNot(a); why != "" {
		all = append(all, screen.Refused{Key: s.keys.goOn, Why: why}, screen.Refused{Key: s.keys.closeIt, Why: why})
	}
	if why := s.whyNoMore(a); why != "" {
		all = append(all, screen.Refused{Key: s.keys.extend, Why: why})
	}
	if why := s.whyNotSaved(); why != "" {
		all = append(all, screen.Refused{Key: s.saved.save, Why: why})
	}
	return append(all, s.refusedOf(a)...)
}

// refusedOf are the keys that change or hand on an attempt, and do not now.
func (s *Screen) refusedOf(a engine.Summary) []screen.Refused {
	var all []screen.Refused
	if why := s.whyNotDeleted(a); why != "" {
		all = append(all, screen.Refused{Key: s.keys.remove, Why: why})
	}
	if a.Deleted.IsZero() && len(s.deleted) == 0 {
		all = append(all, screen.Refused{Key: s.keys.undo, Why: "nothing was deleted here yet"})
	}
	if a.Verdict == nil || a.Verdict.Answer == "" {
		all = append(all, screen.Refused{Key: s.keys.copy, Why: "this one has no answer"})
	}
	if why := s.whyNotJudged(a); why != "" {
		all = append(all, screen.Refused{Key: s.marking.judge, Why: why})
	}
	if s.env.Export == nil {
		all = append(all, screen.Refused{Key: s.keys.export, Why: save.WhyNot})
	}
	return all
}
