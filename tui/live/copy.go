package live

import (
	"github.com/charmbracelet/bubbles/key"
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

// copying are the keys that copy something that there is.
func (s *Screen) copying() []key.Binding {
	var all []key.Binding
	if s.env.Copy != nil && s.answer() != "" {
		all = append(all, s.keys.copyAnswer)
	}
	if s.env.Copy != nil && s.reply() != "" {
		all = append(all, s.keys.copyReply)
	}
	return all
}

// notCopied are the keys that copy nothing yet.
func (s *Screen) notCopied() []screen.Refused {
	var all []screen.Refused
	if s.answer() == "" {
		all = append(all, screen.Refused{Key: s.keys.copyAnswer, Why: "there is no answer to copy yet"})
	}
	if s.reply() == "" {
		all = append(all, screen.Refused{Key: s.keys.copyReply, Why: "this sample has written no reply to copy yet"})
	}
	return all
}

func (s *Screen) copyBy(msg tea.KeyMsg) tea.Cmd {
	if key.Matches(msg, s.keys.copyAnswer) {
		return s.copy("the answer", s.answer())
	}
	return s.copy("the reply", s.reply())
}

func (s *Screen) copy(what, text string) tea.Cmd {
	send := s.env.Copy
	return func() tea.Msg {
		how, err := send(text)
		if err != nil {
			return screen.Notice{Text: "could not copy " + what + ": " + err.Error(), Bad: true}
		}
		return screen.Notice{Text: what + " " + how}
	}
}
