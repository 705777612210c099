package tui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// TestNoKeyDoesTwoThingsByDefault on one screen, but for the arrows, which in the grid go
// from pane to pane.
func TestNoKeyDoesTwoThingsByDefault(t *testing.T) {
	for _, p := range keyPlaces() {
		for _, c := range p.clashes(nil) {
			if c.one != "another pane" && c.other != "another pane" {
				t.Errorf("%s: %s is both %q and %q", p.name, c.key, c.one, c.other)
			}
		}
	}
}

// TestBoundsListWhatScreensHave: what can be mapped, by screen.
func TestBoundsListWhatScreensHave(t *testing.T) {
	all := Bounds(nil)
	for _, want := range []string{
		"everywhere/history", "everywhere/all commands", "ask/load a file", "live/stop all", "live/add samples", "live/fold or open",
		"history/add samples", "history/star", "health/try now", "metrics/more time", "log/level", "machine/hide CPU", "models/set as default", "settings/read again", "list of events/filter", "comparison/swap sides",
	} {
		if !slices.ContainsFunc(all, func(b Bound) bool { return b.Screen+"/"+b.Does == want }) {
			t.Errorf("no %s", want)
		}
	}
	for _, b := range all {
		if b.Asked || b.Does == "" || len(b.Keys) == 0 {
			t.Errorf("%+v", b)
		}
	}
}

func TestParseKeymap(t *testing.T) {
	for said, want := range map[string]string{
		"":                                     "map[]",
		" , ":                                  "map[]",
		"stop all=Z":                           "map[stop all:[Z]]",
		" stop all = Z ctrl+k, history=ctrl+e": "map[history:[ctrl+e] stop all:[Z ctrl+k]]",
		"add samples==":                        "map[add samples:[=]]",
		"right, wrong, unsaid=V,star=#":        "map[right, wrong, unsaid:[V] star:[#]]",
		"stop all=space,pause=Z":               "map[pause:[Z] stop all:[ ]]",
		"stop all=comma":                       "map[stop all:[,]]",
		"stop=S,stop all=s":                    "map[stop:[S] stop all:[s]]",
		"help=H":                               "map[help:[H]]",
	} {
		m, err := ParseKeymap(said)
		if got := fmt.Sprint(map[string][]string(m)); got != want || err != nil {
			t.Errorf("%q: %s, %v; want %s", said, got, err, want)
		}
	}
}

// TestABadKeymapIsOneClearError and nothing of it counts.
func TestABadKeymapIsOneClearError(t *testing.T) {
	for said, want := range map[string]string{
		"stop all":                     `"stop all" maps no key · write ACTION=KEY, such as stop all=Z`,
		"=Z":                           `"=Z" maps no key`,
		"stop all=":                    `"stop all=" maps no key`,
		"stop al=Z":                    "nothing that keys do is called “stop al” · did you mean “stop all”",
		"xyzzy=Z":                      "nothing that keys do is called “xyzzy” · `aimo3 config keys` lists all",
		"stop all=Z,stop all=K":        "“stop all” is mapped twice",
		"stop all=hyper+x":             `“stop all”: no key is called "hyper+x" · a key is one character, or a name`,
		"stop all=ctrl+c":              "“stop all” cannot be on ctrl+c: that key always does",
		"stop all=f1":                  "“stop all” cannot be on F1: that key always does",
		"help=esc":                     "“help” cannot be on esc: that key always does",
		"help=Z enter":                 "“help” cannot be on enter: that key always does",
		"stop all=Z K ctrl+k ctrl+o":   "“stop all” has 4 keys: it may have 3",
		"sample=Z":                     "the keys of “sample” cannot be changed",
		"keep it=Z":                    "nothing that keys do is called “keep it”",
		"stop all=s":                   "“stop” and “stop all” are both on s on the screen live · give one of them another key",
		"stop all=3":                   "“sample” and “stop all” are both on 3 on the screen live",
		"stop all=ctrl+r":              "“history” and “stop all” are both on ctrl+r on the screen live",
		"star=f9":                      "“formulas as source” and “star” are both on F9 on the screen history",
		"stop all=Z,add samples=Z":     "“add samples” and “stop all” are both on Z on the screen live",
		"history=y Y alt+y":            "“history” and “pull” are both on y on the screen ask",
		"load a file=L":                "“load a file” is on the screen ask, where L is text · give it a key with ctrl or alt",
		"undo=U ctrl+k":                "“undo” is on the screen ask, where U is text",
		"all commands=P":               "“all commands” could not be used while text is typed: P is text then",
		"stop all=Z,history=ctrl+nope": `“history”: no key is called "ctrl+nope"`,
	} {
		m, err := ParseKeymap(said)
		if err == nil || !strings.HasPrefix(engine.Hint(err), want) || m != nil || engine.ClassOf(err) != engine.Invalid {
			t.Errorf("%q: %v, %v; want %s", said, m, err, want)
		}
	}
}

