package logbook

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"os"
	"sync"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/termsafe"
)

const (
	maxWaiting   = 256             // lines that wait to be kept; of more, the earliest are dropped
	maxMoreBytes = 8 << 10         // of what a kept line says besides
	keepEvery    = time.Second     // how long a line may wait
	keepTimeout  = 5 * time.Second // of one write
	attemptKey   = "attempt"       // of lines that are about an attempt, which has events of its own
	requestKey   = "request"       // of lines that are about a request, of which anybody may make many
)

// Keep has lines at info and above that are about no attempt handed to put as well, in
// order, but for requests that only went their way: those that were written before, as far as they wait, within a second those that
// come, and the rest when stop is called, which waits for that. What put refuses is lost.
func (b *Book) Keep(ctx context.Context, put func(context.Context, []engine.LogLine) error) (stop func()) {
	var done sync.WaitGroup
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	write := func() {
		if lines := b.kept.take(); len(lines) > 0 {
			ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), keepTimeout)
			defer cancel()
			_ = put(ctx, lines) // as the log: an error of it is nobody's error
		}
	}
	done.Go(func() {
		tick := time.NewTicker(keepEvery)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				write()
			case <-ctx.Done():
				write()
				return
			}
		}
	})
	return func() {
		cancel()
		done.Wait()
	}
}

// waiting are lines that wait to be kept.
type waiting struct {
	mu    sync.Mutex
	more  bytes.Buffer // what the latest line says besides
	lines []engine.LogLine
}

func (w *waiting) take() []engine.LogLine {
	w.mu.Lock()
	defer w.mu.Unlock()
	lines := w.lines
	w.lines = nil
	return lines
}

// keeping is a handler that hands lines on, and has some wait to be kept.
type keeping struct {
	slog.Handler
	more slog.Handler // writes what a line says besides into to.more
	to   *waiting
}

func newKeeping(next slog.Handler, to *waiting) slog.Handler {
	bare := func(groups []string, a slog.Attr) slog.Attr {
		if len(groups) == 0 && (a.Key == slog.TimeKey || a.Key == slog.LevelKey || a.Key == slog.MessageKey) {
			return slog.Attr{}
		}
		return a
	}
	return keeping{next, slog.NewJSONHandler(&to.more, &slog.HandlerOptions{ReplaceAttr: bare}), to}
}

// Enabled says whether a line of a level is taken: for the store also where no log is
// open.
func (k keeping) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelInfo || k.Handler.Enabled(ctx, level)
}

// Handle takes one line.
func (k keeping) Handle(ctx context.Context, r slog.Record) error {
	about := r.Level < slog.LevelInfo
	r.Attrs(func(a slog.Attr) bool {
		about = about || a.Key == attemptKey || a.Key == requestKey && r.Level < slog.LevelWarn
		return !about
	})
	if !about {
		k.keep(ctx, r)
	}
	if !k.Handler.Enabled(ctx, r.Level) {
		return nil
	}
	return k.Handler.Handle(ctx, r)
}

func (k keeping) keep(ctx context.Context, r slog.Record) {
	k.to.mu.Lock()
	defer k.to.mu.Unlock()
	k.to.more.Reset()
	_ = k.more.Handle(ctx, r) // into memory
	more := termsafe.JSON([]byte(engine.HideSecrets(string(bytes.TrimSpace(k.to.more.Bytes())))))
	if len(more) > maxMoreBytes || !json.Valid(more) {
		more = []byte(`{"left_out":"too long"}`)
	}
	if len(k.to.lines) >= maxWaiting {
		k.to.lines = k.to.lines[1:]
	}
	k.to.lines = append(k.to.lines, engine.LogLine{At: r.Time, Level: r.Level, What: engine.HideSecrets(r.Message), More: bytes.Clone(more), PID: os.Getpid()})
}

// WithAttrs is the handler of lines that all say these besides.
func (k keeping) WithAttrs(attrs []slog.Attr) slog.Handler {
	for _, a := range attrs {
		if a.Key == attemptKey {
			return k.Handler.WithAttrs(attrs)
		}
	}
	return keeping{k.Handler.WithAttrs(attrs), k.more.WithAttrs(attrs), k.to}
}

// WithGroup is the handler of lines that say the rest in a group.
func (k keeping) WithGroup(name string) slog.Handler {
	return keeping{k.Handler.WithGroup(name), k.more.WithGroup(name), k.to}
}
