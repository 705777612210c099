package history

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/phrase"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// detail is the pane of the selected attempt, kept until another is selected.
type detail struct {
	of    engine.AttemptID
	state string // what of it may change
	drawn string
}

// attempt draws the selected attempt, w by h.
func (s *Screen) attempt(w, h int) string {
	a, ok := s.selected()
	box := pane.Box{Styles: s.env.Styles.Pane, Title: "Attempt"}
	if !ok {
		return box.Render("", w, h)
	}
	box.Right = string(a.ID)
	state := s.outcome(a) + "\n" + phrase.Marks(a.Marks)
	if s.detail.drawn == "" || s.detail.of != a.ID || s.detail.state != state {
		inner, rows := pane.Inner(w, h)
		s.detail = detail{a.ID, state, s.about(a, inner, rows)}
	}
	return box.Render(s.detail.drawn, w, h)
}

// about tells of an attempt in at most h lines: the statement gives way.
func (s *Screen) about(a engine.Summary, w, h int) string {
	figures := s.figures(a, w, h)
	room := max(h-len(figures)-1, 1)
	prose := pane.NewProse(s.env.Styles.Text, s.env.Styles.Text.Body)
	statement := prose.Lines(a.Problem.Statement, w, pane.FormOf(s.source))
	if len(statement) > room && !s.source { // a formula cut in two says nothing
		statement = prose.Lines(a.Problem.Statement, w, pane.Inline)
	}
	if len(statement) > room {
		statement = append(slices.Clone(statement[:room-1]), "…")
	}
	return strings.Join(append(append(slices.Clone(statement), ""), figures...), "\n")
}

// marks are what an attempt is marked with, in at most so many lines.
func (s *Screen) marks(a engine.Summary, w, maxLines int) []string {
	said, st := phrase.Marks(a.Marks), s.env.Styles.Text
	if said == "" {
		return nil
	}
	name := "marks"
	lines := pane.Wrapped(termsafe.Line(said), max(w-9, 1), maxLines)
	for i, line := range lines {
		lines[i] = pane.Fit(st.Faint.Render(pane.Fit(name, 9))+st.Body.Render(line), w)
		name = ""
	}
	return lines
}

func (s *Screen) figures(a engine.Summary, w, h int) []string {
	st := s.env.Styles.Text
	line := func(name, value string) string {
		return pane.Fit(st.Faint.Render(pane.Fit(name, 9))+st.Body.Render(termsafe.Line(value)), w)
	}
	lines := []string{line("answer", s.outcome(a))}
	if s.unfinished(a) && s.whyNot(a) == "" {
		lines = append(lines, line("", s.keys.goOn.Help().Key+" goes on · "+s.keys.closeIt.Help().Key+" closes it with its votes"))
	}
	if v := a.Verdict; v != nil {
		lines[0] = pane.Fit(st.Faint.Render(pane.Fit("answer", 9))+st.Strong.Render(termsafe.Line(s.outcome(a))), w)
		votes := fmt.Sprintf("%d of %d", v.Votes, v.Of)
		if weak := phrase.Weak(v.Thinking, v.Votes); weak != "" {
			votes += " · ~ " + weak + ", only in its reasoning"
		}
		if doubt := phrase.Doubt(v, a.Samples); doubt != "" {
			votes += " · " + doubt
		}
		lines = append(lines, line("votes", votes+" · "+v.Why.Words()))
	}
	lines = append(lines, s.marks(a, w, max(h/3, maxMarkLines))...)
	lines = append(lines, line("model", a.Model), line("samples", fmt.Sprint(a.Samples)))
	switch {
	case a.Tokens > 0 && a.Verdict == nil:
		lines = append(lines, line("tokens", pane.Count(a.Tokens)+" of samples that ended"))
	case a.Tokens > 0:
		lines = append(lines, line("tokens", pane.Count(a.Tokens)))
	}
	if !a.Deleted.IsZero() {
		lines = append(lines, line("deleted", "kept until "+a.Deleted.Add(engine.KeepDeleted).In(s.now.Location()).Format("2006-01-02 15:04")+" · "+s.keys.undo.Help().Key+" restores it"))
	}
	begun := a.Begun.In(s.now.Location()).Format("2006-01-02 15:04:05")
	return append(lines, line("started", begun), line("took", pane.Duration(a.Took)))
}
