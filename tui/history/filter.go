package history

import (
	"strings"

	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/pane"
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
// which ones are saved, what is wrong with what is typed, or where the words stand in the
// selected attempt.
func (s *Screen) below() []string {
	if s.width < minBelowWidth || s.height < minBelowHeight {
		return nil
	}
	if s.asking != nil && s.asking.wrong != nil {
		return s.wrong(s.asking.wrong)
	}
	if s.filter.Focused() && s.typed() == "" {
		terms := "terms: " + strings.Join(engine.FilterKeys(), ": ") + ":"
		return append([]string{pane.Fit(" "+s.env.Styles.Text.Faint.Render(terms), s.width)}, s.savedLines()...)
	}
	if s.misread != nil {
		return s.wrong(s.misread)
	}
	if line := s.foundLine(); line != "" {
		return []string{line}
	}
	return nil
}

// wrong are the lines that say what is wrong with what is typed.
func (s *Screen) wrong(err error) []string {
	lines := strings.Split(ansi.Wrap("✗ "+termsafe.Line(engine.Hint(err)), max(s.width-2, 1), " "), "\n")
	for i, line := range lines {
		lines[i] = pane.Fit(" "+s.env.Styles.Text.Bad.Render(line), s.width)
	}
	return lines[:min(len(lines), s.height/3)]
}
