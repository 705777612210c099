package tui

import (
	"fmt"
	"testing"
	"testing/synctest"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// TestRefusedKeysDoNothing: what a screen says that a key does not do now, it does not do, on
// every screen, where everything can be done and where little can, and at every moment of an
// attempt; and each says why.
func TestRefusedKeysDoNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		refusals := 0
		for name, env := range map[string]screen.Env{"able": able(t), "bare": tuitest.Env(t, tuitest.Palette(t))} {
			for _, r := range Routes(screen.NewKeys()) {
				refusals += refuse(t, name+" "+r.Name, shownIn(t, env, r, 80, 24))
			}
			problem := engine.Problem{Statement: "What is six times seven?"}
			events := tuitest.Events("a", problem)
			a := shownIn(t, env, Routes(screen.NewKeys())[0], 80, 24)
			a.push(live.New(env, "a", problem))
			for i, e := range events {
				a.Update(screen.Arrived{Events: []engine.Event{e}})
				refusals += refuse(t, fmt.Sprintf("%s attempt after %d events", name, i+1), a)
			}
		}
		if refusals < 100 {
			t.Errorf("only %d refusals were tried", refusals)
		}
	})
}

// refuse presses the keys that the top screen refuses, and returns how many there are.
func refuse(t *testing.T, where string, a *App) int {
	t.Helper()
	all := a.refusals()
	for _, r := range all {
		press, _ := pressOf(r.Key)
		before := a.top().View()
		cmd := a.top().Update(press)
		if after := a.top().View(); after != before || !saysNoMore(cmd) {
			t.Errorf("%s: %s is said to do nothing, and does something", where, r.Key.Help().Key)
		}
		if r.Why == "" || r.Key.Help().Key == "" {
			t.Errorf("%s: %v is refused without a word", where, r.Key.Keys())
		}
	}
	return len(all)
}

// saysNoMore says whether a command does nothing but say something.
func saysNoMore(cmd tea.Cmd) bool {
	if cmd == nil {
		return true
	}
	_, says := cmd().(screen.Notice)
	return says
}
