package keyboard

import (
	"bytes"
	"strings"
)

// control takes a byte of a control sequence.
func (s *splitter) control(c byte) {
	switch body := s.body(); {
	case s.more && (c < ' ' || c == del) && strings.IndexByte("\x18\x1a\x1b", c) < 0: // as terminals take it
		s.give([]byte{c})
	case c < ' ' || c >= del:
		s.again(c)
	case s.state == overlong && c < '@':
	case s.state == overlong:
		s.reset()
	case c == '$' && len(body) == 1 && body[0] >= '0' && body[0] <= '9': // urxvt ends a key with it
		s.hold(c, control)
		if body[0] == '7' || body[0] == '8' { // the only ones that Bubble Tea knows
			s.sequence()
		}
		s.reset()
	case len(s.held) >= maxHeldBytes, c < '@' && c >= '0' && strings.ContainsAny(string(body), " !\"#$%&'()*+,-./"):
		s.state, s.doubtful = overlong, false
		s.control(c)
	case c < '@':
		s.hold(c, control)
	default:
		s.hold(c, control)
		s.letter(c, len(body) == 0)
	}
}

// letter ends a control sequence, or begins what follows some.
func (s *splitter) letter(c byte, bare bool) {
	s.doubtful = false
	switch {
	case bare && c == 'M':
		s.state = mouse
	case bare && c == '[':
		s.state = console
	case bare && c == 'O':
		s.state = leaving
	case string(s.body()) == "200~":
		s.give([]byte(pasteStart))
		s.reset()
		s.state, s.pasted = paste, 0
	case string(s.body()) == "201~":
		s.reset()
	default:
		s.sequence()
	}
}

// last takes what follows the letter of some control sequences.
func (s *splitter) last(c byte) {
	switch {
	case s.state == console && (c < 'A' || c > 'E'):
		s.again(c)
	case s.state == leaving && strings.IndexByte("ABCDabcd", c) < 0:
		s.give(s.held)
		s.again(c)
	default:
		s.hold(c, s.state)
		if s.state != mouse || len(s.body()) == len("Mxyz") {
			s.sequence()
		}
	}
}

// single takes a byte after ESC O. What Bubble Tea knows only by another name is
// given by that; what it does not know it would type.
func (s *splitter) single(c byte) {
	switch {
	case strings.IndexByte("ABCDPQRS", c) >= 0:
		s.hold(c, single)
	case c == 'H' || c == 'F':
		s.held = append(s.held[:len(s.held)-1], '[', c)
	case c >= 'a' && c <= 'd':
		s.held = append(s.held[:len(s.held)-1], '[', '1', ';', '5', c-'a'+'A') // ctrl, as urxvt has it
	case c >= '0' && c <= '9' && len(s.held) < maxHeldBytes: // how it was modified
		s.hold(c, single)
		return
	case c > ' ' && c < del:
		s.reset()
		return
	default:
		s.again(c)
		return
	}
	s.sequence()
}

// sequence gives the sequence that is held. Of an Esc before it Bubble Tea makes
// alt where it knows the key without, and else types what follows.
func (s *splitter) sequence() {
	key := s.held
	if key[1] == esc && !plain(key[1:]) {
		key = key[1:]
	}
	if len(key) <= len("\x1bOA") || key[1] != 'O' { // else it is modified, and not known
		s.give(key)
	}
	s.reset()
}

// plain says whether a sequence is a key that nothing modifies.
func plain(key []byte) bool {
	switch body := string(key[2:]); {
	case key[1] == 'O':
		return len(body) == 1
	case len(body) == 1:
		return strings.Contains("ABCDFHZ", body)
	default:
		return len(body) == 2 && body[0] >= '1' && body[0] <= '8' && body[1] == '~'
	}
}

// body is what is held after ESC [ or ESC O, with or without another Esc before.
func (s *splitter) body() []byte { return bytes.TrimLeft(s.held, "\x1b")[1:] }
