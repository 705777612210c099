package logbook

import (
	"bytes"
	"encoding/json"
	"errors"
	"log"
	"log/slog"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
)

// opened is a book on paper.
func opened(level slog.Level) (*Book, *bytes.Buffer) {
	b, out := New(), new(bytes.Buffer)
	b.OpenTo(out, level)
	return b, out
}

// TestSecretsAreHidden, wherever in a line they stand and whatever stands around
// them; and each line is still JSON.
func TestSecretsAreHidden(t *testing.T) {
	fault := &engine.Fault{Class: engine.Unreachable, What: `Get "http://me:sEcret@gpu-box/api?token=sEcret": EOF`}
	for name, say := range map[string]func(*slog.Logger){
		"a fault":       func(l *slog.Logger) { l.Error("x", "what", fault) },
		"its words":     func(l *slog.Logger) { l.Error("x", "what", fault.What) },
		"the cause":     func(l *slog.Logger) { l.Error("x", "err", errors.Join(errors.New(fault.What), errors.New("a\nb"))) },
		"the line":      func(l *slog.Logger) { l.Warn("at http://me:sEcret@h") },
		"a group":       func(l *slog.Logger) { l.Warn("x", slog.Group("settings", "host", "https://h/?sEcret")) },
		"a logger":      func(l *slog.Logger) { l.With("host", "http://sEcret@h").Warn("x") },
		"odd passwords": func(l *slog.Logger) { l.Warn("x", "host", `http://me:sEc'ret<sEcret>\@h`) },
		"an event": func(l *slog.Logger) {
			l.Log(t.Context(), engine.Dump, "x", "event", engine.Event{Fact: engine.Warning{Text: "<" + fault.What + ">&\\"}})
		},
	} {
		b, out := opened(engine.Dump)
		say(b.Log())
		if text := out.String(); strings.Contains(text, "sEc") || !strings.Contains(text, engine.Hidden) || !json.Valid(out.Bytes()) || strings.Count(text, "\n") != 1 {
			t.Errorf("%s: %s", name, text)
		}
	}
}

// TestWhatATerminalWouldObeyIsEscaped: a log is read in one, too.
func TestWhatATerminalWouldObeyIsEscaped(t *testing.T) {
	b, out := opened(slog.LevelInfo)
	b.Log().Info("x", "text", "\x1b[2J\u009b2J\u202e\u200b\x7f")
	if got := out.String(); !strings.Contains(got, `"text":"\u001b[2J\u009b2J\u202e\u200b\u007f"`) {
		t.Errorf("%q", got)
	}
}

func TestLevels(t *testing.T) {
	for level, want := range map[slog.Level]string{
		engine.Dump: "dump debug info warn error", slog.LevelDebug: "debug info warn error", slog.LevelInfo: "info warn error",
		slog.LevelWarn: "warn error", slog.LevelError: "error", never: "",
	} {
		b, out := opened(level)
		for _, l := range []struct {
			level slog.Level
			name  string
		}{{engine.Dump, "dump"}, {slog.LevelDebug, "debug"}, {slog.LevelInfo, "info"}, {slog.LevelWarn, "warn"}, {slog.LevelError, "error"}} {
			b.Log().Log(t.Context(), l.level, l.name)
		}
		var got []string
		for line := range strings.Lines(out.String()) {
			var said struct{ Msg string }
			if err := json.Unmarshal([]byte(line), &said); err != nil {
				t.Fatal(err)
			}
			got = append(got, said.Msg)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("at %s: %q, want %q", level, got, want)
		}
	}
}

// TestABookThatIsNotOpenTakesNothing, before and after, and below info at no cost.
func TestABookThatIsNotOpenTakesNothing(t *testing.T) {
	b, out := New(), new(bytes.Buffer)
	l := b.Log()
	l.Error("before")
	b.OpenTo(out, slog.LevelInfo)
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	l.Error("after")
	if out.Len() > 0 {
		t.Errorf("it holds %q", out)
	}
	if n := testing.AllocsPerRun(100, func() { l.Debug("x") }); n > 0 {
		t.Errorf("a line that is not taken makes %g objects", n)
	}
}

// TestWhatTheLibrarySays becomes a warning, but for what it quotes.
func TestWhatTheLibrarySays(t *testing.T) {
	said := `Unsolicited response on idle channel starting with "the answer is 7"; from http://me:sEcret@h`
	for level, want := range map[slog.Level]string{
		slog.LevelWarn:  `"level":"WARN","msg":"library","what":"Unsolicited response on idle channel starting with …"`,
		slog.LevelDebug: `starting with \"the answer is 7\"; from http://***@h"`,
	} {
		b, out := opened(level)
		log.New(Std(b.Log()), "", 0).Print(said)
		if got := out.String(); !strings.Contains(got, want) || strings.Contains(got, "sEcret") || level == slog.LevelWarn && strings.Contains(got, "answer") {
			t.Errorf("at %s: %s", level, got)
		}
	}
}
