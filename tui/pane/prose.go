package pane

import (
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/markdown"
	"github.com/aimo3/aimo3/tui/mathtext"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// prose dresses what markdown drew.
type prose struct {
	paints [markdown.Source + 1]paint
	python inks
}

func newProse(s theme.TextStyles, base lipgloss.Style) prose {
	p := prose{python: newInks(s)}
	for ink := range p.paints {
		p.paints[ink] = newPaint(base)
	}
	p.paints[markdown.Strong] = newPaint(base.Bold(true))
	p.paints[markdown.Emphasis] = newPaint(base.Italic(true))
	p.paints[markdown.Heading] = newPaint(s.Accent.Bold(true))
	p.paints[markdown.Code] = newPaint(s.Code)
	p.paints[markdown.Faint] = newPaint(s.Faint)
	p.paints[markdown.Source] = newPaint(s.Code)
	return p
}

// dressed is a line in its styles.
func (p *prose) dressed(l markdown.Line) string {
	if len(l) == 1 && l[0].Ink != markdown.Python {
		return p.paints[l[0].Ink].over(l[0].Text)
	}
	var b strings.Builder
	for i := 0; i < len(l); i++ {
		ink, text := l[i].Ink, l[i].Text
		if ink == markdown.Python {
			b.WriteString(p.python.python([]string{text}, nil)[0])
			continue
		}
		for ; i+1 < len(l) && l[i+1].Ink == ink; i++ { // a formula in words looks like them
			text += l[i+1].Text
		}
		b.WriteString(p.paints[ink].over(text))
	}
	return b.String()
}

// window is w cells of a line, without the first ones of one that is wider; … stands
// where it is cut.
func (p *prose) window(l markdown.Line, left, w int) string {
	return windowed(p.dressed(l), cellsOf(l), left, w)
}

// windowed is w cells of a dressed text of n, likewise.
func windowed(text string, n, left, w int) string {
	if n <= w {
		return text
	}
	if left = max(min(left, n-w), 0); left > 0 {
		text = ansi.TruncateLeft(text, left+1, "…")
	}
	text, _ = clip(text, w)
	return text
}

// cellsOf is how many cells a line takes.
func cellsOf(l markdown.Line) int {
	n := 0
	for _, s := range l {
		n += mathtext.Width(s.Text)
	}
	return n
}

// Prose draws a text that does not change often, such as a statement: Markdown with
// formulas, or its source. It keeps its latest drawing.
type Prose struct {
	prose prose
	base  paint
	text  string
	w     int
	form  Form
	lines []string
}

// Form is how a text is shown.
type Form int

// The forms.
const (
	Drawn  Form = iota // formulas that stand alone in two dimensions
	Inline             // every formula on one line
	Source             // as it was written
)

// FormOf is Source if that is wanted, else Drawn.
func FormOf(source bool) Form {
	if source {
		return Source
	}
	return Drawn
}

// NewProse returns one that dresses plain words in base.
func NewProse(s theme.TextStyles, base lipgloss.Style) *Prose {
	return &Prose{prose: newProse(s, base), base: newPaint(base)}
}

// Lines draws an untrusted text to w cells, dressed. What is returned must not be
// changed.
func (p *Prose) Lines(text string, w int, form Form) []string {
	w = max(w, 1)
	if p.lines != nil && p.text == text && p.w == w && p.form == form {
		return p.lines
	}
	p.text, p.w, p.form = text, w, form
	if form == Source {
		p.lines = p.plain(text, w)
		return p.lines
	}
	d := markdown.New(markdown.Options{Width: w, Breaks: true, Inline: form == Inline})
	d.Write(text)
	d.End()
	p.lines = make([]string, max(d.Len(), 1))
	for i := range d.Len() {
		p.lines[i] = p.prose.window(d.At(i), 0, w)
	}
	for n := len(p.lines); n > 1 && p.lines[n-1] == ""; n-- {
		p.lines = p.lines[:n-1]
	}
	return p.lines
}

// plain is a text as it was written, wrapped.
func (p *Prose) plain(text string, w int) []string {
	var lines []string
	for paragraph := range strings.SplitSeq(termsafe.Expand(termsafe.Clean(text), len(tab)), "\n") {
		lines, _ = wrap(lines, paragraph, w)
	}
	for i, l := range lines {
		lines[i] = p.base.over(l)
	}
	return lines
}

// Answer is an untrusted answer on one line: drawn if it is LaTeX and all of it can be,
// else as it is.
func Answer(s string, source bool) string {
	if !source && strings.ContainsAny(s, `\^_`) {
		if drawn, whole := markdown.Formula(s, mathtext.Unicode); whole && drawn != "" {
			return drawn
		}
	}
	return termsafe.Line(s)
}
