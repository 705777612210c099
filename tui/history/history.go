// Package history is the screen that lists the attempts kept in the store.
package history

import (
	"time"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/screen"
)

// Screen lists attempts, newest first, and beside them the selected one where
// there is room.
type Screen struct {
	env    screen.Env
	keys   keys
	filter textinput.Model
	list   *pane.List
	rows   rows
	detail detail
	titles pane.Titles
	source bool // formulas are shown as they were written

	deleted []engine.Summary // in this session, what undo brings back last
	closing *engine.Summary  // the attempt that is asked about, whether to close it
	speed   float64          // of a replay

	comparing comparing

	now   time.Time
	fault error // why the store could not be read

	width, height int
}

// New returns a history screen.
func New(env screen.Env) *Screen {
	s := &Screen{env: env, keys: newKeys(env.Keys), filter: newFilter(env.Styles.Text), rows: newRows(env.Library, env.Alive), speed: 1, now: env.Now()}
	s.list = pane.NewList(env.Styles.List, s.row)
	s.Resize(80, 22)
	return s
}

// Init loads the first page.
func (s *Screen) Init() tea.Cmd { return s.rows.refresh(s.words()) }

// Update takes in one message.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		return s.key(msg)
	case tea.MouseMsg:
		return s.mouse(msg)
	case loaded:
		return s.take(msg)
	case opened:
		return s.afterOpen(msg)
	case deleted:
		return s.afterDelete(msg)
	case restored:
		return s.afterRestore(msg)
	case copied:
		return screen.Send(msg.notice())
	case screen.Arrived:
		if s.rows.follow(msg.Events) {
			return s.rows.refresh(s.words())
		}
	case screen.LinkSeen:
		if s.rows.serves(msg.Link.Taken) && msg.Link.State == engine.LinkConnected {
			return s.rows.refresh(s.words())
		}
	case screen.Ended:
		s.rows.over(msg.ID)
		return s.rows.refresh(s.words())
	}
	return nil
}

// Typing says whether the filter has the focus.
func (s *Screen) Typing() bool { return s.filter.Focused() }

// take folds an answer of the store in, keeping the selection on its attempt.
func (s *Screen) take(msg loaded) tea.Cmd {
	selected, _ := s.selected()
	if !s.rows.take(msg) {
		return nil
	}
	s.fault, s.now = msg.err, s.env.Now()
	if msg.err != nil {
		return nil
	}
	s.shown(selected.ID)
	return s.ahead()
}

// shown tells the list that rows have changed, and selects that of id again.
func (s *Screen) shown(id engine.AttemptID) {
	s.list.SetLen(len(s.rows.all))
	statements := make([]string, len(s.rows.all))
	for i := range s.rows.all {
		statements[i] = s.rows.all[i].Problem.Statement
	}
	s.titles.Of(statements)
	if i := s.rows.find(id); i >= 0 {
		s.list.Select(i)
	}
	s.list.Redraw()
}

// toggleSource shows all that is drawn as it was written, or drawn again.
func (s *Screen) toggleSource() {
	s.source = !s.source
	s.titles.Source(s.source)
	s.detail.drawn = ""
	s.list.Redraw()
}

// ahead loads the next page when the selection comes near the last row.
func (s *Screen) ahead() tea.Cmd {
	if len(s.rows.all)-s.list.Selected() > pageSize/4 {
		return nil
	}
	return s.rows.next(s.words())
}

func (s *Screen) selected() (engine.Summary, bool) {
	if i := s.list.Selected(); i >= 0 && i < len(s.rows.all) {
		return s.rows.all[i], true
	}
	return engine.Summary{}, false
}

// Keys are what may be pressed now.
func (s *Screen) Keys() []key.Binding { return s.keys.now(s) }
