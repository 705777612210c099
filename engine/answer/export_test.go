package answer

import (
	"strconv"

	"github.com/aimo3/aimo3/engine/answer/value/work"
)

// EqualWithin is Equal with so much work.
var EqualWithin = equalWithin

// MaxWork is what Equal allows.
const MaxWork = maxWork

// Key is a canonical form of an answer: answers with one key are equal under the
// default policy. Those with different keys may be equal too; Equal decides.
func Key(a Answer) string {
	switch {
	case a.choice.marked:
		return "choice " + string(a.choice.letter) + " " + folded(a.choice.rest)
	case a.clock.half != 0:
		return "time " + strconv.Itoa(a.clock.seconds)
	}
	if a.Node == nil {
		if sense := senseOf(a.folded); sense != "" {
			return "is " + sense
		}
		return "text " + a.folded
	}
	return keyOf(a.Node, &work.Counter{Left: workOfKey})
}
