package history

import (
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/termsafe"
)

const (
	detailFrom  = 110 // columns from which the selected attempt stands beside the list
	detailShare = 5   // of 12 parts of the width
	modelFrom   = 66  // columns of the list from which it has the model
)

// columns of the list. Those of a narrow terminal come first.
func columns(width int) pane.Columns {
	c := pane.Columns{
		{Title: "When", Min: 12},
		{Title: "Answer", Min: 12, Right: true},
		{Title: "Votes", Min: 5, Right: true},
		{Title: "Problem", Min: 10, Weight: 6},
	}
	if width >= modelFrom {
		c[2].Min = 8
		c = append(c, pane.Column{Title: "Model", Min: 12, Weight: 1})
	}
	if width >= 90 {
		c = append(c, pane.Column{Title: "Samples", Min: 7, Right: true})
	}
	return c
}

// row lays out attempt i.
func (s *Screen) row(i, width int) string {
	a := s.rows.all[i]
	c := columns(width)
	cells := []string{when(a.Begun, s.now), s.outcome(a), votes(a, width >= modelFrom), titled(a, s.titles.Title(a.Problem.Statement, c.Room(width, 3))), a.Model, fmt.Sprint(a.Samples)}
	return c.Line(width, cells[:len(c)]...)
}

// outcome is the answer of an attempt, or why there is none.
func (s *Screen) outcome(a engine.Summary) string {
	switch v := a.Verdict; {
	case v == nil && (s.rows.runs(a.ID) || s.rows.elsewhere(a.ID)):
		return "… running"
	case v == nil:
		return "◌ unfinished"
	case v.Answer == "":
		return "no answer"
	case a.Correct() != nil && *a.Correct():
		return "✓ " + pane.Answer(string(v.Answer), s.source)
	case a.Correct() != nil:
		return "✗ " + pane.Answer(string(v.Answer), s.source)
	case v.Doubt(a.Samples) != "":
		return "? " + pane.Answer(string(v.Answer), s.source)
	default:
		return pane.Answer(string(v.Answer), s.source)
	}
}

// votes are those of the answer, and that they are weak if all of them are; where there
// is little room, only that.
func votes(a engine.Summary, room bool) string {
	v := a.Verdict
	switch {
	case v == nil || v.Of == 0:
		return "–"
	case v.Thinking > 0 && v.Thinking >= v.Votes && !room:
		return "weak"
	case v.Thinking > 0 && v.Thinking >= v.Votes:
		return fmt.Sprintf("%d/%d weak", v.Votes, v.Of)
	}
	return fmt.Sprintf("%d/%d", v.Votes, v.Of)
}

// when is as short as tells the time apart, in now's zone.
func when(at, now time.Time) string {
	at = at.In(now.Location())
	switch {
	case at.Format(time.DateOnly) == now.Format(time.DateOnly):
		return "today " + at.Format("15:04")
	case at.Year() == now.Year():
		return at.Format("Jan 02 15:04")
	}
	return at.Format(time.DateOnly)
}

// Resize sets the room.
func (s *Screen) Resize(width, height int) {
	s.width, s.height = width, height
	s.filter.Width = max(width-6, 1)
	s.place()
}

// place gives the list what room the lines below it leave.
func (s *Screen) place() {
	w, h := pane.Inner(s.listWidth(), s.listHeight())
	row := max(w-2, 0) // the list marks its rows at the left
	s.list.SetHeader(columns(row).Header(s.env.Styles.List, row))
	s.list.Resize(w, h)
	s.detail.drawn = ""
}

func (s *Screen) listHeight() int { return s.height - 1 - len(s.below()) }

func (s *Screen) listWidth() int {
	if s.width < detailFrom {
		return s.width
	}
	return s.width - s.width*detailShare/12
}

// Status is what the status line says.
func (s *Screen) Status() []screen.Part {
	switch {
	case len(s.rows.all) == 0:
		return nil
	case s.speed > 1:
		return screen.Say(s.counted(), fmt.Sprintf("replay at %g×", s.speed))
	}
	return screen.Say(s.counted())
}

func (s *Screen) counted() string {
	n := len(s.rows.all)
	switch {
	case !s.rows.whole:
		return pane.Count(n) + "+ attempts"
	case n == 1:
		return "1 attempt"
	}
	return pane.Count(n) + " attempts"
}

// View draws the screen.
func (s *Screen) View() string {
	if s.width < 12 || s.height < 4 {
		return strings.Join(s.narrow(), "\n")
	}
	if s.closing != nil {
		return s.question()
	}
	w, h := s.listWidth(), s.listHeight()
	box := pane.Box{Styles: s.env.Styles.Pane, Title: "History", Right: s.counts(), Focused: !s.filter.Focused()}
	left := box.Render(s.body(w, h), w, h)
	if s.width >= detailFrom {
		left = beside(left, s.attempt(s.width-w, h))
	}
	return strings.Join(append(append([]string{left}, s.below()...), s.lastLine()), "\n")
}

// narrow is what is said where no frame fits.
func (s *Screen) narrow() []string {
	if s.height < 1 {
		return nil
	}
	return []string{pane.Fit(s.counts(), s.width)}
}

func (s *Screen) counts() string {
	if len(s.rows.all) == 0 {
		return ""
	}
	return s.counted()
}

func (s *Screen) broken() string {
	return s.env.Styles.Text.Bad.Render("✗ " + termsafe.Line(engine.Hint(s.fault)))
}

// lastLine is what is being typed, else the filter, else what may be pressed.
func (s *Screen) lastLine() string {
	if s.asking != nil {
		return pane.Fit(" "+termsafe.Styled(s.asking.input.View()), s.width)
	}
	if s.filter.Focused() || s.typed() != "" {
		return pane.Fit(" "+termsafe.Styled(s.filter.View()), s.width)
	}
	return pane.HintLine(s.env.Styles.Bar, s.Keys(), s.width)
}

// body is the list, or why it is empty.
func (s *Screen) body(w, h int) string {
	st := s.env.Styles.Text
	text := ""
	switch {
	case s.env.Library == nil:
		text = st.Body.Render("Nothing is saved: aimo3 was started with --no-save.")
	case len(s.rows.all) > 0:
		return s.list.View()
	case s.fault != nil:
		text = s.broken()
	case s.rows.waiting:
		text = st.Faint.Render("reading…")
	case s.typed() != "":
		text = st.Body.Render("Nothing matches.") + "\n" + st.Faint.Render("Each word must begin a word of the problem, a reply, its code, the answer, the model or the ID.") +
			"\n" + st.Faint.Render(s.keys.clear.Help().Key+" clears the filter.")
	default:
		text = st.Body.Render("No attempts yet.") + "\n" + st.Faint.Render(s.keys.Ask.Help().Key+" asks a problem.")
	}
	w, h = pane.Inner(w, h)
	return pane.Center(ansi.Wrap(text, w, ""), w, h)
}

func beside(left, right string) string {
	l, r := strings.Split(left, "\n"), strings.Split(right, "\n")
	for i := range l {
		if i < len(r) {
			l[i] += r[i]
		}
	}
	return strings.Join(l, "\n")
}
