package tui

import (
	"log/slog"

	"github.com/aimo3/aimo3/tui/screen"
)

// close has the open screens keep what is to be there at the next start. The app may have
// been stopped by a panic: what a screen then does wrong is logged, and ends nothing else.
func (a *App) close(log *slog.Logger) {
	for _, s := range a.open {
		if c, ok := s.(screen.Closer); ok {
			closeScreen(c, log)
		}
	}
}

func closeScreen(c screen.Closer, log *slog.Logger) {
	defer func() {
		if v := recover(); v != nil && log != nil {
			log.Error("panic", "closing", v)
		}
	}()
	if err := c.Close(); err != nil && log != nil {
		log.Warn("not kept", "error", err)
	}
}
