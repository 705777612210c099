package phrase

import (
	"strings"

	"github.com/aimo3/aimo3/engine"
)

// Star is the sign of an attempt that is starred.
const Star = "★"

// Marks are what a person said of an attempt, in a few words; "" if nothing. They are
// hostile until sanitised.
func Marks(m engine.Marks) string {
	var said []string
	if m.Starred {
		said = append(said, Star)
	}
	if len(m.Tags) > 0 {
		said = append(said, "#"+strings.Join(m.Tags, " #"))
	}
	if m.Expected != "" {
		said = append(said, "expected "+string(m.Expected))
	}
	switch {
	case m.Right == nil:
	case *m.Right:
		said = append(said, "right")
	default:
		said = append(said, "wrong")
	}
	if m.Note != "" {
		said = append(said, "note: "+m.Note)
	}
	return strings.Join(said, " · ")
}
