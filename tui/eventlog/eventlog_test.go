package eventlog_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/eventlog"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// kept is a store's log.
type kept struct {
	mu    sync.Mutex
	lines []engine.LogLine
}

func (k *kept) add(level slog.Level, what, more string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	n := int64(len(k.lines) + 1)
	k.lines = append(k.lines, engine.LogLine{N: n, At: tuitest.Now().Add(-time.Hour + time.Duration(n)*time.Second), Level: level, What: what, More: json.RawMessage(more), PID: 7})
}

func (k *kept) read(_ context.Context, f engine.LogFilter) (found []engine.LogLine, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, l := range k.lines {
		if l.N > f.After {
			found = append(found, l)
		}
	}
	return found, nil
}

func stored() *kept {
	k := &kept{}
	k.add(slog.LevelInfo, "start", `{"version":"v1.2.3","command":"aimo3","settings":{"model":"qwen3:8b"}}`)
	k.add(slog.LevelInfo, "server found", `{"server":"ollama","host":"127.0.0.1:11434","version":"0.17.4"}`)
	k.add(slog.LevelWarn, "store", `{"what":"the disk is nearly full"}`)
	k.add(slog.LevelError, "store failed", `{"class":"storage","what":"cannot open \u001b[31m the store"}`)
	k.add(slog.LevelInfo, "did config-set", `{"object":"samples","outcome":"done","who":"ada"}`)
	return k
}

func env(t *testing.T, p theme.Palette, k *kept) screen.Env {
	e := tuitest.Env(t, p)
	e.Log = k.read
	return e
}

func TestFrames(t *testing.T) {
	for _, size := range [][2]int{{60, 14}, {80, 22}, {160, 48}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			for _, p := range theme.Palettes() {
				d := tuitest.Drive(t, eventlog.New(env(t, p, stored())), size[0], size[1])
				d.UntilShown("5 lines")
				tuitest.CheckFrame(t, d.Screen.View(), size[0], size[1])
				if p.Name == tuitest.Palette(t).Name {
					tuitest.Golden(t, d.Screen.View())
				}
			}
		})
	}
}

// TestItFollows: a new line is selected as long as the last one was, and what is selected
// stays so where another one was.
func TestItFollows(t *testing.T) {
	k := stored()
	d := tuitest.Drive(t, eventlog.New(env(t, tuitest.Palette(t), k)), 80, 22)
	d.UntilShown("5 lines · following")
	k.add(slog.LevelInfo, "server lost", `{}`)
	d.UntilShown("6 lines · following")
	if !strings.Contains(d.Frame(), "▸ 14:09:32    · server lost") {
		t.Errorf("the new line is not selected:\n%s", d.Frame())
	}
	d.Press("home")
	k.add(slog.LevelInfo, "server found", `{}`)
	d.UntilShown("7 lines")
	if f := d.Frame(); !strings.Contains(f, "▸ 14:09:27    · start") || strings.Contains(f, "following") || !strings.Contains(f, "version   v1.2.3") {
		t.Errorf("the first is not selected any more:\n%s", f)
	}
}

// TestFilters: by level, and by words, typed; esc takes the words back and then leaves.
func TestFilters(t *testing.T) {
	d := tuitest.Drive(t, eventlog.New(env(t, tuitest.Palette(t), stored())), 80, 22)
	d.UntilShown("5 lines")
	d.Press("l")
	d.UntilShown("2 lines · warn and above")
	d.Press("l")
	d.UntilShown("1 line · error and above")
	d.Press("l", "/")
	d.Type("STORE full")
	d.UntilShown("1 line")
	if !strings.Contains(d.Frame(), "nearly full") {
		t.Errorf("filtered\n%s", d.Frame())
	}
	d.Type("xyz")
	d.UntilShown("no line has these words")
	d.Press("esc")
	d.UntilShown("5 lines")
	d.Press("esc")
	d.Until("it is left", func() bool { return len(d.Sent) == 1 })
	for w := range 140 {
		d.Screen.Resize(w, w%20)
		tuitest.CheckFrame(t, d.Screen.View(), w, w%20)
	}
}

// TestManyLinesAreBounded, and what is not kept is said.
func TestManyLinesAreBounded(t *testing.T) {
	k := &kept{}
	for i := range 6000 {
		k.add(slog.LevelInfo, fmt.Sprintf("line %d", i), `{}`)
	}
	d := tuitest.Drive(t, eventlog.New(env(t, tuitest.Palette(t), k)), 80, 22)
	d.UntilShown("5000 lines · following")
	bare := eventlog.New(tuitest.Env(t, tuitest.Palette(t)))
	bare.Resize(80, 22)
	if f := ansi.Strip(bare.View()); !strings.Contains(f, "--no-save") {
		t.Errorf("with nothing kept\n%s", f)
	}
}
