package tui

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/health"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/machine"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/settings"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// press has an app take keys by name in a bubble of synctest, and what follows from each
// at once: what comes later, as the end of a notice does, never does.
func press(t *testing.T, a *App, names ...string) {
	t.Helper()
	l := &loop{a, t, make(chan tea.Msg)}
	l.press(names...)
	t.Cleanup(func() { <-time.After(time.Hour) }) // what waits has to end before the bubble
}

// enter types a text.
func enter(t *testing.T, a *App, text string) {
	t.Helper()
	for _, r := range text {
		press(t, a, string(r))
	}
}

func picture(a *App) string { return ansi.Strip(a.View()) }

// TestPaletteFrames: it fits at every size, on every screen, with something typed or not.
func TestPaletteFrames(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, r := range Routes(screen.NewKeys()) {
			for _, size := range [][2]int{{60, 16}, {80, 24}, {200, 60}} {
				for _, opens := range []string{"ctrl+p", "f1"} {
					a := shown(t, tuitest.Palette(t), r, size[0], size[1])
					press(t, a, opens)
					for _, text := range []string{"", "m", "o", "r", "zzz"} {
						enter(t, a, text)
						tuitest.CheckFrame(t, a.View(), size[0], size[1])
					}
				}
			}
		}
	})
}

func TestPaletteAsText(t *testing.T) {
	frames := map[string]string{}
	synctest.Test(t, func(t *testing.T) {
		a := shown(t, tuitest.Palette(t), Routes(screen.NewKeys())[2], 80, 24)
		press(t, a, "ctrl+p")
		frames["Open"] = a.View()
		enter(t, a, "samples")
		frames["Refused"] = a.View()
		a.Update(tea.WindowSizeMsg{Width: 60, Height: 16})
		frames["Narrow"] = a.View()
		press(t, a, "f1")
		enter(t, a, "samples")
		frames["Help"] = a.View()
	})
	for name, frame := range frames {
		t.Run(name, func(t *testing.T) { tuitest.Golden(t, frame) })
	}
}

// TestPaletteRuns what is typed and chosen: from the keyboard, from wherever it is opened.
func TestPaletteRuns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, row := range []struct {
			from  int // of the routes
			opens []string
			typed string
			seen  func(a *App) bool
		}{
			{0, []string{"ctrl+p"}, "machine", func(a *App) bool { return is[*machine.Screen](a.top()) }},
			{0, []string{"ctrl+p"}, "load a file", func(a *App) bool { return strings.Contains(picture(a), "cancel") }},
			{0, []string{"ctrl+p"}, "help", func(a *App) bool { return helps(a) }},
			{2, []string{"?"}, "health of", func(a *App) bool { return is[*health.Screen](a.top()) }},
			{2, []string{"?"}, "filter", (*App).typing},
			{2, []string{"?", "ctrl+p"}, "filter", (*App).typing},
			{6, []string{"ctrl+p"}, "pause", func(a *App) bool { return strings.Contains(picture(a), "go on") }},
			{0, []string{"ctrl+p"}, "setting: seed", onSeed},
			{0, []string{"f12", "/", "s", "ctrl+p"}, "seed", onSeed},
			{0, []string{"f12", "enter", "ctrl+n", "ctrl+p"}, "seed", onSeed},
			{3, []string{"ctrl+p"}, "12 times", func(a *App) bool { return is[*live.Screen](a.top()) }},
		} {
			a := shown(t, tuitest.Palette(t), Routes(screen.NewKeys())[row.from], 80, 24)
			a.env.Settings = someSettings
			press(t, a, row.opens...)
			enter(t, a, row.typed)
			before := picture(a)
			if press(t, a, "enter"); !row.seen(a) {
				t.Errorf("%q of %T leads to\n%s\nfrom\n%s", row.typed, a.top(), picture(a), before)
			}
		}
	})
}

func someSettings(context.Context) (engine.Settings, error) {
	return engine.Settings{All: []engine.Setting{{Key: "model", About: "which model is asked"}, {Key: "samples", About: "replies to a problem"}, {Key: "seed", About: "where chance begins"}}}, nil
}

// onSeed says whether that setting is selected, of all.
func onSeed(a *App) bool {
	return is[*settings.Screen](a.top()) && strings.Contains(picture(a), "▸ seed") && strings.Contains(picture(a), "  model")
}

// typed is what is typed into the palette; "" if that is not open.
func typed(a *App) string {
	if p, is := a.cover.(*palette); is {
		return p.query.text
	}
	return ""
}

func helps(a *App) bool { _, is := a.cover.(*help); return is }

// TestPaletteIsPutAway without anything done.
func TestPaletteIsPutAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, close := range []string{"esc", "ctrl+p"} {
			a := shown(t, tuitest.Palette(t), Routes(screen.NewKeys())[2], 80, 24)
			before := a.View()
			press(t, a, "ctrl+p")
			enter(t, a, "delete")
			if press(t, a, close); a.cover != nil || a.View() != before {
				t.Errorf("%s: %v lies over\n%s", close, a.cover, picture(a))
			}
		}
	})
}

