// Package pane holds the widgets that screens are built from. They are plain
// values for the event loop alone; all widths are cells.
package pane

import (
	"time"

	"github.com/charmbracelet/bubbles/key"

	"github.com/aimo3/aimo3/theme"
)

// Rect is a place on the screen, in cells.
type Rect struct{ X, Y, W, H int }

// Share is what one part asks of a split: its minimum, and its weight in the
// division of the whole. Weight 0 means Min and no more.
type Share struct{ Weight, Min int }

// SplitH divides r into columns that tile it exactly.
func (r Rect) SplitH(shares ...Share) []Rect { return make([]Rect, len(shares)) }

// SplitV divides r into rows that tile it exactly.
func (r Rect) SplitV(shares ...Share) []Rect { return make([]Rect, len(shares)) }

// Box frames a body. Titles are plain text, and cleaned.
type Box struct {
	Styles  theme.PaneStyles
	Title   string
	Right   string // at the right end of the top line
	Focused bool
}

// Render draws the box, exactly w by h; body is clipped or filled to fit.
func (b Box) Render(body string, w, h int) string { return body }

// Inner is the room for a body in a box of w by h.
func Inner(w, h int) (int, int) { return max(w-4, 0), max(h-2, 0) }

// Voice says who speaks in a part of a transcript, and so how it is dressed.
type Voice int

// The voices. Only Thinking folds.
const (
	Reply Voice = iota
	Thinking
	Code
	Output
)

// Transcript follows a growing text. Drawing costs by its size and appending by
// what is appended, not by the length of the whole.
type Transcript struct {
	// Typeset, if set, lays out a finished block (up to a blank line) of a
	// Reply or Thinking; its lines are shown as they are. Set it before use.
	Typeset func(block string, width int) string
}

// NewTranscript returns an empty transcript, which follows its end.
func NewTranscript(s theme.TextStyles) *Transcript { return &Transcript{} }

// Resize sets the room in cells.
func (t *Transcript) Resize(w, h int) {}

// Append adds untrusted text. It continues the last section if that has the
// same voice and title, and else closes it and begins one; title may be empty.
func (t *Transcript) Append(v Voice, title, text string) {}

// Tokens sets the count that the header of the last Thinking section shows;
// unless set, it is estimated from the text.
func (t *Transcript) Tokens(n int, counted bool) {}

// Settle says that no more text comes: the last block is finished.
func (t *Transcript) Settle() {}

// Reset empties the transcript; folding stays as it was.
func (t *Transcript) Reset() {}

// Fold collapses the Thinking sections, or opens them.
func (t *Transcript) Fold(folded bool) {}

// Folded says whether Thinking sections are collapsed.
func (t *Transcript) Folded() bool { return false }

// Scroll moves by lines, down if positive. Reaching the end follows it again.
func (t *Transcript) Scroll(lines int) {}

// Page moves by screenfuls, down if positive.
func (t *Transcript) Page(pages int) {}

// Top goes to the first line, End to the last and follows it.
func (t *Transcript) Top() {}

// End goes to the last line and follows the text again.
func (t *Transcript) End() {}

// Following says whether new text scrolls the view.
func (t *Transcript) Following() bool { return true }

// Below is the number of lines hidden under the view.
func (t *Transcript) Below() int { return 0 }

// View is at most h lines, none wider than w.
func (t *Transcript) View() string { return "" }

// Graph draws sparklines and bars.
type Graph struct {
	Styles theme.GraphStyles
	ASCII  bool // for terminals without block characters
}

// Sparkline is exactly width cells, newest value last; NaN leaves a hole. top
// is the value that fills a cell; if zero, the highest of values.
func (g Graph) Sparkline(values []float64, top float64, width int) string { return "" }

// Bar is exactly width cells, filled to fraction.
func (g Graph) Bar(fraction float64, width int) string { return "" }

