package live

import (
	"fmt"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/tui/screen"
)

// maxDigitPause is how long after a digit another one still belongs to the same number.
const maxDigitPause = time.Second

// digits are those typed to choose a sample.
type digits struct {
	number int
	last   time.Time // when the latest came
}

// digit takes a digit: it chooses the sample of that number at once, and of a number with
// more digits once they have come. Taken is false if it is none.
func (s *Screen) digit(msg tea.KeyMsg) (cmd tea.Cmd, taken bool) {
	if msg.Type != tea.KeyRunes || len(msg.Runes) != 1 || msg.Runes[0] < '0' || msg.Runes[0] > '9' {
		return nil, false
	}
	d, at := &s.digits, s.env.Now()
	n := int(msg.Runes[0] - '0')
	if longer := 10*d.number + n; at.Sub(d.last) <= maxDigitPause && longer <= len(s.samples) {
		n = longer
	}
	*d = digits{n, at}
	switch {
	case n >= 1 && n <= len(s.samples):
		s.choose(n - 1 - s.chosen)
	case len(s.samples) == 0:
		return screen.Send(screen.Notice{Text: "no sample has begun yet", Bad: true}), true
	default:
		return screen.Send(screen.Notice{Text: fmt.Sprintf("there is no sample %d, of %d", n, len(s.samples)), Bad: true}), true
	}
	return nil, true
}
