package history

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
)

// whyNoMore says why no samples can be added to an attempt; "" if they can.
func (s *Screen) whyNoMore(a engine.Summary) string {
	switch {
	case s.rows.runs(a.ID):
		return "this one is running: " + s.keys.Open.Help().Key + " shows it, " + s.keys.extend.Help().Key + " adds samples there"
	case s.rows.elsewhere(a.ID):
		return isElsewhere + "it has not ended yet"
	case a.Verdict == nil:
		return "this one has not ended: " + s.keys.goOn.Help().Key + " goes on with it"
	}
	return s.env.WhyNotExtended()
}

// extend shows the selected attempt, which asks there how many samples are to be added.
func (s *Screen) extend() tea.Cmd {
	a, ok := s.selected()
	if !ok {
		return nil
	}
	if why := s.whyNoMore(a); why != "" {
		return screen.Send(screen.Notice{Text: why, Bad: true})
	}
	return screen.Send(screen.Open{Screen: live.Adding(s.env, a)})
}
