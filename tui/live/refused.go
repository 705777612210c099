package live

import "github.com/aimo3/aimo3/tui/screen"

// Refused are the keys that do nothing now.
func (s *Screen) Refused() []screen.Refused {
	if s.ask != nil || s.seek.typing {
		return nil
	}
	var all []screen.Refused
	for _, w := range s.wishes() {
		if w.why != "" {
			all = append(all, screen.Refused{Key: w.key, Why: w.why})
		}
	}
	if len(s.samples) < 2 {
		k := s.keys.grid.cycle
		all = append(all, screen.Refused{Key: k, Why: noOther})
	}
	if s.seek.words == "" {
		all = append(all, screen.Refused{Key: s.keys.find.nextMatch, Why: s.whyNoMatch()}, screen.Refused{Key: s.keys.find.prevMatch, Why: s.whyNoMatch()})
	}
	if s.env.Copy != nil {
		all = append(all, s.notCopied()...)
	}
	if s.player == nil {
		all = append(all, screen.Refused{Key: s.keys.pause, Why: "only a replay can be paused: " + s.keys.stop.Help().Key + " stops a sample"})
	}
	return all
}

const noOther = "there is no other sample to show beside this one"

// whyNoMatch says why there is none to go to before anything is looked for.
func (s *Screen) whyNoMatch() string {
	return s.keys.find.seek.Help().Key + " first says what to search for"
}
