package history

import (
	"strings"

	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/phrase"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/termsafe"
)

func newFilter(st theme.TextStyles) textinput.Model {
	return screen.NewField(st, "/ ", "words, or is:wrong model:qwen3 after:yesterday", engine.MaxFilterRunes)
}

// typed is the filter as it stands there.
func (s *Screen) typed() string { return strings.TrimSpace(s.filter.Value()) }

func (s *Screen) filterKey(msg tea.KeyMsg) tea.Cmd {
	if cmd, taken := s.savedKey(msg); taken {
		return cmd
	}
	was := s.typed()
	cmd, _ := screen.Filter(msg, &s.filter, s.keys.toList, s.keys.clear)
	if s.typed() == was { // but for spaces
		return cmd
	}
	return tea.Batch(cmd, s.search())
}

func (s *Screen) clearFilter() tea.Cmd {
	if s.typed() == "" {
		return nil
	}
	s.filter.SetValue("")
	return s.search()
}

// search asks the store anew, if what is typed can be read. The rows shown stay until it
// has answered.
func (s *Screen) search() tea.Cmd {
	f, err := engine.ParseFilter(s.typed(), s.env.Now())
	s.misread = err
	if err != nil {
		return nil
	}
	s.chosen, s.rows.fresh = f, true
	return s.rows.refresh(f)
}

// The room from which on there are lines below the list.
const minBelowWidth, minBelowHeight = 12, 8

// below are lines between the list and the last line: which terms a filter may have and
// which ones are saved, why what is typed is none or was not looked for, where the words stand
// in the selected attempt, and what that is marked with where it does not stand beside the list.
func (s *Screen) below() []string {
	if s.width < minBelowWidth || s.height < minBelowHeight {
		return nil
	}
	if s.asking != nil && s.asking.wrong != nil {
		return s.wrapped(s.env.Styles.Text.Bad, "✗ "+engine.Hint(s.asking.wrong), s.height/3)
	}
	if s.filter.Focused() && s.typed() == "" {
		terms := "terms: " + strings.Join(engine.FilterKeys(), ": ") + ":"
		return append([]string{pane.Fit(" "+s.env.Styles.Text.Faint.Render(terms), s.width)}, s.savedLines()...)
	}
	switch {
	case s.misread != nil:
		return s.wrapped(s.env.Styles.Text.Bad, "✗ "+engine.Hint(s.misread), s.height/3)
	case s.fault != nil && len(s.rows.all) > 0: // else the list says it
		return s.wrapped(s.env.Styles.Text.Bad, "✗ "+engine.Hint(s.fault), s.height/3)
	}
	var lines []string
	if line := s.foundLine(); line != "" {
		lines = append(lines, line)
	}
	if a, ok := s.selected(); ok && s.width < detailFrom {
		lines = append(lines, s.wrapped(s.env.Styles.Text.Faint, phrase.Marks(a.Marks), maxMarkLines)...)
	}
	return lines
}

// maxMarkLines is how many lines below the list say what an attempt is marked with.
const maxMarkLines = 2

// wrapped is untrusted text in at most so many lines of the screen's width; none of "".
func (s *Screen) wrapped(style lipgloss.Style, text string, maxLines int) []string {
	if text == "" {
		return nil
	}
	lines := pane.Wrapped(termsafe.Line(text), max(s.width-2, 1), maxLines)
	for i, line := range lines {
		lines[i] = pane.Fit(" "+style.Render(line), s.width)
	}
	return lines
}
