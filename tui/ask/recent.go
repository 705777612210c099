package ask

import (
	"context"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/screen"
)

const (
	maxRecent   = 8
	recentAsked = 40 // attempts looked through: one problem is often tried again
	loadWithin  = 5 * time.Second
)

// recent lists the problems attempted last, each once.
type recent struct {
	library  screen.Library
	list     *pane.List
	titles   pane.Titles
	source   bool // formulas are shown as they were written
	problems []engine.Summary
	asked    int // number of the latest request; older answers are dropped
	focused  bool
	height   int // with its frame; 0 while there is no room
}

// recentLoaded answers the request of that number.
type recentLoaded struct {
	asked    int
	attempts []engine.Summary
	err      error
}

func newRecent(env screen.Env) *recent {
	r := &recent{library: env.Library}
	columns := pane.Columns{{Min: 11, Right: true}, {Min: 10, Weight: 1}}
	r.list = pane.NewList(env.Styles.List, func(i, width int) string {
		a := r.problems[i]
		return columns.Line(width, r.outcome(a), r.titles.Title(a.Problem.Statement, columns.Room(width, 1)))
	})
	return r
}

func (r *recent) outcome(a engine.Summary) string {
	switch {
	case a.Verdict == nil:
		return "unfinished"
	case a.Verdict.Answer == "":
		return "no answer"
	case a.Verdict.Doubt(a.Samples) != "":
		return "? " + pane.Answer(string(a.Verdict.Answer), r.source)
	}
	return pane.Answer(string(a.Verdict.Answer), r.source)
}

func (r *recent) load() tea.Cmd {
	if r.library == nil {
		return nil
	}
	r.asked++
	asked, library := r.asked, r.library
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), loadWithin)
		defer cancel()
		attempts, err := library.Attempts(ctx, engine.Filter{Limit: recentAsked})
		return recentLoaded{asked, attempts, err}
	}
}

// take keeps what was loaded. A store that cannot be read says so in the
// history screen; here the list just stays as it was.
func (r *recent) take(msg recentLoaded) {
	if msg.asked != r.asked || msg.err != nil {
		return
	}
	r.problems = r.problems[:0]
	seen := map[string]bool{}
	for _, a := range msg.attempts {
		text := strings.Join(strings.Fields(a.Problem.Statement), " ")
		if seen[text] || len(r.problems) == maxRecent {
			continue
		}
		seen[text] = true
		r.problems = append(r.problems, a)
	}
	statements := make([]string, len(r.problems))
	for i := range r.problems {
		statements[i] = r.problems[i].Problem.Statement
	}
	r.titles.Of(statements)
	r.list.SetLen(len(r.problems))
	r.list.Redraw()
}

// toggleSource shows all that is drawn as it was written, or drawn again.
func (r *recent) toggleSource() {
	r.source = !r.source
	r.titles.Source(r.source)
	r.list.Redraw()
}

func (r *recent) selected() (string, bool) {
	if i := r.list.Selected(); i >= 0 && i < len(r.problems) {
		return r.problems[i].Problem.Statement, true
	}
	return "", false
}

// shown says whether the list is on the screen now.
func (r *recent) shown() bool { return len(r.problems) > 0 && r.height > 0 }

func (r *recent) resize(w, h int) {
	r.height = h
	if !r.shown() {
		r.focused = false
	}
	r.list.Resize(pane.Inner(w, h))
}
