package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"github.com/aimo3/aimo3/engine/formula"
	"github.com/aimo3/aimo3/tui/mathtext"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// flow draws running text: words wrapped, and formulas that stand alone on lines of
// their own.
func (d *drawer) flow(n ast.Node, w int, ink Ink) []Line {
	f := &filler{w: max(w, 1)}
	breaks := d.Breaks && !d.filled(n)
	d.inline(f, n, ink, breaks)
	f.end()
	if len(f.lines) == 0 {
		return []Line{nil}
	}
	for len(f.lines) > 1 && len(f.lines[len(f.lines)-1]) == 0 {
		f.lines = f.lines[:len(f.lines)-1]
	}
	return f.lines
}

// inline adds what is in n to f.
func (d *drawer) inline(f *filler, n ast.Node, ink Ink, breaks bool) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			d.words(f, string(c.Segment.Value(d.text)), ink, !c.IsRaw())
			if c.HardLineBreak() || breaks && c.SoftLineBreak() {
				f.end()
			} else if c.SoftLineBreak() {
				f.space()
			}
		case *ast.String:
			d.words(f, string(c.Value), ink, false)
		case *ast.CodeSpan:
			f.text("`"+d.raw(c)+"`", Code)
		case *ast.Emphasis:
			d.inline(f, c, emphasized(ink, c.Level), breaks)
		case *ast.AutoLink:
			f.text(flat(d.restored(string(c.Label(d.text)))), ink)
		case *ast.RawHTML:
			for i := range c.Segments.Len() {
				segment := c.Segments.At(i)
				f.text(flat(d.restored(string(segment.Value(d.text)))), ink)
			}
		default:
			d.inline(f, c, ink, breaks)
		}
	}
}

// emphasized is the ink of what is emphasized in another.
func emphasized(ink Ink, level int) Ink {
	switch {
	case ink != Plain && ink != Emphasis:
		return ink
	case level > 1:
		return Strong
	}
	return Emphasis
}

// raw is the source of a stretch of code in a line.
func (d *drawer) raw(n ast.Node) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			b.WriteString(d.restored(string(t.Segment.Value(d.text))))
		}
	}
	return flat(b.String())
}

// flat is clean text on one line.
func flat(s string) string {
	if !strings.ContainsAny(s, "\n\t") {
		return s
	}
	return strings.NewReplacer("\n", " ", "\t", " ").Replace(strings.TrimRight(s, "\n"))
}

// words adds text with marks of formulas in it.
func (d *drawer) words(f *filler, s string, ink Ink, references bool) {
	for s != "" {
		from, to, number := mark(s)
		f.text(d.clean(s[:from], references), ink)
		s = s[to:]
		if number < 0 || number >= len(d.formulas) {
			continue
		}
		s = s[d.formula(f, d.formulas[number], s, ink):]
	}
}

// clean is text between marks, without the escapes of Markdown.
func (d *drawer) clean(s string, references bool) string {
	if references && strings.ContainsAny(s, `\&`) {
		s = unescaped(util.ResolveEntityNames(util.ResolveNumericReferences([]byte(s))))
	}
	return flat(termsafe.Clean(s))
}

// unescaped is text without the backslashes that keep signs from Markdown. What delimits a
// formula that does not end stays as it was written.
func unescaped(s []byte) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && util.IsPunct(s[i+1]) {
			if strings.IndexByte("()[]", s[i+1]) >= 0 {
				b.WriteByte(s[i])
			}
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// drawings are formulas that were drawn, by their source and the cells they had.
type drawings map[place]drawing

type place struct {
	text  string
	cells int // inLine for one in a line
}

// inLine takes the place of a width, which may be 0 and less where there is no room.
const inLine = -1 << 30

type drawing struct {
	inline string
	boxes  []mathtext.Box // of one on lines of its own
	ink    Ink
}

// formula adds a formula, and says how much of the text after it was drawn with it.
func (d *drawer) formula(f *filler, piece formula.Piece, after string, ink Ink) int {
	f.of = piece.Text
	defer func() { f.of = "" }()
	cells := f.w - margin(f.w)
	if known, ok := d.known[place{piece.Text, cells}]; ok && !d.Inline {
		return d.display(f, known, after)
	}
	known, ok := d.known[place{piece.Text, inLine}]
	if !ok {
		tree := formula.Parse(piece.Body, d.macros)
		if _, source := tree.Body.(formula.Source); source {
			tree.Body, known.ink = formula.Source{Text: piece.Text}, Source
		}
		if (piece.Display || tree.Display) && !d.Inline {
			known.boxes = mathtext.Fit(tree, d.Charset, cells)
			d.keep(place{piece.Text, cells}, known)
			return d.display(f, known, after)
		}
		known.inline = mathtext.Inline(tree, d.Charset)
		d.keep(place{piece.Text, inLine}, known)
	}
	if known.ink == Source {
		ink = Source
	}
	d.inLine(f, known.inline, ink)
	return 0
}

func (d *drawer) keep(at place, what drawing) {
	if d.known != nil {
		d.known[at] = what
	}
}

// margin is how far to the right formulas on lines of their own stand.
func margin(w int) int {
	if w < narrow {
		return 2
	}
	return 4
}

// inLine adds a formula that stands in a line. Its spaces hold it together if it is
// not long.
func (d *drawer) inLine(f *filler, s string, ink Ink) {
	cells := mathtext.Width(s)
	if cells > f.w/2 {
		f.text(s, ink)
		return
	}
	f.solid(s, cells, ink)
}

// display adds a formula on lines of its own, a little to the right, with the sign of
// punctuation that follows it.
func (d *drawer) display(f *filler, known drawing, after string) int {
	f.end()
	if len(f.lines) > 0 {
		f.lines = append(f.lines, nil)
	}
	margin, boxes := margin(f.w), known.boxes
	used := 0
	if s := strings.TrimLeft(after, " "); s != "" && strings.ContainsRune(".,;:", rune(s[0])) && (len(s) == 1 || s[1] == ' ') {
		used = len(after) - len(s) + 1
	}
	for i, box := range boxes {
		left := margin
		if i > 0 {
			left *= 2
		}
		left = max(min(left, f.w-box.Width), 0)
		for y, l := range box.Lines {
			if i == len(boxes)-1 && y == box.Baseline && used > 0 {
				l = strings.TrimRight(l, " ") + after[used-1:used]
			}
			f.lines = append(f.lines, displayed(left, strings.TrimRight(l, " "), known.ink, f.of))
		}
	}
	f.apart = true
	return used
}

// displayed is a line of a formula that stands alone.
func displayed(left int, text string, ink Ink, source string) Line {
	line := Line{{text, ink, source}}
	if text == "" || left == 0 {
		return line
	}
	return append(inked(blanks(left), ink), line...)
}

// narrow is a width in cells below which margins are small.
const narrow = 30
