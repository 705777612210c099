package logbook

import (
	"io"
	"log/slog"
	"strings"
)

// Std is an output for the standard library's package log, to which net/http
// writes: its lines become warnings. What they quote may be a reply, so it is left
// to level debug.
func Std(to *slog.Logger) io.Writer { return std{to} }

type std struct{ to *slog.Logger }

// Write takes one line. It never fails.
func (s std) Write(line []byte) (int, error) {
	what := strings.TrimSpace(string(line))
	said, quoted, _ := strings.Cut(what, `"`)
	if quoted != "" {
		said += "…"
		s.to.Debug("library", "what", what)
	}
	s.to.Warn("library", "what", said)
	return len(line), nil
}
