// Package pane holds the widgets that screens are built from. They belong to
// the event loop alone and draw from their fields only. All sizes are cells;
// none draws outside its own, or lets a control character of a text through.
package pane

import (
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// Transcript follows a growing text in sections. What a model says is drawn as Markdown
// with formulas, code as it is. What it costs to append goes
// by the piece appended, and to draw by the size of the view; neither goes by
// the length of the whole, but for a change of width.
type Transcript struct {
	// More, if set, says what to press to see what is left out of a long output.
	// Set it before use.
	More string

	paints   [voices]paint
	inks     inks
	prose    [Code]prose // the inks of what is drawn, by voice
	titles   paint
	faint    paint
	w, h     int
	sections []*section
	wrapped  int   // the width that sections are wrapped for
	fresh    int   // the first section with text not wrapped yet
	cell     *cell // that is run now, or nil
	folded   bool
	unfolded bool // all of long outputs is shown
	source   bool // text is shown as it was written
	left     int  // cells of wide lines that are out of sight at the left
	top      int  // the first line in view, unless the end is followed
	parked   bool // scrolled away from the end
	find     find
	lit      lit
	match    paint // of what was found, and the current one
	current  paint
	drawn    string
}

// NewTranscript returns an empty transcript, which follows its end.
func NewTranscript(s theme.TextStyles) *Transcript {
	return &Transcript{
		paints: [...]paint{
			Reply: newPaint(s.Body), Thinking: newPaint(s.Thinking),
			Code: newPaint(s.Code), Output: newPaint(s.Body), Trace: newPaint(s.Trace),
			Failure: newPaint(s.Bad), Alert: newPaint(s.Warn), Note: newPaint(s.Faint),
			Told: newPaint(s.Strong),
		},
		inks:   newInks(s),
		prose:  [...]prose{Reply: newProse(s, s.Body), Thinking: newProse(s, s.Thinking)},
		titles: newPaint(s.Accent),
		faint:  newPaint(s.Faint),
		match:  newPaint(s.Warn.Bold(true).Underline(true)), current: newPaint(s.Warn.Bold(true).Reverse(true)),
	}
}

// Resize sets the room in cells.
func (t *Transcript) Resize(w, h int) {
	if w, h = max(w, 0), max(h, 0); w != t.w || h != t.h {
		t.w, t.h, t.drawn = w, h, ""
	}
}

// Unwrapped is how many bytes of text View would wrap and draw anew for a width, 0 if those
// that there are were drawn for it.
func (t *Transcript) Unwrapped(w int) int {
	if t.wrapped == max(w, 0) {
		return 0
	}
	n := 0
	for _, s := range t.sections {
		n += s.text.Len()
	}
	return n
}

// Append adds untrusted text. It continues the last section if that has the
// same voice and title, and else closes it and begins one; title may be empty.
func (t *Transcript) Append(v Voice, title, text string) {
	if text == "" {
		return
	}
	title = termsafe.Line(title)
	s := t.last()
	if s == nil || s.closed || s.voice != v || s.title != title {
		t.Settle()
		s = &section{voice: v}
		s.setTitle(title)
		t.sections = append(t.sections, s)
	}
	s.add(text)
	t.touch()
}

// Tokens sets the count that the header of the last Thinking section shows, and
// whether it was counted; unless set, it is estimated from the text.
func (t *Transcript) Tokens(n int, counted bool) {
	for i := len(t.sections) - 1; i >= 0; i-- {
		if s := t.sections[i]; s.voice == Thinking {
			s.tokens, s.counted, t.drawn = n, counted, ""
			return
		}
	}
}

// Settle says that the last section is finished: nothing of it is taken for unfinished,
// and more text would begin another.
func (t *Transcript) Settle() {
	if s := t.last(); s != nil && !s.closed {
		s.close()
		t.touch()
	}
}

// Reset empties the transcript and follows its end; folding stays as it was.
func (t *Transcript) Reset() {
	t.sections, t.cell, t.fresh, t.top, t.left, t.parked, t.drawn = nil, nil, 0, 0, 0, false, ""
	t.find.in, t.lit = nil, lit{}
}

// Fold collapses the Thinking sections, or opens them.
func (t *Transcript) Fold(folded bool) { t.folded, t.drawn = folded, "" }

// Folded says whether Thinking sections are collapsed.
func (t *Transcript) Folded() bool { return t.folded }

// Source shows text as it was written, or drawn.
func (t *Transcript) Source(shown bool) {
	if t.source == shown {
		return
	}
	t.source, t.left, t.wrapped, t.drawn = shown, 0, -1, ""
}

// Sideways moves what is wider than the view by cells, to the right if positive.
func (t *Transcript) Sideways(cells int) {
	wide := t.Wide()
	t.left = min(max(t.left+cells, 0), max(wide-t.w, 0))
	t.drawn = ""
}

// Wide is how many cells the widest line in view takes if it does not fit, else 0.
func (t *Transcript) Wide() int {
	wide := 0
	t.visible(func(i, k int) {
		if l := t.drawnLine(i, k); l != nil {
			wide = max(wide, cellsOf(l))
		}
	})
	if wide <= t.w {
		return 0
	}
	return wide
}

// Scroll moves by lines, down if positive. Reaching the end follows it again.
func (t *Transcript) Scroll(lines int) {
	end := t.end()
	t.top = min(max(t.first()+lines, 0), end)
	t.parked, t.lit = t.top < end, lit{}
	t.drawn = ""
}

// Page moves by screenfuls, down if positive, keeping a line in view.
func (t *Transcript) Page(pages int) { t.Scroll(pages * max(t.h-1, 1)) }

// Top goes to the first line.
func (t *Transcript) Top() { t.Scroll(-t.total()) }

// End goes to the last line and follows the text again.
func (t *Transcript) End() { t.parked, t.lit, t.drawn = false, lit{}, "" }

// Below is the number of lines hidden under the view.
func (t *Transcript) Below() int { return t.end() - t.first() }

// Position is the last line in view, counted from 1, and how many lines there are.
func (t *Transcript) Position() (line, of int) {
	of = t.total()
	return min(t.first()+t.h, of), of
}

// View is at most h lines, none wider than w.
func (t *Transcript) View() string {
	if t.drawn == "" {
		t.drawn = t.draw()
	}
	return t.drawn
}

func (t *Transcript) last() *section {
	if len(t.sections) == 0 {
		return nil
	}
	return t.sections[len(t.sections)-1]
}

// touch notes that the last section changed.
func (t *Transcript) touch() {
	t.fresh, t.drawn = min(t.fresh, len(t.sections)-1), ""
}

// first is the first line in view; end is what it is when the end is followed.
func (t *Transcript) first() int {
	if end := t.end(); !t.parked || t.top > end {
		return end
	}
	return t.top
}

// end is the first line in view when the end is. While a text grows that is so many lines
// further at a time: it stands still to be read meanwhile, and a line that moves is what
// costs a terminal most.
func (t *Transcript) end() int {
	end := max(0, t.total()-t.h)
	if last, leap := t.last(), min(t.h/5, maxLeap); last != nil && !last.closed && leap > 1 {
		end = (end + leap - 1) / leap * leap
	}
	return end
}

// maxLeap is how many lines a growing text moves at a time, or a fifth of the view if that is
// less.
const maxLeap = 4
