package live

import (
	"time"

	"github.com/aimo3/aimo3/engine"
)

// wordsEvery is how often the last words of a sample in the list are others: nobody reads
// them faster, and each time is bytes to the terminal for every sample that streams.
const wordsEvery = 250 * time.Millisecond

// shownWords are the last words that the list shows of a sample.
type shownWords struct {
	at    time.Time // of the event that they came with
	width int
	words string
}

// wordsOf are the last words of sample i, in at most width cells: those of up to
// wordsEvery ago while it streams.
func (s *Screen) wordsOf(i int, p *engine.SampleProgress, width int) string {
	known, ok := s.words[i]
	since := p.Latest.Sub(known.at)
	if ok && known.width == width && 0 < since && since < wordsEvery && s.now.Sub(p.Latest) < wordsEvery {
		return known.words
	}
	if s.words == nil {
		s.words = map[int]shownWords{}
	}
	known = shownWords{p.Latest, width, s.lastWords(p, width)}
	s.words[i] = known
	return known.words
}
