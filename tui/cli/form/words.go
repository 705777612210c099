package form

import (
	"strings"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/phrase"
)

// Outcome is how a sample ended, or what it does, in one line.
func Outcome(s *engine.SampleProgress) string {
	size := size(s)
	switch s.State {
	case engine.Waiting:
		return "waiting"
	case engine.Running:
		return string(s.Phase) + size
	case engine.Failed:
		return "failed: " + WithTodo(s.Cause, s.Todo)
	case engine.Stopped:
		if s.Cause == engine.ErrStopped.Error() {
			return s.Cause + size
		}
		return "stopped: " + s.Cause + size
	case engine.Finished:
	}
	switch {
	case s.Ending.Cut:
		return "no answer: hit the context window or the token limit" + size
	case s.Answer == "":
		return "no answer" + size
	}
	return string(s.Answer) + size + carried(s)
}

// carried says whose vote it is, if that was carried over.
func carried(s *engine.SampleProgress) string {
	if s.From == "" {
		return ""
	}
	return " (carried over from attempt " + string(s.From) + ")"
}

// size is how much a sample said and ran, how long that took, and how sure the
// model was.
func size(s *engine.SampleProgress) string {
	var parts []string
	if n, _ := s.Tokens(); n > 0 {
		parts = append(parts, Count(n, "token"))
	}
	if n := len(s.Cells); n > 0 {
		parts = append(parts, Count(n, "cell"))
	}
	if len(parts) == 0 {
		return ""
	}
	parts = append(parts, Took(s.Latest.Sub(s.Begun)))
	if confidence := phrase.Confidence(s); confidence != "" {
		parts = append(parts, "confidence "+confidence)
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

// WithTodo is what happened and, if there is something, what to do.
func WithTodo(what, todo string) string {
	if todo == "" {
		return what
	}
	return what + " · " + todo
}

// Count is a number of things: "1 vote", "1,204 tokens".
func Count(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return Thousands(n) + " " + thing
}

// Thousands is a number with its thousands parted by commas.
func Thousands(n int) string { return phrase.Thousands(n) }

// Took is a length of time to read: 0.4 s, 12.3 s, 4 m 05 s, 1 h 02 m.
func Took(d time.Duration) string { return phrase.Took(d) }

// Size is a number of bytes to read, in decimal units.
func Size[N int64 | uint64](n N) string { return phrase.Size(n) }
