package tui

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/compare"
	"github.com/aimo3/aimo3/tui/events"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/save"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// everyOther maps every action to a key of its own that none has by default.
func everyOther(t *testing.T) screen.Keymap {
	t.Helper()
	m, r := screen.Keymap{}, 'α'
	for _, b := range Bounds(nil) {
		if _, is := m[b.Does]; !is && !b.Fixed {
			m[b.Does] = []string{"alt+" + string(r)}
			r++
		}
	}
	if err := checkKeymap(m); err != nil || len(m) < 80 {
		t.Fatalf("%d actions: %v", len(m), err)
	}
	return m
}

// Names of keys that no screen may show once every action has another one.
var (
	namesOfKeys = regexp.MustCompile(`\bctrl\+[abd-z_]|\bF([2-9]|1[0-2])\b|\bpg(up|dn)\b|[↑↓]/[kj]|\bhome/g|\bend/G`)
	keysInTexts = regexp.MustCompile(`(^|[ ·:,│])([a-zA-Z+*/?]) (shows?|adds|stops|solves|clears|restores|chooses|lists|pulls|brings|says|takes|replays|helps?)\b`)
)

// TestWhereEveryKeyIsMappedNoDefaultIsShown: on any screen, in help, in the palette, and in
// what is said of keys that do nothing now.
func TestWhereEveryKeyIsMappedNoDefaultIsShown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := everyOther(t)
		fixed := map[string]bool{}
		for _, p := range keyPlaces() {
			for _, a := range p.own(m) {
				if a.Fixed {
					fixed[strings.Join(a.Keys, " ")] = true
				}
			}
		}
		bare := tuitest.Env(t, tuitest.Palette(t))
		for name, env := range map[string]screen.Env{"able": able(t), "bare": bare} {
			env.Keys, env.NoMouse = m.Keys(nil), true
			routes := Routes(env.Keys)
			for _, r := range routes {
				a := shownIn(t, env, r, 80, 24)
				named(t, name+" "+r.Name, a, fixed)
			}
			a := shownIn(t, env, routes[0], 80, 24)
			problem := engine.Problem{Statement: "What is six times seven?"}
			a.push(live.New(env, "a", problem))
			for i, e := range tuitest.Events("a", problem) {
				a.Update(screen.Arrived{Events: []engine.Event{e}})
				named(t, fmt.Sprintf("%s attempt after %d events", name, i+1), a, fixed)
			}
			stored := tuitest.Attempts(2)
			env.Library = tuitest.NewLibrary(stored...)
			a = shownIn(t, env, routes[0], 80, 24)
			for _, s := range []screen.Screen{
				live.Replay(env, stored[0], 0), events.New(env, stored[0]), compare.New(env, stored[0], stored[1]), save.New(env, stored[0]),
			} {
				settle(a, a.push(s))
				named(t, fmt.Sprintf("%s %T", name, s), a, fixed)
			}
		}
	})
}

// named checks what the screen on top, help and the palette say of keys.
func named(t *testing.T, where string, a *App, fixed map[string]bool) {
	t.Helper()
	all := slices.Concat(a.top().Keys(), a.tabKeys(), a.ownKeys())
	for _, r := range a.refusals() {
		all = append(all, r.Key)
		if bad := keysInTexts.FindString(r.Why) + namesOfKeys.FindString(r.Why); bad != "" {
			t.Errorf("%s: %q of %q is a key that does it no more", where, bad, r.Why)
		}
	}
	for _, k := range all {
		others := slices.DeleteFunc(slices.Clone(k.Keys()), screen.Reserved)
		if fixed[strings.Join(k.Keys(), " ")] || len(others) == 0 {
			continue
		}
		if len(others) != 1 || !strings.HasPrefix(others[0], "alt+") || !strings.HasPrefix(k.Help().Key, others[0]) {
			t.Errorf("%s: %q is on %v, and called %q", where, k.Help().Desc, k.Keys(), k.Help().Key)
		}
	}
	frames := map[string]string{"itself": a.View()}
	for cover, show := range map[string]key.Binding{"help": a.env.Keys.Help, "the palette": a.env.Keys.Palette} {
		press, _ := pressOf(show)
		a.key(press)
		frames[cover] = a.View()
		a.cover = nil
	}
	for what, view := range frames {
		text := ansi.Strip(view)
		tuitest.CheckFrame(t, view, 80, 24)
		for _, bad := range append(namesOfKeys.FindAllString(text, -1), keysInTexts.FindAllString(text, -1)...) {
			t.Errorf("%s: %s names %q, which does it no more:\n%s", where, what, bad, text)
		}
	}
}
