package logbook

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// gathered has lines kept while do runs, and says them in short.
func gathered(t *testing.T, do func(*Book)) (kept, file string) {
	t.Helper()
	b, out := New(), new(bytes.Buffer)
	b.OpenTo(out, engine.Dump)
	var all []string
	stop := b.Keep(t.Context(), func(_ context.Context, lines []engine.LogLine) error {
		for _, l := range lines {
			all = append(all, fmt.Sprintf("%s %s %s", l.Level, l.What, l.More))
		}
		return nil
	})
	do(b)
	stop()
	return strings.Join(all, "\n"), out.String()
}

// Lines about the program are kept as well as written; those about an attempt, and those
// that may quote one, are only written.
func TestLinesOfTheProgramAreKept(t *testing.T) {
	kept, file := gathered(t, func(b *Book) {
		log := b.Log()
		log.Info("server found", "host", "http://ada:secret@h", "version", "1")
		log.Debug("problem", "statement", "private")
		log.With("attempt", "a1").Error("attempt failed")
		log.Info("cache hit", "attempt", "a1")
		log.Info("request", "request", "r1")
		log.Warn("keys not read", "request", "r1")
		log.With("server", "s").WithGroup("g").Warn("server lost", "why", "\x1b[2J")
		log.Warn("long", "stack", strings.Repeat("x", 2*maxMoreBytes))
	})
	want := `INFO server found {"host":"http://***@h","version":"1"}
WARN keys not read {"request":"r1"}
WARN server lost {"server":"s","g":{"why":"\u001b[2J"}}
WARN long {"left_out":"too long"}`
	if kept != want {
		t.Errorf("kept:\n%s\nwant:\n%s", kept, want)
	}
	if n := strings.Count(file, "\n"); n != 8 {
		t.Errorf("%d lines in the file", n)
	}
}

// Lines at info and above wait also while no file is open; what waits has a bound.
func TestOnlySomeLinesWait(t *testing.T) {
	b := New()
	b.Log().Info("before it is open")
	b.Log().Debug("detail")
	if lines := b.kept.take(); len(lines) != 1 || lines[0].What != "before it is open" {
		t.Errorf("%+v wait", lines)
	}
	b.OpenTo(new(bytes.Buffer), slog.LevelInfo)
	for i := range maxWaiting + 5 {
		b.Log().Info(fmt.Sprint(i))
	}
	if lines := b.kept.take(); len(lines) != maxWaiting || lines[0].What != "5" {
		t.Errorf("%d lines wait, the first %+v", len(lines), lines[0])
	}
}

// Lines are kept within a second, and one that is refused harms nothing.
func TestLinesAreKeptSoon(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, writes := New(), 0
		b.OpenTo(new(bytes.Buffer), slog.LevelInfo)
		stop := b.Keep(t.Context(), func(context.Context, []engine.LogLine) error {
			writes++
			return errors.New("full")
		})
		for range 3 {
			b.Log().Info("x")
			time.Sleep(2 * keepEvery)
			synctest.Wait()
		}
		time.Sleep(time.Minute)
		stop()
		if writes != 3 {
			t.Errorf("%d writes, want 3", writes)
		}
	})
}
