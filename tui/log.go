package tui

import (
	"context"
	"fmt"
	"log/slog"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/screen"
)

// maxShort is how much of a message is logged, in characters.
const maxShort = 200

// logger logs a message at engine.Dump, if log takes that.
func logger(log *slog.Logger) func(tea.Msg) {
	return func(msg tea.Msg) {
		if log != nil && log.Enabled(context.Background(), engine.Dump) {
			log.Log(context.Background(), engine.Dump, "screen", "type", fmt.Sprintf("%T", msg), "short", short(msg))
		}
	}
}

// short is a message in few words. Of events only the kinds are told: the desk has
// logged the rest.
func short(msg tea.Msg) string {
	text := ""
	if a, ok := msg.(screen.Arrived); ok {
		var kinds []string
		for _, e := range a.Events {
			kinds = append(kinds, e.Kind())
		}
		text = strings.Join(kinds, " ")
	} else {
		text = fmt.Sprintf("%v", msg)
	}
	if r := []rune(text); len(r) > maxShort {
		return string(r[:maxShort]) + "…"
	}
	return text
}
