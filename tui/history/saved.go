package history

import (
	"context"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// saved are the filters that are kept under names. They are listed while the field of the
// filter has the focus and is empty.
type saved struct {
	all   []engine.SavedFilter
	list  *pane.List
	asked int // number of the latest request; what earlier ones list is out of date

	save, take, forget, up, down, toList key.Binding
}

// savedFilters answers what is kept of filters.
type savedFilters struct {
	asked int
	all   []engine.SavedFilter
	said  string    // of what was done, for people; "" if nothing was
	line  *question // on which the name was typed; nil if none was
	err   error
}

func (s *Screen) newSaved() saved {
	answer := s.env.Keys.Answer
	return saved{
		list: pane.NewList(s.env.Styles.List, s.savedRow),
		save: s.env.Keys.Bind("ctrl+s", "save the filter", "ctrl+s"), take: answer("enter", "take the saved filter", "enter"),
		forget: answer("ctrl+x", "delete the saved filter", "ctrl+x", "delete"),
		up:     answer("↑", "up", "up"), down: answer("↓", "down", "down"), toList: answer("tab", "to the list", "tab"),
	}
}

func (s *Screen) savedRow(i, width int) string {
	f := s.saved.all[i]
	return pane.Columns{{Min: 16}, {Min: 10, Weight: 1}}.Line(width, f.Name, f.Text)
}

// maxSavedRows is how many saved filters are in view; the others are scrolled to.
const maxSavedRows = 8

// savedAbove is how many lines there are between the list and the saved filters: the terms,
// and what can be done with these.
const savedAbove = 2

// savedRows is how many lines saved filters take now.
func (s *Screen) savedRows() int {
	if !s.filter.Focused() || s.typed() != "" || s.width < minBelowWidth {
		return 0
	}
	return max(min(len(s.saved.all), s.height/3-savedAbove, maxSavedRows), 0)
}

// savedLines are the saved filters, below what can be done with them.
func (s *Screen) savedLines() []string {
	rows, k := s.savedRows(), s.saved
	if rows == 0 {
		return nil
	}
	k.list.Resize(s.width, rows)
	about := "saved filters: " + k.take.Help().Key + " takes one · " + k.forget.Help().Key + " deletes it"
	return append([]string{pane.Fit(" "+s.env.Styles.Text.Faint.Render(about), s.width)}, strings.Split(k.list.View(), "\n")...)
}

// typingKeys are the bindings while the field of the filter has the focus.
func (s *Screen) typingKeys() []key.Binding {
	k := s.saved
	switch {
	case s.savedRows() > 0:
		return []key.Binding{k.take, k.forget, k.up, k.down, k.toList, s.keys.clear}
	case s.whyNotSaved() == "":
		return []key.Binding{s.keys.toList, k.save, s.keys.clear}
	}
	return []key.Binding{s.keys.toList, s.keys.clear}
}

// filteredKeys are the bindings of what the filter is, while the list has the focus.
func (s *Screen) filteredKeys() []key.Binding {
	switch {
	case s.typed() == "":
		return []key.Binding{s.keys.Back}
	case s.whyNotSaved() == "":
		return []key.Binding{s.saved.save, s.keys.clear}
	}
	return []key.Binding{s.keys.clear}
}

// savedKey takes a key that is for saved filters; false if it is none.
func (s *Screen) savedKey(msg tea.KeyMsg) (cmd tea.Cmd, taken bool) {
	k := s.saved
	switch {
	case key.Matches(msg, k.save):
		return s.offerToSave(), true
	case s.savedRows() == 0 || !key.Matches(msg, k.take, k.forget, k.up, k.down):
		return nil, false
	case key.Matches(msg, k.up):
		k.list.Move(-1)
	case key.Matches(msg, k.down):
		k.list.Move(1)
	case key.Matches(msg, k.forget):
		f := k.all[k.list.Selected()]
		return s.saving(f.Name, "", "deleted “"+f.Name+"”: "+f.Text, nil), true
	default:
		return s.takeSaved(), true
	}
	return nil, true
}

// takeSaved filters by the saved one that is selected.
func (s *Screen) takeSaved() tea.Cmd {
	s.filter.SetValue(s.saved.all[s.saved.list.Selected()].Text)
	s.filter.CursorEnd()
	s.filter.Blur()
	return s.search()
}

// clickSaved takes the saved filter that a click is on; false if it is on none.
func (s *Screen) clickSaved(msg tea.MouseMsg) (cmd tea.Cmd, taken bool) {
	_, y, clicked := screen.Click(msg)
	i := s.saved.list.At(y - s.listHeight() - savedAbove)
	if !clicked || i < 0 || s.savedRows() == 0 {
		return nil, false
	}
	s.saved.list.Select(i)
	return s.takeSaved(), true
}

// whyNotSaved says why the filter cannot be saved as it stands there; "" if it can.
func (s *Screen) whyNotSaved() string {
	switch {
	case s.env.SaveFilter == nil:
		return "no filter is saved: aimo3 was started with --no-save"
	case s.typed() == "":
		return "there is no filter to save: " + s.keys.filter.Help().Key + " begins one"
	case s.misread != nil:
		return engine.Hint(s.misread)
	}
	return ""
}

// offerToSave asks for the name of the filter that is typed.
func (s *Screen) offerToSave() tea.Cmd {
	if why := s.whyNotSaved(); why != "" {
		return screen.Send(screen.Notice{Text: why, Bad: true})
	}
	text := s.typed()
	s.ask("save this filter as", "", engine.MaxFilterNameRunes, func(name string) tea.Cmd {
		name = strings.TrimSpace(name)
		return s.saving(name, text, "saved as “"+name+"”", s.asking)
	})
	return nil
}

// listSaved asks which filters are saved, now that the field has the focus.
func (s *Screen) listSaved() tea.Cmd {
	s.saved.list.Top()
	all := s.env.SavedFilters
	if all == nil {
		return nil
	}
	return s.askSaved("", nil, all)
}

// saving keeps a filter, or forgets it if text is ""; line is where its name was typed.
func (s *Screen) saving(name, text, said string, line *question) tea.Cmd {
	save := s.env.SaveFilter
	if save == nil {
		return nil
	}
	return s.askSaved(said, line, func(ctx context.Context) ([]engine.SavedFilter, error) { return save(ctx, name, text) })
}

// askSaved has something done that answers with the filters that are saved then.
func (s *Screen) askSaved(said string, line *question, do func(context.Context) ([]engine.SavedFilter, error)) tea.Cmd {
	s.saved.asked++
	asked := s.saved.asked
	return s.call(func(ctx context.Context) tea.Msg {
		all, err := do(ctx)
		return savedFilters{asked, all, said, line, err}
	})
}

// seeSaved takes in which are kept now.
func (s *Screen) seeSaved(msg savedFilters) tea.Cmd {
	if msg.err != nil {
		return s.refused(msg.line, msg.err)
	}
	if msg.asked == s.saved.asked {
		s.saved.all = msg.all
		s.saved.list.SetLen(len(msg.all))
		s.saved.list.Redraw()
	}
	if msg.said == "" {
		return nil
	}
	return screen.Send(screen.Notice{Text: termsafe.Line(msg.said)})
}
