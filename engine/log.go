package engine

import (
	"encoding/json"
	"log/slog"
	"time"
)

// Dump is the level of a log below debug: of every event and every message of the
// screen, for who looks for a mistake of this program.
const Dump = slog.LevelDebug - 4

// LogLine is one thing that happened to the program, rather than in an attempt.
type LogLine struct {
	N     int64           `json:"n"` // rises with each line that is kept
	At    time.Time       `json:"at"`
	Level slog.Level      `json:"level"`
	What  string          `json:"what"`
	More  json.RawMessage `json:"more"` // an object
	PID   int             `json:"pid"`  // of the program
}

// LogFilter chooses lines of a log. Its zero value chooses the latest.
type LogFilter struct {
	After int64      // only lines with N above it
	Since time.Time  // only lines from then on
	Level slog.Level // only lines of this level and above
	Limit int        // the latest so many; if zero, 200
}
