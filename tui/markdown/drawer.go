package markdown

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"github.com/aimo3/aimo3/engine/formula"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// begin and end stand about the number of a formula in the text that Markdown is read
// from. Cleaned text holds neither.
const (
	begin = "\x02"
	end   = "\x03"
)

// drawer draws one block of the source, or a few that hang together.
type drawer struct {
	Options
	text     []byte
	macros   formula.Macros
	formulas []formula.Piece
	known    drawings
	depth    int // of blocks in blocks
}

// document draws pieces.
func (d *drawer) document(pieces []formula.Piece, p parser.Parser) []Line {
	marked := d.marked(pieces)
	if len(d.text) > maxBlockBytes || deep(marked) {
		return d.plain(marked)
	}
	return d.blocks(p.Parse(text.NewReader(d.text)), d.Width)
}

// marked is the text of pieces with a mark in the place of each formula; d.text and
// d.formulas are that and these after it.
func (d *drawer) marked(pieces []formula.Piece) string {
	var b strings.Builder
	for _, piece := range pieces {
		if !piece.Formula {
			b.WriteString(termsafe.Clean(piece.Text))
			continue
		}
		b.WriteString(begin + strconv.Itoa(len(d.formulas)) + end)
		d.formulas = append(d.formulas, piece)
	}
	d.text = []byte(b.String())
	return b.String()
}

// maxBlockBytes is how long a block may be for Markdown to be read: what that costs
// grows by more than the length.
const maxBlockBytes = 32 << 10

// deep tells text with a line that opens more blocks in each other than anybody would:
// what reading it costs grows by the square of their number and more.
func deep(s string) bool {
	for line := range strings.SplitSeq(s, "\n") {
		n := 0
		for n <= maxDepth {
			rest := strings.TrimLeft(line, " \t")
			if after := strings.TrimLeft(rest, "0123456789"); after != rest && after != "" && (after[0] == '.' || after[0] == ')') {
				rest = "-" + after[1:]
			}
			if rest == "" || !strings.ContainsRune(">-*+", rune(rest[0])) || rest[0] != '>' && len(rest) > 1 && rest[1] != ' ' && rest[1] != '\t' {
				break
			}
			line = rest[1:]
			n++
		}
		if n > maxDepth || len(line)-len(strings.TrimLeft(line, " ")) > maxIndent {
			return true
		}
	}
	return false
}

// maxIndent is how far a line may be indented, likewise.
const maxIndent = 8 * maxDepth

// plain draws what is not read as Markdown, with its formulas.
func (d *drawer) plain(s string) []Line {
	f := &filler{w: d.Width}
	for line := range strings.SplitSeq(strings.TrimRight(s, "\n"), "\n") {
		before := len(f.lines)
		d.words(f, line, Plain, false)
		if f.end(); len(f.lines) == before {
			f.feed()
		}
	}
	return f.lines
}

// mark finds the number of the next formula in s: s[:from] is before it, s[to:] after.
func mark(s string) (from, to, number int) {
	from = strings.IndexByte(s, begin[0])
	if from < 0 {
		return len(s), len(s), -1
	}
	n := strings.IndexByte(s[from:], end[0])
	if n < 0 {
		return len(s), len(s), -1
	}
	number, err := strconv.Atoi(s[from+1 : from+n])
	if err != nil {
		return len(s), len(s), -1
	}
	return from, from + n + 1, number
}

// restored is s with the sources of its formulas.
func (d *drawer) restored(s string) string {
	var b strings.Builder
	for s != "" {
		from, to, number := mark(s)
		b.WriteString(termsafe.Clean(s[:from]))
		if number >= 0 && number < len(d.formulas) {
			b.WriteString(termsafe.Clean(d.formulas[number].Text))
		}
		s = s[to:]
	}
	return b.String()
}

// source is the lines of a block, as they stand.
func (d *drawer) source(n ast.Node) []string {
	var out []string
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		for l := range strings.SplitSeq(strings.TrimRight(d.restored(string(line.Value(d.text))), "\n"), "\n") {
			out = append(out, termsafe.Expand(l, 4))
		}
	}
	return out
}

// filled tells a paragraph whose lines a program has broken: each is as long as it can
// be, if the longest says how long that is.
func (d *drawer) filled(n ast.Node) bool {
	lines := n.Lines()
	if lines == nil || lines.Len() < 2 {
		return false
	}
	const minFilled, maxFilled = 50, 120 // bytes of a line
	var all []string
	longest := 0
	for i := range lines.Len() {
		line := lines.At(i)
		all = append(all, strings.TrimSpace(d.restored(string(line.Value(d.text)))))
		longest = max(longest, len(all[i]))
	}
	if longest < minFilled || longest > maxFilled {
		return false
	}
	for i, line := range all[:len(all)-1] {
		next, _, _ := strings.Cut(all[i+1], " ")
		if len(line)+1+len(next) <= longest {
			return false
		}
	}
	return true
}
