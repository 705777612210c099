package keyboard

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

const (
	pasteStart = "\x1b[200~"
	pasteEnd   = "\x1b[201~"

	maxPasteBytes = 1 << 20 // the rest is dropped; the editor refuses less than that
)

// take takes the next byte.
func (s *splitter) take(c byte) {
	if s.doubtful && !mayBeTail(s.held[1:], c) {
		s.settle()
	}
	switch s.state {
	case ground:
		s.begin(c)
	case character:
		s.character(c)
	case escape:
		s.escape(c)
	case control, overlong:
		s.control(c)
	case single:
		s.single(c)
	case console, leaving, mouse:
		s.last(c)
	case answer:
		s.answer()
		s.take(c)
	case text, textEnd:
		s.text(c)
	case paste:
		s.paste(c)
	}
}

// begin takes a byte before which nothing is unfinished.
func (s *splitter) begin(c byte) {
	switch {
	case c == esc:
		s.hold(c, escape)
	case c < ' ' || c == del:
		s.give([]byte{c})
	case c >= utf8.RuneSelf:
		s.hold(c, character)
		s.whole()
	default:
		s.add(c)
	}
}

// character takes a byte of a character that has begun, perhaps after an Esc.
func (s *splitter) character(c byte) {
	if utf8.RuneStart(c) { // so it was none
		s.again(c)
		return
	}
	s.hold(c, character)
	s.whole()
}

// whole gives the character that is held once it is one. What never can be one is
// dropped, and a control of one byte begins what it stands for.
func (s *splitter) whole() {
	bare := bytes.TrimPrefix(s.held, []byte{esc})
	if !utf8.FullRune(bare) {
		return
	}
	r, size := utf8.DecodeRune(bare)
	if size == 1 {
		r = rune(bare[0])
	}
	switch {
	case c1 <= r && r <= c1End:
		s.control8(byte(r), len(bare) < len(s.held))
		return
	case size == 1:
	case len(bare) < len(s.held):
		s.give(s.held)
	default:
		s.add(s.held...)
	}
	s.reset()
}

// control8 takes a control of one byte, which most terminals send as two.
func (s *splitter) control8(c byte, escaped bool) {
	s.reset()
	if escaped {
		s.give([]byte{esc})
	}
	if c -= c1Less; strings.IndexByte("[O]PX^_", c) >= 0 { // else it is no part of a key
		s.held, s.state = []byte{esc}, escape
		s.escape(c)
	}
}

// escape takes the byte after an Esc, or after two: the first is alt then.
func (s *splitter) escape(c byte) {
	switch {
	case c == '[':
		s.hold(c, control)
	case c == 'O':
		s.hold(c, single)
	case strings.IndexByte("]PX^_", c) >= 0:
		s.hold(c, answer)
		if !s.doubtful || c == 'X' {
			s.answer()
		}
	case c == '\\': // the end of an answer that is over
		s.reset()
	case c == esc && len(s.held) == 1:
		s.hold(c, escape)
	case len(s.held) > 1:
		s.give(s.held)
		s.again(c)
	case c >= utf8.RuneSelf:
		s.hold(c, character)
		s.whole()
	default:
		s.hold(c, ground)
		s.give(s.held)
		s.reset()
	}
}

// answer begins to swallow one.
func (s *splitter) answer() {
	bell := s.held[len(s.held)-1] == ']'
	s.reset()
	s.state, s.bell, s.rest = text, bell, 0
}

// text takes a byte of an answer, of which nothing is kept.
func (s *splitter) text(c byte) {
	ended := c == '\\' && s.state == textEnd || s.terminator(c)
	switch {
	case ended, c == can, c == sub, c == bel && s.bell:
		s.reset()
	case s.state == textEnd: // not its end: another sequence
		s.held, s.state = []byte{esc}, escape
		s.take(c)
	case c == esc:
		s.state = textEnd
	}
}

// terminator says whether c ends a text by itself, and is no part of a character in it.
func (s *splitter) terminator(c byte) bool {
	if s.rest > 0 && !utf8.RuneStart(c) {
		s.rest--
		return c == st && s.lead == 0xc2
	}
	s.lead, s.rest = c, 0
	for _, longer := range []byte{0xc0, 0xe0, 0xf0} {
		if c >= longer {
			s.rest++
		}
	}
	return c == st
}

// paste takes a byte of a paste, which is handed on as it is.
func (s *splitter) paste(c byte) {
	if c == pasteEnd[len(s.held)] {
		s.hold(c, paste)
		if len(s.held) < len(pasteEnd) {
			return
		}
		if !s.paused {
			s.give(s.held)
		}
		s.reset()
		return
	}
	s.content(s.held...)
	s.held = nil
	if c == esc {
		s.hold(c, paste)
		return
	}
	s.content(c)
}

func (s *splitter) content(b ...byte) {
	if len(b) == 0 || s.pasted+len(b) > maxPasteBytes {
		return
	}
	if s.paused { // it goes on after all
		s.paused = false
		s.give([]byte(pasteStart))
	}
	s.pasted += len(b)
	s.add(b...)
}
