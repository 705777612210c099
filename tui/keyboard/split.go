package keyboard

import (
	"strings"
	"time"
	"unicode/utf8"
)

const (
	esc, bel, can, sub, del = 0x1b, 0x07, 0x18, 0x1a, 0x7f

	// From c1 to c1End are controls of one byte that stand for Esc and the byte
	// that is c1Less less; with UTF-8 they are characters. st ends a text.
	c1, st, c1End, c1Less = 0x80, 0x9c, 0x9f, 0x40

	escapeAfter  = 100 * time.Millisecond // an Esc that nothing follows is the key
	tailWithin   = 800 * time.Millisecond // what follows it after all may still be its tail
	abandonAfter = time.Second            // what is unfinished for so long gives way to a key

	maxKeyBytes  = 250 // under the 256 that Bubble Tea reads at once: a full read would wait for more
	maxHeldBytes = 64  // of one sequence; a longer one is no key
)

// state is what the bytes so far have begun.
type state int

const (
	ground    state = iota // nothing
	character              // a character of several bytes
	escape                 // a key with Esc before it, or a sequence
	control                // a control sequence: ESC [ parameters letter
	overlong               // the same, and none that is held
	single                 // ESC O letter
	console                // ESC [ [ letter
	leaving                // ESC [ O: the focus is lost, or a letter follows
	mouse                  // ESC [ M and three bytes
	answer                 // ESC and what begins one, where the Esc is in doubt
	text                   // an answer: OSC, DCS, APC, PM or SOS
	textEnd                // the same, and an ESC
	paste
)

// splitter cuts what a terminal sends into keys, whatever the reads it came in.
type splitter struct {
	state state
	held  []byte // what is unfinished
	run   []byte // characters, or a part of a paste, of which more may follow
	keys  [][]byte

	escaped  bool // the last key was an Esc, since nothing followed in time
	doubtful bool // the Esc of held was given as a key already
	bell     bool // BEL ends the text, as of an OSC
	lead     byte // of the latest character in the text
	rest     int  // bytes of it that are to come
	more     bool // this read gave more bytes than the one that is taken
	pasted   int  // bytes of the paste
	paused   bool // the paste was given as it was, since nothing more came
}

// feed takes what one read gave, after nothing had come for so long.
func (s *splitter) feed(chunk []byte, quiet time.Duration) {
	switch {
	case s.givesWay(chunk, quiet):
		s.reset()
	case s.state == escape && len(s.held) == 1 && len(chunk) == 1 && chunk[0] == esc:
		s.give(s.held) // Esc was pressed twice
		s.held = nil
		s.state = ground
	case s.escaped && s.state == ground && quiet < tailWithin && startsTail(chunk):
		s.state, s.held, s.doubtful = escape, []byte{esc}, !wholeTail(chunk)
	}
	s.escaped = false
	for i, c := range chunk {
		s.more = i+1 < len(chunk)
		s.take(c)
	}
	s.flush()
}

// wait is how long to wait for more of what is unfinished; 0 is for ever.
func (s *splitter) wait() time.Duration {
	switch {
	case s.doubtful || s.state == leaving:
		return tailWithin
	case s.state == escape:
		return escapeAfter
	case s.state == paste && !s.paused:
		return abandonAfter
	}
	return 0
}

// expire tells that nothing more came for as long as wait said.
func (s *splitter) expire() {
	switch {
	case s.doubtful:
		s.settle()
	case s.state == paste:
		s.flush()
		s.give([]byte(pasteEnd))
		s.paused = true
		return
	case s.state == escape:
		s.give(s.held)
		s.escaped = true
	case s.state == leaving:
		s.give(s.held)
	}
	s.flush()
	s.reset()
}

// next takes the first key out, or as much of it as there is room for.
func (s *splitter) next(room int) []byte {
	if len(s.keys) == 0 {
		return nil
	}
	key := s.keys[0]
	if len(key) > room {
		s.keys[0] = key[room:]
		return key[:room]
	}
	s.keys = s.keys[1:]
	return key
}

func (s *splitter) reset() {
	s.state, s.held, s.doubtful, s.paused = ground, nil, false, false
}

// hold keeps c as a part of what is unfinished.
func (s *splitter) hold(c byte, next state) {
	s.held, s.state = append(s.held, c), next
}

// again drops what is unfinished and takes c for itself.
func (s *splitter) again(c byte) {
	s.reset()
	s.take(c)
}

// give gives a key of its own.
func (s *splitter) give(key []byte) {
	s.flush()
	s.keys = append(s.keys, append([]byte(nil), key...))
}

// add gives characters, which may share a read with others.
func (s *splitter) add(b ...byte) {
	if len(s.run)+len(b) > maxKeyBytes {
		s.flush()
	}
	s.run = append(s.run, b...)
}

func (s *splitter) flush() {
	if len(s.run) > 0 {
		s.keys, s.run = append(s.keys, s.run), nil
	}
}

// givesWay says whether what is unfinished will stay so: the chunk is a key that
// a person pressed. An answer also ends with a control key that comes alone.
func (s *splitter) givesWay(chunk []byte, quiet time.Duration) bool {
	first := chunk[0]
	_, size := utf8.DecodeRune(chunk)
	key := size == len(chunk)
	switch s.state {
	case ground, character, escape:
		return false
	case text:
		return key && first != esc && (first != bel || !s.bell) && (quiet >= abandonAfter || first < ' ')
	case textEnd:
		return key && first != '\\' && quiet >= abandonAfter
	case paste:
		sequence := len(s.held) == 0 && first == esc && len(chunk) < len(pasteEnd) && !strings.HasPrefix(pasteEnd, string(chunk))
		return s.paused && quiet >= abandonAfter && (sequence || key && first != pasteEnd[len(s.held)])
	case control, overlong, single, console, leaving, mouse, answer:
	}
	return key && quiet >= abandonAfter
}
