package keyboard

import (
	"bytes"
	"strings"
)

// startsTail says whether a chunk that follows an Esc, which was taken for the
// key, may be the rest of a sequence. An X that begins a word is likelier.
func startsTail(chunk []byte) bool {
	if chunk[0] == 'X' {
		return bytes.Contains(chunk, []byte{esc, '\\'})
	}
	return strings.IndexByte("[O]P^_", chunk[0]) >= 0
}

// wholeTail says whether a chunk is more of a sequence than a person types at once.
func wholeTail(chunk []byte) bool { return chunk[0] == 'O' && (len(chunk) == 2 || len(chunk) == 3) }

// mayBeTail says whether c may follow tail in a sequence that a terminal sends. A
// person who pressed Esc and then types an interval is not to lose it.
func mayBeTail(tail []byte, c byte) bool {
	if len(tail) == 0 {
		return true // startsTail has said so
	}
	is := func(chars string) bool { return strings.IndexByte(chars, c) >= 0 }
	switch {
	case tail[0] == '[' && len(tail) == 1:
		return is("0123456789<?>=ABCDEFHIMOPQRSZ[")
	case tail[0] == '[':
		return is("0123456789;:$~^@ABCDEFHMPQRSZmcnRtuxy")
	case tail[0] == 'O':
		return is("ABCDFHPQRS")
	case tail[0] == ']':
		return is("0123456789lLI")
	case tail[0] == 'P':
		return is("0123456789!>$+|")
	}
	return true
}

// settle types what was held in doubt: it is no tail.
func (s *splitter) settle() {
	tail := s.held[1:]
	s.reset()
	s.add(tail...)
}
