package tui

import (
	"bytes"
	"io"
	"log/slog"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// TestMessagesAreLogged at the level of a dump and no other.
func TestMessagesAreLogged(t *testing.T) {
	for _, level := range []slog.Level{engine.Dump, slog.LevelDebug} {
		var log bytes.Buffer
		keys, typed := io.Pipe()
		o := Options{
			Env: tuitest.Env(t, tuitest.Palette(t)), Feed: NewFeed(), Input: keys, Output: &paper{},
			Log: slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: level})),
		}
		over := make(chan error, 1)
		go func() { over <- Run(t.Context(), o) }()
		_, _ = io.WriteString(typed, "1\x03")
		if err := <-over; err != nil {
			t.Fatal(err)
		}
		_ = typed.Close()
		want := `"msg":"screen","type":"tea.KeyMsg","short":"1"`
		if got := log.String(); strings.Contains(got, want) != (level == engine.Dump) || level != engine.Dump && got != "" {
			t.Errorf("at %s, no %s in\n%s", level, want, got)
		}
	}
}

// TestMessagesCostNothing where they are not logged.
func TestMessagesCostNothing(t *testing.T) {
	logged, msg := logger(slog.New(slog.NewJSONHandler(io.Discard, nil))), tea.Msg(tea.WindowSizeMsg{Width: 80, Height: 24})
	if n := testing.AllocsPerRun(100, func() { logged(msg) }); n > 0 {
		t.Errorf("one makes %g objects", n)
	}
}

func TestShortFormsOfMessages(t *testing.T) {
	delta := engine.Event{Fact: engine.Delta{Text: "what a model wrote"}}
	for want, msg := range map[string]tea.Msg{
		"delta delta warning": screen.Arrived{Events: []engine.Event{delta, delta, {Fact: engine.Warning{Text: "x"}}}},
		"{80 24}":             tea.WindowSizeMsg{Width: 80, Height: 24},
		"ctrl+c":              tea.KeyMsg{Type: tea.KeyCtrlC},
		"{" + strings.Repeat("é", maxShort-1) + "…": screen.Notice{Text: strings.Repeat("é", 500)},
	} {
		if got := short(msg); got != want {
			t.Errorf("%T: %q, want %q", msg, got, want)
		}
	}
}
