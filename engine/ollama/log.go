package ollama

import (
	"cmp"
	"context"
	"log/slog"

	"github.com/aimo3/aimo3/engine"
)

// orNone is a logger that takes nothing in place of none.
func orNone(l *slog.Logger) *slog.Logger { return cmp.Or(l, slog.New(slog.DiscardHandler)) }

// seen logs what has changed since the server was looked at before. A look that was
// broken off, or during a start, says nothing.
func (f *Finder) seen(ctx context.Context, s engine.Server) {
	if ctx.Err() != nil || s.Busy != "" {
		return
	}
	now := s.Host + " " + s.Version
	if s.Fault != nil {
		now = string(s.Fault.Class) // its words may name another port each time
	}
	f.mu.Lock()
	before, found := f.latest, f.found
	f.latest, f.found = now, s.Fault == nil
	f.mu.Unlock()
	log := orNone(f.Logger)
	switch {
	case now == before:
	case s.Fault == nil:
		log.Info("server found", "server", s.Name, "host", s.Host, "version", s.Version, "own", s.Own, "models", len(s.Models))
	case found:
		log.Warn("server lost", "host", s.Host, "class", s.Fault.Class, "what", s.Fault.Error())
	default:
		log.Warn("no server", "host", s.Host, "class", s.Fault.Class, "what", s.Fault.Error())
	}
}
