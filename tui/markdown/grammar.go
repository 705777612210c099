package markdown

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// grammar is the Markdown that is read: CommonMark with tables, without what would lose
// or alter what stands there. Links, images and their definitions stay as written, a
// line of = is no underline, and emphasis is as flanked says.
func grammar() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(parser.NewListParser(), 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500),
			util.Prioritized(parser.NewATXHeadingParser(), 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(parser.NewBlockquoteParser(), 800),
			util.Prioritized(parser.NewHTMLBlockParser(), 900),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(
			util.Prioritized(parser.NewCodeSpanParser(), 100),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(parser.NewRawHTMLParser(), 400),
			util.Prioritized(emphasis{}, 500),
		),
		parser.WithParagraphTransformers(util.Prioritized(extension.NewTableParagraphTransformer(), 200)),
		parser.WithASTTransformers(util.Prioritized(extension.NewTableASTTransformer(), 0)),
	)
}

// emphasis reads asterisks and underscores that mean emphasis.
type emphasis struct{}

// Trigger is how such text begins.
func (emphasis) Trigger() []byte { return []byte{'*', '_'} }

// maxEmphases is how many runs of signs are read in one block; what they cost grows by
// the square of their number. The others are text.
const maxEmphases = 400

var emphases = parser.NewContextKey() //nolint:gochecknoglobals // never written

// Parse reads one run of signs.
func (emphasis) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	n, _ := pc.Get(emphases).(int)
	if pc.Set(emphases, n+1); n >= maxEmphases {
		return nil
	}
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	node := parser.ScanDelimiter(line, before, 1, emphasis{})
	if node == nil {
		return nil
	}
	after := ' '
	if n := node.OriginalLength; n < len(line) {
		after = util.ToRune(line, n)
	}
	if multiplies(lastRune(block.Source()[:segment.Start]), after) || term(before, ")]}"+end) {
		node.CanOpen = false
	}
	if multiplies(before, firstRune(line[node.OriginalLength:])) || term(after, "([{"+begin) {
		node.CanClose = false
	}
	node.Segment = segment.WithStop(segment.Start + node.OriginalLength)
	block.Advance(node.OriginalLength)
	if !node.CanOpen && !node.CanClose { // all of them are text: the last one must not be judged by itself
		return ast.NewTextSegment(node.Segment)
	}
	pc.PushDelimiter(node)
	return node
}

// term tells what may be multiplied: beside it an asterisk is a sign of that.
func term(r rune, brackets string) bool {
	return strings.ContainsRune(brackets, r) || r < ideographs && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// multiplies tells that a sign stands between two digits, on whichever side of it there are
// spaces.
func multiplies(left, right rune) bool {
	return max(left, right) < ideographs && unicode.IsDigit(left) && unicode.IsDigit(right)
}

// lastRune and firstRune are what stands before and after the spaces of a line.
func lastRune(text []byte) rune {
	r, _ := utf8.DecodeLastRune(bytes.TrimRight(text, " "))
	return r
}

func firstRune(text []byte) rune {
	r, _ := utf8.DecodeRune(bytes.TrimLeft(text, " "))
	return r
}

// IsDelimiter says whether b is such a sign.
func (emphasis) IsDelimiter(b byte) bool { return b == '*' || b == '_' }

// CanOpenCloser says whether two runs belong together.
func (emphasis) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char
}

// OnMatch is what they enclose.
func (emphasis) OnMatch(consumes int) ast.Node { return ast.NewEmphasis(consumes) }
