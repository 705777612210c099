package tui

import (
	"slices"
	"testing"

	"github.com/charmbracelet/bubbles/key"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// places are where a program runs, each with the keys that may never reach it there.
var places = map[string][]string{
	"macOS":             {"ctrl+up", "ctrl+down", "ctrl+left", "ctrl+right", "ctrl+@", "f11", "f12"}, // Mission Control, spaces, input source, desktop, dashboard
	"Terminal of macOS": {"alt+up", "alt+down", "alt+left", "alt+right"},                             // other bytes, or a letter
	"tmux":              {"ctrl+b"},
	"screen":            {"ctrl+a"},
	"cooked modes":      {"ctrl+\\"}, // SIGQUIT
	"GNOME":             {"f10", "f11", "alt+enter"},
	"Konsole":           {"shift+up", "shift+down", "shift+pgup", "shift+pgdown"},
}

// listed are the bindings of every screen, in the states that are looked at here, and those
// of the app.
func listed(t *testing.T) map[string][]key.Binding {
	all := map[string][]key.Binding{}
	for _, r := range Routes(screen.NewKeys()) {
		a := shown(t, tuitest.Palette(t), r, 80, 24)
		all[r.Name] = slices.Concat(a.top().Keys(), a.ownKeys())
		for _, refused := range a.refusals() {
			all[r.Name] = append(all[r.Name], refused.Key)
		}
	}
	a := shown(t, tuitest.Palette(t), Routes(screen.NewKeys())[1], 80, 24)
	a.push(live.New(a.env, "a", engine.Problem{Statement: "6*7"}))
	a.Update(screen.Arrived{Events: tuitest.Events("a", engine.Problem{})[:9]})
	all["attempt"] = a.top().Keys()
	a.push(live.Replay(a.env, tuitest.Attempts(1)[0], 1))
	all["replay"] = a.top().Keys()
	return all
}

// TestNoKeyIsNeededThatAnotherTakes: whatever a key does has one that reaches the program in
// every place, but for what is quicker than keys that do, and for the tabs, which the list of
// all commands leads to.
func TestNoKeyIsNeededThatAnotherTakes(t *testing.T) {
	quicker := []string{"twice the samples", "half the samples"}
	for where, keys := range listed(t) {
		for _, k := range keys {
			for place, taken := range places {
				reaches := slices.ContainsFunc(k.Keys(), func(name string) bool { return !slices.Contains(taken, name) })
				if !reaches && len(k.Keys()) > 0 && !slices.Contains(quicker, k.Help().Desc) {
					t.Errorf("%s: %q has only %v, which %s takes", where, k.Help().Desc, k.Keys(), place)
				}
			}
		}
	}
}

// TestAllCommandsLeadToEveryTab.
func TestAllCommandsLeadToEveryTab(t *testing.T) {
	a := shown(t, tuitest.Palette(t), Routes(screen.NewKeys())[0], 80, 24)
	for _, r := range a.routes {
		if !slices.ContainsFunc(a.commands(), func(c command) bool { return c.does == r.Key.Help().Desc && c.run != nil }) {
			t.Errorf("%s is not among them", r.Name)
		}
	}
}

// TestEveryKeyExists: a binding of a key that no terminal can send would be dead.
func TestEveryKeyExists(t *testing.T) {
	for where, keys := range listed(t) {
		for _, k := range keys {
			for _, name := range k.Keys() {
				if press, ok := screen.Press(name); !ok || press.String() != name {
					t.Errorf("%s: %q is bound to %q, which is %q", where, k.Help().Desc, name, press.String())
				}
			}
		}
	}
}
