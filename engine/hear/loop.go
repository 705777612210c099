package hear

// Loop watches the text of one sample for a model that says the same again and
// again. The zero value is ready; a Loop is for one goroutine.
//
// Its last 4 KB are looked at each time that 512 bytes have come, for the
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
	last  [loopWindow]byte // a ring
	at    int              // where the next byte goes
	heard int              // bytes, loopWindow at the most
	since int              // bytes that came after the last look
}

// Repeat is what a sample that loops says: so many bytes, so many times.
type Repeat struct{ Period, Times int }

const (
	loopWindow = 4096
	loopLook   = 512 // bytes between two looks: a look costs a few steps a byte of the window
	loopWords  = 40  // the shortest period that may be a thought
	loopTimes  = 6
	loopLong   = 3    // times, of what fills the window
	loopPlain  = 2048 // bytes of what need not be a thought
)

// Hear takes the next text, and says whether the sample loops at its end.
func (l *Loop) Hear(text string) (Repeat, bool) {
	for text != "" {
		n := copy(l.last[l.at:], text[:min(len(text), loopLook-l.since)])
		text = text[n:]
		l.at = (l.at + n) % loopWindow
		l.heard = min(l.heard+n, loopWindow)
		if l.since += n; l.since < loopLook {
			continue
		}
		l.since = 0
		if r, found := l.look(); found {
			return r, true
		}
	}
	return Repeat{}, false
}

// look searches the window backwards: a run up to its end is a beginning then,
// whose shortest period the failure function of Knuth, Morris and Pratt gives.
func (l *Loop) look() (Repeat, bool) {
	var room [loopWindow]byte
	var fail [loopWindow + 1]uint16 // by length: of the longest proper border
	text := room[:l.heard]
	for i := range text {
		text[i] = l.last[(l.at-1-i+loopWindow)%loopWindow]
	}
	border, refused := 0, 0
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
		case run >= loopPlain && times >= loopTimes:
			return Repeat{period, times}, true
		case period == refused, period < loopWords, times < loopTimes && (times < loopLong || run < loopWindow):
		case words(text[:period]):
			return Repeat{period, times}, true
		default:
			refused = period // it is read once, not once a byte
		}
	}
	return Repeat{}, false
}

// words says whether at least half of a text, spaces aside, is letters, as in
// thoughts and not in tables.
func words(text []byte) bool {
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
