package form

import (
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/phrase"
)

// Outcome is how a sample ended, or what it does, in one line.
func Outcome(s *engine.SampleProgress) string { return phrase.Outcome(s) }

// Count is a number of things: "1 vote", "1,204 tokens".
func Count(n int, thing string) string { return phrase.Count(n, thing) }

// Thousands is a number with its thousands parted by commas.
func Thousands(n int) string { return phrase.Thousands(n) }

// Took is a length of time to read: 0.4 s, 12.3 s, 4 m 05 s, 1 h 02 m.
func Took(d time.Duration) string { return phrase.Took(d) }

// Size is a number of bytes to read, in decimal units.
func Size[N int64 | uint64](n N) string { return phrase.Size(n) }
