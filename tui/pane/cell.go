package pane

import (
	"fmt"
	"slices"
	"strings"
)

// Outcome is what came of a cell. All of it may be untrusted.
type Outcome struct {
	Output string
	Error  string
	Alerts []string // what a person should know besides
	Note   string   // figures, shown dimly
}

// cell is a piece of code that was run, as its place in a transcript has it.
type cell struct {
	number  int
	code    string
	status  string   // what it does while it runs
	outcome *Outcome // nil while it runs
}

// Run shows the code of a cell that is now run, instead of what was written of
// it so far. Cells count from 1.
func (t *Transcript) Run(number int, code string) {
	if s := t.last(); s != nil && s.voice == Code && s.of == nil && !s.closed {
		t.sections = t.sections[:len(t.sections)-1]
	}
	t.Settle()
	t.cell = &cell{number: number, code: code, status: "running"}
	t.splice(t.cell)
}

// Elapsed says how long the cell that is run has been, "3 s"; if none is, it
// does nothing.
func (t *Transcript) Elapsed(time string) {
	if status := "running · " + time; t.cell != nil && t.cell.status != status {
		t.cell.status = status
		t.splice(t.cell)
	}
}

// Ran shows what came of the cell that was run; if none was, it does nothing.
func (t *Transcript) Ran(o Outcome) {
	if t.cell != nil {
		t.cell.outcome = &o
		t.splice(t.cell)
		t.cell = nil
	}
}

// Unfold shows all of long outputs, or only where they begin and end.
func (t *Transcript) Unfold(all bool) {
	first, offset := t.place()
	t.unfolded, t.fresh, t.drawn = all, 0, ""
	var sections []*section
	for i, s := range t.sections {
		switch {
		case s.of == nil:
			sections = append(sections, s)
		case i == 0 || t.sections[i-1].of != s.of:
			sections = append(sections, s.of.sections(all, t.More)...)
		}
	}
	t.sections = sections
	t.goTo(first, offset)
}

// Unfolded says whether all of long outputs is shown.
func (t *Transcript) Unfolded() bool { return t.unfolded }

// splice puts the sections of c where they were, or at the end.
func (t *Transcript) splice(c *cell) {
	is := func(s *section) bool { return s.of == c }
	from := slices.IndexFunc(t.sections, is)
	if from < 0 {
		from = len(t.sections)
	}
	to := from
	for to < len(t.sections) && is(t.sections[to]) {
		to++
	}
	t.sections = slices.Replace(t.sections, from, to, c.sections(t.unfolded, t.More)...)
	t.fresh, t.drawn = min(t.fresh, from), ""
}

// place is what stands at the top of the view, a cell or a section, and how many
// lines of it are above the view.
func (t *Transcript) place() (what any, above int) {
	line := t.first()
	for i := range t.sections {
		if i == 0 || t.sections[i].whole() != t.sections[i-1].whole() {
			what, above = t.sections[i].whole(), line
		}
		if line -= t.height(i); line < 0 {
			break
		}
	}
	return what, above
}

// goTo brings what place gave to the top of the view again, as far as it can.
func (t *Transcript) goTo(what any, above int) {
	if !t.parked {
		return
	}
	t.wrap()
	at, lines := 0, 0
	for i := range t.sections {
		if t.sections[i].whole() == what {
			lines += t.height(i)
		} else if lines == 0 {
			at += t.height(i)
		}
	}
	t.top = at + min(above, max(lines-1, 0))
	t.parked = t.top < t.end()
}

// whole is the cell that s is a part of, or s.
func (s *section) whole() any {
	if s.of != nil {
		return s.of
	}
	return s
}

// sections are a cell's parts from top to bottom.
func (c *cell) sections(unfolded bool, more string) []*section {
	b := &cellBuilder{of: c, title: fmt.Sprintf("In [%d]", c.number)}
	if strings.TrimSpace(c.code) == "" {
		b.add(Note, "(no code)")
	} else {
		b.add(Code, c.code)
	}
	o := c.outcome
	if o == nil {
		b.add(Note, "◉ "+c.status)
		return b.all
	}
	if o.Output != "" {
		b.title = fmt.Sprintf("Out[%d]", c.number)
		b.long(Output, strings.TrimRight(o.Output, "\n"), unfolded, more)
	}
	if text := strings.TrimRight(o.Error, "\n "); text != "" {
		b.title = fmt.Sprintf("Err[%d]", c.number)
		at := strings.LastIndexByte(text, '\n') + 1
		b.long(Trace, strings.TrimRight(text[:at], "\n"), unfolded, more)
		b.long(Failure, text[at:], unfolded, more) // its last line says what was wrong
	}
	for _, a := range o.Alerts {
		b.add(Alert, "▲ "+a)
	}
	b.add(Note, o.Note)
	return b.all
}

// cellBuilder puts the sections of a cell together.
type cellBuilder struct {
	of    *cell
	title string // of the next section
	given string // the last section's
	all   []*section
}

func (b *cellBuilder) add(v Voice, text string) {
	if text == "" {
		return
	}
	s := &section{voice: v, of: b.of, under: b.given == b.title}
	s.setTitle(b.title)
	b.given = b.title
	s.add(text)
	s.close()
	b.all = append(b.all, s)
}

// long adds a text of which only the beginning and the end are shown if it is
// long, and what was left out between them.
func (b *cellBuilder) long(v Voice, text string, unfolded bool, more string) {
	head, hidden, tail := excerpt(text)
	if unfolded || hidden == "" {
		b.add(v, text)
		return
	}
	b.add(v, head)
	says := "… " + hidden + " …"
	if more != "" {
		says = "… " + hidden + " · " + more + " …"
	}
	b.add(Note, says)
	b.add(v, tail)
}
