package live

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/tui/screen"
)

// answer is the verdict's, else the chosen sample's, else the one that leads.
func (s *Screen) answer() string {
	if v := s.progress.Verdict; v != nil && v.Answer != "" {
		return string(v.Answer)
	}
	if p := s.progress.SampleAt(s.chosen); p != nil && p.Answer != "" {
		return string(p.Answer)
	}
	leads, _, _ := s.progress.Tally.Leader()
	return string(leads)
}

// reply is the chosen sample's, as the model wrote it.
func (s *Screen) reply() string {
	if s.chosen < len(s.progress.Samples) {
		return s.progress.Samples[s.chosen].Reply.String()
	}
	return ""
}

func (s *Screen) copy(what, text string) tea.Cmd {
	if text == "" {
		return screen.Send(screen.Notice{Text: "nothing to copy yet"})
	}
	send := s.env.Copy
	return func() tea.Msg {
		how, err := send(text)
		if err != nil {
			return screen.Notice{Text: "could not copy " + what + ": " + err.Error(), Bad: true}
		}
		return screen.Notice{Text: what + " " + how}
	}
}
