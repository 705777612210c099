package pane

import (
	"strings"

	"github.com/aimo3/aimo3/tui/markdown"
)

// total is the number of lines of the whole transcript, wrapped for its width.
func (t *Transcript) total() int {
	t.wrap()
	total := 0
	for i := range t.sections {
		total += t.height(i)
	}
	return total
}

// wrap does now what appending and resizing put off, so that a transcript that
// nobody looks at costs next to nothing.
func (t *Transcript) wrap() {
	if t.w != t.wrapped {
		before := t.lines()
		for _, s := range t.sections {
			s.rewrap()
		}
		t.fresh, t.wrapped = 0, t.w
		defer func() { // stay about where the reader was
			if before > 0 {
				t.top = t.top * t.lines() / before
			}
		}()
	}
	for ; t.fresh < len(t.sections); t.fresh++ {
		s := t.sections[t.fresh]
		s.wrap(t.w, t.source)
		if s.voice == Code && s.closed && s.inked == nil {
			s.inked = t.inks.python(s.lines, s.ends)
		}
	}
}

func (t *Transcript) lines() int {
	n := 0
	for i := range t.sections {
		n += t.height(i)
	}
	return n
}

// height is the number of lines of section i, with the blank one before it.
func (t *Transcript) height(i int) int {
	s := t.sections[i]
	n := t.textIn(i)
	if !t.folds(s) {
		n += s.shown()
	}
	return n
}

func (t *Transcript) folds(s *section) bool { return t.folded && s.voice == Thinking }

// gap is the blank lines before section i. The parts of a cell, and an output
// and its code, follow each other at once.
func (t *Transcript) gap(i int) int {
	if i == 0 {
		return 0
	}
	s, before := t.sections[i], t.sections[i-1]
	if s.of != nil && s.of == before.of || s.voice == Output && before.voice == Code {
		return 0
	}
	return 1
}

// textIn is how many lines of section i are before its text.
func (t *Transcript) textIn(i int) int {
	n := t.gap(i)
	if t.sections[i].titled(t.w) {
		n++
	}
	return n
}

func (t *Transcript) draw() string {
	rows := make([]string, 0, t.h)
	t.visible(func(i, k int) { rows = append(rows, t.line(i, k)) })
	return strings.Join(rows, "\n")
}

// visible calls see for every line in view, with its section and its number there,
// counted with gap and header.
func (t *Transcript) visible(see func(i, k int)) {
	first, line, seen := t.first(), 0, 0
	for i := range t.sections {
		n := t.height(i)
		for k := max(0, first-line); k < n && seen < t.h; k++ {
			see(i, k)
			seen++
		}
		line += n
	}
}

// drawnLine is line k of section i, counted likewise, if it is one that was drawn.
func (t *Transcript) drawnLine(i, k int) markdown.Line {
	s := t.sections[i]
	k -= t.textIn(i)
	if s.drawn == nil || k < 0 {
		return nil
	}
	return s.drawn.At(k)
}

// line draws line k of section i, counted with its gap and header.
func (t *Transcript) line(i, k int) string {
	s := t.sections[i]
	if l := t.drawnLine(i, k); l != nil {
		text := t.marked(s, k-t.textIn(i), t.prose[s.voice].dressed(l))
		return windowed(text, cellsOf(l), t.left, t.w)
	}
	if k -= t.gap(i); k < 0 {
		return ""
	}
	if s.titled(t.w) {
		if k == 0 {
			return t.title(s, s.header(t.folds(s), t.w), t.w)
		}
		k--
	}
	if s.drawn != nil {
		return ""
	}
	indent := s.indent(t.w)
	text := t.marked(s, k, t.ink(s, k, t.w-indent))
	switch {
	case indent == 0, text == "" && k > 0:
		return text
	case k == 0 && !s.under:
		return t.title(s, s.title+": ", indent) + text
	}
	return spaces(indent) + text
}

// ink is line k of a section's text in its colours, within w cells.
func (t *Transcript) ink(s *section, k, w int) string {
	text := s.lines[k]
	if len(text) > w { // bytes; seldom, so measure only then
		text, _ = clip(text, w)
	}
	if s.inked != nil && text == s.lines[k] {
		return s.inked[k]
	}
	return t.paints[s.voice].over(text)
}

func (t *Transcript) title(s *section, text string, w int) string {
	p := t.titles
	switch s.voice {
	case Thinking, Output:
		p = t.faint
	case Trace, Failure:
		p = t.paints[Failure]
	case Reply, Code, Alert, Note, Told:
	}
	if t.lit.in == s && t.lit.title {
		p = t.current
	}
	text, _ = clip(text, w)
	return p.over(text)
}
