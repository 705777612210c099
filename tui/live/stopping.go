package live

import (
	"fmt"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/tui/pane"
)

// stopping asks whether all samples are to be stopped, which cannot be undone.
type stopping struct{ k keys }

// askStop asks, unless nothing is lost: what waits for its turn is taken back at once.
func (s *Screen) askStop() tea.Cmd {
	if stop := s.env.Stop; s.waits() {
		return s.wish(func() error { return stop(s.id, -1) }, "taking it back")
	}
	return s.openDialog(&stopping{s.keys})
}

func (q *stopping) typing() bool { return true } // so that q answers it, and does not quit

func (q *stopping) title(*Screen) string { return "Stop all samples?" }

func (q *stopping) lines(s *Screen, width, _ int) []string {
	n := s.stillOpen()
	says := fmt.Sprintf("%d samples that have not ended give no vote: the attempt ends with the votes it has", n)
	if n == 1 {
		says = "the sample that has not ended gives no vote: the attempt ends with the votes it has"
	}
	lines := firstLines(says, width, 2)
	for i := range lines {
		lines[i] = s.env.Styles.Text.Strong.Render(lines[i])
	}
	return lines
}

func (q *stopping) keys() []key.Binding { return []key.Binding{q.k.yes, q.k.cancel} }

func (q *stopping) key(s *Screen, msg tea.KeyMsg) tea.Cmd {
	switch {
	case key.Matches(msg, q.k.yes):
		stop := s.env.Stop
		return s.wish(func() error { return stop(s.id, -1) }, "stopping all samples")
	case key.Matches(msg, q.k.no):
		s.closeDialog()
	}
	return nil
}

// stopOne ends the chosen sample.
func (s *Screen) stopOne() tea.Cmd {
	sample, stop := s.chosen, s.env.Stop
	return s.wish(func() error { return stop(s.id, sample) }, "stopping sample "+pane.Count(sample+1))
}
