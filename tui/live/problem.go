package live

import (
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/pane"
)

// problems keeps the latest drawings of the statement: in two dimensions, on few lines
// for where there is little room, and on one.
type problems struct {
	tall, short *pane.Prose
	titles      pane.Titles
}

func newProblems(s theme.TextStyles) problems {
	return problems{tall: pane.NewProse(s, s.Body), short: pane.NewProse(s, s.Body)}
}

// statement draws the statement to a width. If that takes more lines than there are,
// every formula is put on one line, so that none is cut in two.
func (s *Screen) statement(width, lines int) []string {
	text := s.progress.Problem.Statement
	drawn := s.problems.tall.Lines(text, width, pane.FormOf(s.source))
	if len(drawn) <= lines || s.source {
		return drawn
	}
	return s.problems.short.Lines(text, width, pane.Inline)
}

// reading is how much of the problem is in view: its beginning, or, once a person wants it
// whole, as much as there is room for, and then what follows.
type reading struct {
	whole      bool
	from       int // the first line in view
	rows, rest int // how many lines were in view when it was drawn, and how many follow
}

// turn shows what follows, then the beginning alone again.
func (r *reading) turn() {
	switch {
	case !r.whole:
		r.whole = true
	case r.rest > 0:
		r.from += max(r.rows, 1)
	default:
		r.whole, r.from = false, 0
	}
}

// page are the lines of the problem that are in view in so many rows.
func (s *Screen) page(width, rows int) []string {
	drawn, r := s.statement(width, rows), &s.reading
	rows = max(rows, 0)
	r.from = min(r.from, max(len(drawn)-1, 0))
	shown := drawn[r.from:min(r.from+rows, len(drawn))]
	r.rows, r.rest = len(shown), len(drawn)-r.from-len(shown)
	return shown
}

// restOf says by what key the lines of the problem are shown that are not in view; "" if all
// are.
func (s *Screen) restOf() string {
	does := " shows all"
	if s.reading.whole {
		does = " shows more"
	}
	if s.reading.rest == 0 {
		return ""
	}
	return s.keys.problem.Help().Key + does
}

// endless is the width of what is on one line in any case.
const endless = 1 << 20

// title is the statement on one line.
func (p *problems) title(s *Screen) string {
	p.titles.Source(s.source)
	return p.titles.Title(s.progress.Problem.Statement, endless)
}

// answered is an answer on one line, drawn unless its source is wanted.
func (s *Screen) answered(answer string) string { return pane.Answer(answer, s.source) }

// toggleSource shows all that is drawn as it was written, or drawn again.
func (s *Screen) toggleSource() {
	s.source = !s.source
	for _, t := range s.samples {
		t.Source(s.source)
	}
	s.Resize(s.width, s.height)
}