// mapped is an Env with other keys.
func mapped(t *testing.T, env screen.Env, said string) screen.Env {
	t.Helper()
	m, err := ParseKeymap(said)
	if err != nil {
		t.Fatal(err)
	}
	env.Keys = m.Keys(nil)
	return env
}

// seen is what the terminal shows.
func seen(a *App) string { return ansi.Strip(a.View()) }

// TestMappedKeysWorkAndTheOldOnesDoNot, and are named wherever a key is.
func TestMappedKeysWorkAndTheOldOnesDoNot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		env := mapped(t, able(t), "stop all=Z,add samples=A,history=ctrl+e,all commands=ctrl+k,quit=Q,up=W,help=H")
		a := shownIn(t, env, Routes(env.Keys)[0], 160, 50)
		press := func(names ...string) {
			for _, name := range names {
				_, cmd := a.Update(tuitest.Key(t, name))
				settle(a, cmd)
			}
		}
		if press("ctrl+r", "ctrl+p"); a.cover != nil || !a.routes[0].Holds(a.top()) {
			t.Errorf("old keys do something:\n%s", seen(a))
		}
		if press("ctrl+k"); !strings.Contains(seen(a), "ctrl+e") || strings.Contains(seen(a), "ctrl+r") {
			t.Errorf("the palette:\n%s", seen(a))
		}
		if press("esc", "ctrl+e"); !a.routes[2].Holds(a.top()) || !strings.Contains(seen(a), "H help") {
			t.Fatalf("ctrl+e shows:\n%s", seen(a))
		}
		press("H")
		for _, want := range []string{"ctrl+e", "Q ctrl+c", "H F1", "W "} {
			if !strings.Contains(seen(a), want) {
				t.Errorf("help lacks %q:\n%s", want, seen(a))
			}
		}
		press("esc")
		if _, cmd := a.Update(tuitest.Key(t, "q")); quits(cmd) {
			t.Error("q quits")
		}
		if _, cmd := a.Update(tuitest.Key(t, "Q")); !quits(cmd) {
			t.Error("Q does not quit")
		}
		if press("f1"); a.cover == nil {
			t.Error("f1 does not help")
		}
		press("esc")
		problem := engine.Problem{Statement: "6*7"}
		a.push(live.New(env, "a", problem))
		a.Update(screen.Arrived{Events: tuitest.Events("a", problem)[:9]})
		if press("+"); a.bar.notice.Text != "" {
			t.Errorf("+ says %q", a.bar.notice.Text)
		}
		if a.Update(tuitest.Key(t, "A")); a.bar.notice.Text == "" {
			t.Errorf("A adds nothing, and does not say why")
		}
		if press("S"); strings.Contains(seen(a), "Stop all samples?") || !strings.Contains(seen(a), "Z stop all") {
			t.Errorf("S:\n%s", seen(a))
		}
		if press("Z"); !strings.Contains(seen(a), "Stop all samples?") {
			t.Errorf("Z:\n%s", seen(a))
		}
		press("esc")
		if a.Update(tuitest.Key(t, "ctrl+c")); a.cover == nil {
			t.Error("ctrl+c does not ask whether to quit")
		}
	})
}

// quits says whether a command ends the app.
func quits(cmd tea.Cmd) bool {
	if cmd == nil {
		return false
	}
	_, is := cmd().(tea.QuitMsg)
	return is
}
