// Package history is the screen that lists the attempts kept in the store, newest first,
// and beside them, where there is room, the selected one.
//
// The list is read a page at a time, as far as one has scrolled, so that 100,000 attempts
// open as fast as ten; it follows the store while it is in view, so that what another
// program solves or deletes is seen within a second. The filter takes words, which are
// looked for in statements, answers, replies and code, and terms such as is:wrong or
// model:qwen3 ([engine.ParseFilter]); words found in a reply show the passage. A filter can
// be kept under a name (screen.Env.SaveFilter) and is taken again from the empty field.
//
// Enter opens an attempt on the live screen as it ended, or as it runs; a replay plays it
// at any speed. Attempts are marked right or wrong, noted, tagged, starred, compared,
// exported, added to, deleted and restored from here; each change goes through the
// functions of screen.Env, and the row shows what the store then says, not what was hoped.
// Two problems that begin alike are shown with what tells them apart.
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
	env     screen.Env
	keys    keys
	filter  textinput.Model
	chosen  engine.Filter // what the filter says, as far as it could be read
	misread error         // why it cannot be read as it stands there; nil if it can
	list    *pane.List
	rows    rows
	detail  detail
	titles  pane.Titles
	source  bool // formulas are shown as they were written

	marking marking
	asking  *question // what is being typed beside the filter; nil: nothing
	saved   saved
	found   found
	seeking bool // an attempt is being looked through

	following bool  // the store is being asked whether it was changed
	seen      int64 // what it said last; 0: nothing yet
	dues      int   // asked for so far

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
	s := &Screen{env: env, keys: newKeys(env.Keys), marking: newMarking(env.Keys), filter: newFilter(env.Styles.Text), rows: newRows(env.Library, env.Alive), speed: 1, now: env.Now()}
	s.list, s.saved = pane.NewList(env.Styles.List, s.row), s.newSaved()
	s.Resize(80, 22)
	return s
}

// Init loads the first page, and begins to look for what changes.
func (s *Screen) Init() tea.Cmd { return tea.Batch(s.rows.refresh(s.chosen), s.follow()) }

// Update takes in one message.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	before := len(s.below())
	cmd := s.update(msg)
	if len(s.below()) != before {
		s.place()
	}
	if seek := s.seek(); seek != nil {
		return tea.Batch(cmd, seek)
	}
	return cmd
}

func (s *Screen) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case foundIn:
		s.takeFound(msg)
	case changes:
		if msg.of == s {
			return s.takeChanges(msg)
		}
	case screen.Due:
		if msg.Of == s && msg.Number == s.dues {
			return s.follow()
		}
	case tea.KeyMsg:
		return s.key(msg)
	case tea.MouseMsg:
		return s.mouse(msg)
	case loaded:
		return s.take(msg)
	case opened:
		return s.afterOpen(msg)
	case deleted, restored, marked, copied, savedFilters:
		return s.done(msg)
	case screen.Arrived:
		if s.rows.follow(msg.Events) {
			return s.rows.refresh(s.chosen)
		}
	case screen.LinkSeen:
		if s.rows.serves(msg.Link.Taken) && msg.Link.State == engine.LinkConnected {
			return s.rows.refresh(s.chosen)
		}
	case screen.Ended:
		s.rows.over(msg.ID)
		return s.rows.refresh(s.chosen)
	}
	return nil
}

// Typing says whether the filter, or a line about an attempt, has the focus.
func (s *Screen) Typing() bool { return s.filter.Focused() || s.asking != nil }

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
	return s.rows.next(s.chosen)
}

func (s *Screen) selected() (engine.Summary, bool) {
	if i := s.list.Selected(); i >= 0 && i < len(s.rows.all) {
		return s.rows.all[i], true
	}
	return engine.Summary{}, false
}

// Keys are what may be pressed now.
func (s *Screen) Keys() []key.Binding { return s.keys.now(s) }
