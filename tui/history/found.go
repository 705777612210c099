package history

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/phrase"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// found is where the words of the filter stand in what the samples of the selected attempt
// said. It is looked for beside all else, one attempt at a time.
type found struct {
	of      engine.AttemptID
	words   string
	passage engine.Passage
	ok      bool // there is something to show
}

// foundIn answers a search through an attempt.
type foundIn struct{ found }

// seek looks for the words in the attempt that is selected now, unless that was done, or
// one is being looked through.
func (s *Screen) seek() tea.Cmd {
	a, ok := s.selected()
	words, look := s.chosen.Words, s.env.Passage
	if !ok || look == nil || words == "" || s.seeking || s.found.of == a.ID && s.found.words == words {
		return nil
	}
	s.seeking = true
	id := a.ID
	return s.call(func(ctx context.Context) tea.Msg {
		e, ok, err := look(ctx, id, words)
		return foundIn{found{id, words, e, ok && err == nil}}
	})
}

func (s *Screen) takeFound(msg foundIn) {
	s.seeking, s.found = false, msg.found
}

// foundLine says where the words stand; "" if there is nothing to say.
func (s *Screen) foundLine() string {
	a, ok := s.selected()
	f := s.found
	if !ok || !f.ok || f.of != a.ID || f.words != s.chosen.Words {
		return ""
	}
	return pane.Fit(" "+s.env.Styles.Text.Faint.Render(termsafe.Line(phrase.Place(f.passage))), s.width)
}
