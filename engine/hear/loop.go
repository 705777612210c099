package hear

// Loop watches the text of one sample for a model that says the same again and
// again. The zero value is ready; a Loop is for one goroutine.
//
// Its last 4 KB are checked each time that 512 bytes have come, for the
// shortest period of every run up to their end. A loop is a run that is long
// for what it repeats:
//
//   - words, of 40 bytes or more: six times;
//   - anything else, such as a few bytes or the rows of a table: 2 KB of it;
//   - words of up to a third of the 4 KB: three times, filling them.
//
// Only text that repeats byte for byte is found. A counter that runs on in it,
// a paragraph said in other words, or one of more than 1.3 KB, is not: to a
// program, a long enumeration looks the same.
type Loop struct {
	last      [windowBytes]byte // a ring
	at        int               // where the next byte goes
	filled    int               // bytes of last, windowBytes in the end
	unchecked int               // bytes that came after the latest check
}

// Repeat is what a sample that loops says: so many bytes, so many times.
type Repeat struct{ Period, Times int }

const (
	windowBytes      = 4096
	checkEveryBytes  = 512  // a check costs a few steps a byte of the window
	minThoughtBytes  = 40   // of a period that may be a thought
	minRepeats       = 6    // of a shorter one
	minWindowRepeats = 3    // of a thought that fills the window with them
	minLoopBytes     = 2048 // of a loop that need not be a thought
)

// Hear takes the next text, and says whether the sample loops at its end.
func (l *Loop) Hear(text string) (Repeat, bool) {
	for text != "" {
		n := copy(l.last[l.at:], text[:min(len(text), checkEveryBytes-l.unchecked)])
		text = text[n:]
		l.at = (l.at + n) % windowBytes
		l.filled = min(l.filled+n, windowBytes)
		if l.unchecked += n; l.unchecked < checkEveryBytes {
			continue
		}
		l.unchecked = 0
		if r, found := l.check(); found {
			return r, true
		}
	}
	return Repeat{}, false
}

// check searches the window backwards: a run up to its end is a beginning then,
// whose shortest period the failure function of Knuth, Morris and Pratt gives.
func (l *Loop) check() (Repeat, bool) {
	var room [windowBytes]byte
	var fail [windowBytes + 1]uint16 // by length: of the longest proper border
	text := room[:l.filled]
	for i := range text {
		text[i] = l.last[(l.at-1-i+windowBytes)%windowBytes]
	}
	border, rejected := 0, 0
	for i := 1; i < len(text); i++ {
		for border > 0 && text[i] != text[border] {
			border = int(fail[border])
		}
		if text[i] == text[border] {
			border++
		}
		run := i + 1
		fail[run] = uint16(border)
		period := run - border
		times := run / period
		switch {
		case run >= minLoopBytes && times >= minRepeats:
			return Repeat{period, times}, true
		case period == rejected, period < minThoughtBytes, times < minRepeats && (times < minWindowRepeats || run < windowBytes):
		case mostlyLetters(text[:period]):
			return Repeat{period, times}, true
		default:
			rejected = period // it is read once, not once a byte
		}
	}
	return Repeat{}, false
}

// mostlyLetters says whether at least half of a text, spaces aside, is letters, as in
// thoughts and not in tables.
func mostlyLetters(text []byte) bool {
	letters, spaces := 0, 0
	for _, c := range text {
		switch {
		case c >= 0x80 || 'a' <= c|0x20 && c|0x20 <= 'z':
			letters++
		case c <= ' ':
			spaces++
		}
	}
	return letters > 0 && 2*letters >= len(text)-spaces
}