// TestWhatCannotBeDoneSaysWhy in the palette, in help, and where its key is pressed.
func TestWhatCannotBeDoneSaysWhy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const why = "there is nothing to go on with"
		for _, opens := range []string{"ctrl+p", "?"} {
			a := shown(t, tuitest.Palette(t), Routes(screen.NewKeys())[2], 80, 24)
			press(t, a, "home", opens)
			enter(t, a, "go on with")
			if !strings.Contains(picture(a), "– go on with it: this one has ended: "+why) {
				t.Errorf("%s does not say why:\n%s", opens, picture(a))
			}
			lines := strings.Split(picture(a), "\n")
			if strings.Contains(lines[len(lines)-1], why) {
				t.Fatal("said before it is chosen")
			}
			press(t, a, "enter")
			if lines = strings.Split(picture(a), "\n"); a.cover == nil || !strings.Contains(lines[len(lines)-1], why) {
				t.Errorf("%s: chosen, it does not say why:\n%s", opens, picture(a))
			}
		}
		a := shown(t, tuitest.Palette(t), Routes(screen.NewKeys())[3], 80, 24)
		if press(t, a, "t"); !strings.Contains(picture(a), "no breaker is open") {
			t.Errorf("the key says nothing:\n%s", picture(a))
		}
	})
}

func TestPaletteClicks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, size := range [][2]int{{60, 16}, {80, 24}} {
			a := shown(t, tuitest.Palette(t), Routes(screen.NewKeys())[0], size[0], size[1])
			press(t, a, "ctrl+p")
			enter(t, a, "mach")
			if clickOn(t, a, "the machine, watched", 2); !is[*machine.Screen](a.top()) || a.cover != nil {
				t.Errorf("%v: a click leads to %T under %v", size, a.top(), a.cover)
			}
			press(t, a, "?")
			enter(t, a, "health")
			if clickOn(t, a, "health of the server", 2); !is[*health.Screen](a.top()) || a.cover != nil {
				t.Errorf("%v: a click in help leads to %T under %v", size, a.top(), a.cover)
			}
		}
	})
}

// TestQueryTakesAPaste of whatever is on a clipboard.
func TestQueryTakesAPaste(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := shown(t, tuitest.Palette(t), Routes(screen.NewKeys())[0], 60, 16)
		press(t, a, "ctrl+p")
		a.Update(tea.KeyMsg{Type: tea.KeyRunes, Paste: true, Runes: []rune(strings.Repeat("a\x1b[2J\r\n\u202e答", 5000))})
		tuitest.CheckFrame(t, a.View(), 60, 16)
		if n := len([]rune(typed(a))); n != maxQueryChars {
			t.Errorf("%d characters are kept", n)
		}
		press(t, a, "ctrl+u")
		enter(t, a, "two words")
		if press(t, a, "ctrl+w"); typed(a) != "two " {
			t.Errorf("without its last word: %q", typed(a))
		}
	})
}

// BenchmarkPaletteKey is a key typed into the palette over 1,000 problems, with the frame
// after it.
func BenchmarkPaletteKey(b *testing.B) {
	kept := tuitest.Attempts(1000)
	for i := range kept {
		kept[i].Problem.Statement = fmt.Sprintf("Problem %d: let $f_{%d}(x)=x^2+%dx+1$ over the integers; find the sum of its roots modulo $10^9+7$.", i, i, i)
	}
	a := shown(b, tuitest.Palette(b), Routes(screen.NewKeys())[0], 160, 50)
	a.Update(tuitest.Key(b, "ctrl+p"))
	p, _ := a.cover.(*palette)
	a.list(found{of: p, problems: kept})
	if len(p.all) < 1000 {
		b.Fatalf("%d entries", len(p.all))
	}
	for i := 0; b.Loop(); i++ {
		a.Update(tuitest.Key(b, string("sum rts "[i%8])))
		_ = a.View()
		if i%8 == 7 {
			a.Update(tuitest.Key(b, "ctrl+u"))
		}
	}
}

// TestScreensAreFoundByTheirTabs, whatever their lines say.
func TestScreensAreFoundByTheirTabs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, r := range Routes(screen.NewKeys()) {
			a := shown(t, tuitest.Palette(t), Routes(screen.NewKeys())[0], 80, 24)
			press(t, a, "ctrl+p")
			enter(t, a, strings.ToLower(r.Name))
			if p, _ := a.cover.(*palette); p == nil || p.list.Selected() < 0 || p.selected().tab != r.Name {
				t.Errorf("%s does not find its tab:\n%s", r.Name, picture(a))
			}
		}
	})
}
