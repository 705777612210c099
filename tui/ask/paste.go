package ask

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/phrase"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// TakesPaste says whether a paste is for the editor.
func (s *Screen) TakesPaste() bool {
	return len(s.cut) == 0 && !s.asking() && s.file == nil && s.picker == nil && !s.recent.focused
}

// pasted puts a paste in, as plain text. One that is too long, or no statement of a
// problem, is refused whole.
func (s *Screen) pasted(msg tea.KeyMsg) tea.Cmd {
	text, err := s.draft.accepts(msg.Runes)
	if err != nil {
		s.refuse(err)
		return nil
	}
	clean, dropped := termsafe.Plain(text)
	s.note = phrase.LeftOut(dropped)
	msg.Runes = []rune(clean)
	return s.draft.update(msg)
}

// accepts is what was pasted, or what is wrong with it. Of one that is blank or is still
// to be cut to size nothing is asked.
func (d *draft) accepts(pasted []rune) (string, error) {
	if n := d.area.Length() + len(pasted); n > maxPastedChars {
		return "", &engine.Fault{
			Class: engine.Invalid, What: fmt.Sprintf("the problem would have %d characters; at most %d", n, engine.MaxStatement),
			Todo: "paste less",
		}
	}
	text := string(pasted)
	if err := engine.CheckKind(text); err != nil {
		return "", err
	}
	clean, _ := termsafe.Plain(text)
	if strings.TrimSpace(clean) == "" || len(pasted) > engine.MaxStatement {
		return text, nil
	}
	_, err := engine.NewProblem(typed, clean)
	return text, err
}
