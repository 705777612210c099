package live

import (
	"fmt"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"
)

// hinting asks what a sample is to be told.
type hinting struct {
	input  textinput.Model
	sample int
	all    bool // all that run are told, and not that one alone
	k      keys
}

// askHint asks for a hint to the chosen sample, or to all if that one has ended.
func (s *Screen) askHint() tea.Cmd {
	return s.openDialog(&hinting{
		input:  newInput(s.env.Styles.Text, "you  ", "what the model should mind"),
		sample: s.chosen, all: !s.open(s.chosen), k: s.keys,
	})
}

func (h *hinting) typing() bool { return true }

func (h *hinting) title(s *Screen) string {
	if h.all {
		return "Hint to all that run (" + fmt.Sprint(s.stillOpen()) + ")"
	}
	return fmt.Sprintf("Hint to sample %d", h.sample+1)
}

func (h *hinting) lines(_ *Screen, width, _ int) []string { return []string{shown(h.input, width)} }

func (h *hinting) keys() []key.Binding { return []key.Binding{h.k.give, h.k.toAll, h.k.cancel} }

func (h *hinting) key(s *Screen, msg tea.KeyMsg) tea.Cmd {
	switch {
	case key.Matches(msg, h.k.give):
		to, text, hint := h.sample, h.input.Value(), s.env.Hint
		did := fmt.Sprintf("sample %d is told", to+1)
		if h.all {
			to, did = -1, "all that run are told"
		}
		return s.wish(func() error { return hint(s.id, to, text) }, did)
	case key.Matches(msg, h.k.toAll):
		if h.all = !h.all; !h.all && !s.open(h.sample) {
			h.all, s.refusal = true, fmt.Sprintf("sample %d has ended and hears nothing", h.sample+1)
		}
		return nil
	}
	var cmd tea.Cmd
	h.input, cmd = h.input.Update(msg)
	return cmd
}
