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