// Gauge is a row of a Gauges block: a label, a graph and a text. With no Values
// the text, which then says why, has the room of both.
type Gauge struct {
	Label  string
	Values []float64
	Top    float64
	Text   string
}

// Gauges draws rows with labels, graphs and texts aligned.
func (g Graph) Gauges(s theme.TextStyles, rows []Gauge, width int) string { return "" }

// List shows rows to choose from. It asks for the rows in view only, so a list
// of any length costs the same.
type List struct {
	// Row gives row i, which may be styled. Set it before use.
	Row func(i, width int) string
}

// NewList returns an empty list; call SetLen.
func NewList(s theme.ListStyles, row func(i, width int) string) *List { return &List{Row: row} }

// SetLen says how many rows there are, keeping the selection where it can.
func (l *List) SetLen(n int) {}

// SetHeader sets a line above the rows; "" for none.
func (l *List) SetHeader(header string) {}

// Redraw says that rows have changed.
func (l *List) Redraw() {}

// Selected is the selected row, -1 if the list is empty.
func (l *List) Selected() int { return -1 }

// Select selects row i, or the nearest there is.
func (l *List) Select(i int) {}

// Move moves the selection by n rows, Page by n screenfuls.
func (l *List) Move(n int) {}

// Page moves the selection by n screenfuls.
func (l *List) Page(n int) {}

// Top selects the first row.
func (l *List) Top() {}

// End selects the last row.
func (l *List) End() {}

// Resize sets the room in cells.
func (l *List) Resize(w, h int) {}

// View is at most h lines, none wider than w.
func (l *List) View() string { return "" }

// Column is one column of a table: as wide as Min, and its Weight's share of
// what is left over.
type Column struct {
	Title       string
	Min, Weight int
	Right       bool // aligned to the right
}

// Columns lays cells out in columns: the rows of a List that is a table.
type Columns []Column

// Line lays out one row. Cells are plain text, and cleaned.
func (c Columns) Line(width int, cells ...string) string { return "" }

// Header lays out the titles.
func (c Columns) Header(s theme.ListStyles, width int) string { return "" }

// HelpGroup is keys under a heading.
type HelpGroup struct {
	Title string
	Keys  []key.Binding
}

// Help lists keys in as many columns as fit, and scrolls.
type Help struct{}

// NewHelp returns an empty help; call Show.
func NewHelp(s theme.Styles) *Help { return &Help{} }

// Show sets the groups and goes to the first line.
func (h *Help) Show(groups ...HelpGroup) {}

// Resize sets the outer size.
func (h *Help) Resize(width, height int) {}

// Scroll moves by lines, down if positive.
func (h *Help) Scroll(lines int) {}

// View is exactly as large as Resize said.
func (h *Help) View() string { return "" }

// StatusBar is one line of exactly w cells: right is kept, left gives way.
func StatusBar(s theme.BarStyles, left, right string, w int) string { return "" }

// KeyHints names as many of keys as fit into w cells.
func KeyHints(s theme.BarStyles, keys []key.Binding, w int) string { return "" }

// Tabs is the header line of exactly w cells; tab number on is the open one.
func Tabs(s theme.BarStyles, brand string, names []string, on int, right string, w int) string {
	return ""
}

// Confirm is a box with a question in the middle of w by h.
func Confirm(s theme.Styles, question string, w, h int) string { return "" }

// Center puts a block in the middle of w by h, exactly.
func Center(block string, w, h int) string { return "" }

// Fit clips or fills s to exactly w cells, with … where it was cut.
func Fit(s string, w int) string { return s }

// Count is 12345 as "12,345".
func Count(n int) string { return "" }

// Bytes is a size in decimal units, as Ollama shows them: "4.9 GB".
func Bytes(n int64) string { return "" }

// Duration is "4:12", or "1:04:12".
func Duration(d time.Duration) string { return "" }

// Percent is a number of percent (0 to 100) as "41%"; "–" if it is not a number.
func Percent(p float64) string { return "" }
