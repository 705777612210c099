package settings_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/settings"
	"github.com/aimo3/aimo3/tui/tuitest"
)

const file = "/home/ada/.config/aimo3/config.yaml"

// kept is a file of settings in memory, with the flags and variables of this start above.
type kept struct {
	all    engine.Settings
	undo   *engine.Setting
	broken error // why nothing can be read or written
	asked  []string
}

func newKept() *kept {
	k := &kept{all: engine.Settings{File: file}}
	add := func(key, value, from, usual, about string, live bool, choices ...string) {
		k.all.All = append(k.all.All, engine.Setting{
			Key: key, Value: value, From: from, Default: usual, About: about, Live: live, Choices: choices,
			Own: strings.HasPrefix(from, file), Kept: strings.HasPrefix(from, file), Model: key == "model",
		})
	}
	add("model", "", "default", "the best that is installed", "model to ask", true)
	add("samples", "16", file+":3", "8", "number of samples", true)
	add("stop", "four-agree", "./aimo3.yaml:12", "four-agree,uncatchable", "when to stop early: none, four-agree, uncatchable, asc:P, esc:W, deepconf:TAU:N, or several joined by commas", true, "none", "four-agree")
	add("seed", "7", "flag", "0", "seed of the first sample; each further sample adds 1", true)
	add("tools", "auto", "default", "auto", "what runs the code that the model writes", true, "auto", "python", "embedded", "off")
	add("host", "http://ada:***@gpu:11434", "AIMO3_HOST", "$OLLAMA_HOST, else the local one", "address of a model server", false)
	add("theme", "", "default", "auto", "colours of the screen", false, "auto", "night", "paper")
	for i := range 30 {
		add(fmt.Sprintf("other-%d", i), "", "default", "", "another one", false)
	}
	k.all.All[5].Hidden = true
	return k
}

func (k *kept) list(context.Context) (engine.Settings, error) {
	if k.broken != nil {
		return engine.Settings{}, k.broken
	}
	all := k.all
	all.All = append([]engine.Setting(nil), all.All...)
	if k.undo != nil {
		all.Undo = k.undo.Key
	}
	return all, nil
}

func (k *kept) change(ctx context.Context, key, value, from string) (engine.Settings, error) {
	k.asked = append(k.asked, key+"="+value)
	if k.broken != nil {
		return engine.Settings{}, k.broken
	}
	if value == "bad" {
		return engine.Settings{}, &engine.Fault{Class: engine.Invalid, What: key + `: "bad" is not a whole number from 1 to 512`}
	}
	for i := range k.all.All {
		if one := &k.all.All[i]; one.Key == key {
			was := *one
			k.undo = &was
			one.Kept = value != ""
			if one.From == "default" || one.Own {
				one.Value, one.From, one.Own = value, from, value != ""
			}
		}
	}
	return k.list(ctx)
}

func (k *kept) env(t *testing.T, p theme.Palette) screen.Env {
	e := tuitest.Env(t, p)
	e.Settings = k.list
	e.SetSetting = func(ctx context.Context, key, value string) (engine.Settings, error) {
		return k.change(ctx, key, value, file+":9")
	}
	e.UnsetSetting = func(ctx context.Context, key string) (engine.Settings, error) {
		return k.change(ctx, key, "", "default")
	}
	e.UndoSetting = func(ctx context.Context) (engine.Settings, error) {
		for i := range k.all.All {
			if k.all.All[i].Key == k.undo.Key {
				k.all.All[i] = *k.undo
			}
		}
		k.undo = nil
		return k.list(ctx)
	}
	return e
}

func drive(t *testing.T, e screen.Env, w, h int) *tuitest.Driver {
	d := tuitest.Drive(t, settings.New(e), w, h)
	d.Send(screen.ServerSeen{Server: tuitest.Up("qwen3:8b", "gpt-oss:20b")})
	d.UntilGone("reading…")
	return d
}

func TestFrames(t *testing.T) {
	for name, keys := range map[string][]string{"list": {"down"}, "secret": {"down", "down", "down", "down", "down"}, "edit": {"down", "down", "down", "down", "enter"}, "find": {"/", "s", "a", "m"}} {
		for _, size := range [][2]int{{60, 14}, {80, 22}, {160, 48}} {
			t.Run(fmt.Sprintf("%s/%dx%d", name, size[0], size[1]), func(t *testing.T) {
				for _, p := range theme.Palettes() {
					d := drive(t, newKept().env(t, p), size[0], size[1])
					d.Press(keys...)
					tuitest.CheckFrame(t, d.Screen.View(), size[0], size[1])
					if p.Name == tuitest.Palette(t).Name && size[0] < 160 {
						tuitest.Golden(t, d.Screen.View())
					}
				}
			})
		}
	}
}

// TestTheSelectedRowIsHighlightedToTheEdge of the screen, where the box below it ends too.
func TestTheSelectedRowIsHighlightedToTheEdge(t *testing.T) {
	for _, width := range []int{60, 80, 160} {
		e := newKept().env(t, tuitest.Palette(t))
		tuitest.CheckSelected(t, e.Styles.List.Selected, drive(t, e, width, 22).Screen.View(), width)
	}
}

// TestNoRoomIsTooLittle: no line is wider than the room, and no frame taller, whatever is
// in view.
func TestNoRoomIsTooLittle(t *testing.T) {
	d := drive(t, newKept().env(t, tuitest.Palette(t)), 80, 22)
	for _, press := range [][]string{{"down"}, {"enter"}, {"esc", "/", "q", "q"}} {
		d.Press(press...)
		for w := range 100 {
			d.Screen.Resize(w, w%24)
			tuitest.CheckFrame(t, d.Screen.View(), w, w%24)
		}
	}
}

// TestAValueIsChangedAndTakenBack: what the reader refuses stays in the field with its
// reason, what it accepts is kept, and u takes it back.
func TestAValueIsChangedAndTakenBack(t *testing.T) {
	k := newKept()
	d := drive(t, k.env(t, tuitest.Palette(t)), 80, 22)
	d.Press("down", "enter", "ctrl+u")
	d.Type("bad")
	d.Press("enter")
	d.UntilShown(`✗ samples: "bad" is not a whole number from 1 to 512`)
	if !strings.Contains(d.Frame(), "bad ") {
		t.Errorf("what was typed is gone\n%s", d.Frame())
	}
	d.Press("ctrl+u")
	d.Type("4")
	d.Press("enter")
	if n := tuitest.UntilSent[screen.Notice](d); n.Text != "samples is 4 from the next attempt on · u undoes it" {
		t.Errorf("it says %q", n.Text)
	}
	d.UntilShown("yours, line 9")
	d.Press("u")
	if n := tuitest.UntilSent[screen.Notice](d); n.Text != "samples is 16 from the next attempt on" {
		t.Errorf("undone, it says %q", n.Text)
	}
	d.Press("d")
	if n := tuitest.UntilSent[screen.Notice](d); n.Text != "samples is 8 from the next attempt on · u undoes it" {
		t.Errorf("taken out, it says %q", n.Text)
	}
	if got := strings.Join(k.asked, " "); got != "samples=bad samples=4 samples=" {
		t.Errorf("asked for %s", got)
	}
}

// TestItSaysWhatAChangeDoesNotDo: where another source wins, and what counts from the next
// start on only.
func TestItSaysWhatAChangeDoesNotDo(t *testing.T) {
	for key, want := range map[string]string{"seed": "kept, but flag counts: 7", "theme": "theme is night from the next start on · u undoes it"} {
		k := newKept()
		d := tuitest.Drive(t, settings.At(k.env(t, tuitest.Palette(t)), key), 80, 22)
		d.UntilShown("▸ " + key)
		d.Press("enter", "ctrl+u")
		d.Type(map[string]string{"seed": "9", "theme": "night"}[key])
		d.Press("enter")
		if n := tuitest.UntilSent[screen.Notice](d); n.Text != want {
			t.Errorf("%s: it says %q, want %q", key, n.Text, want)
		}
	}
}

// TestFewValuesAreStepped through by tab, and names of models are those installed.
func TestFewValuesAreStepped(t *testing.T) {
	k := newKept()
	for key, want := range map[string]string{"tools": "tools=python", "model": "model=qwen3:8b", "theme": "theme=night"} {
		d := tuitest.Drive(t, settings.At(k.env(t, tuitest.Palette(t)), key), 80, 22)
		d.Send(screen.ServerSeen{Server: tuitest.Up("qwen3:8b", "gpt-oss:20b")})
		d.UntilShown("▸ " + key)
		d.Press("enter", "tab", "tab", "shift+tab", "enter")
		tuitest.UntilSent[screen.Notice](d)
		if got := k.asked[len(k.asked)-1]; got != want {
			t.Errorf("%s: asked for %s, want %s", key, got, want)
		}
	}
}

// TestASecretIsNotPutIntoTheField: *** would be kept in its place.
func TestASecretIsNotPutIntoTheField(t *testing.T) {
	k := newKept()
	d := tuitest.Drive(t, settings.At(k.env(t, tuitest.Palette(t)), "host"), 80, 22)
	d.UntilShown("▸ host")
	d.Press("enter")
	d.Type("gpu:1")
	d.Press("enter")
	tuitest.UntilSent[screen.Notice](d)
	if got := strings.Join(k.asked, " "); got != "host=gpu:1" {
		t.Errorf("asked for %s", got)
	}
}

// TestAFileThatCannotBeUsedLosesNothing: the reason is shown, and what is typed or listed
// stays.
func TestAFileThatCannotBeUsedLosesNothing(t *testing.T) {
	k := newKept()
	d := drive(t, k.env(t, tuitest.Palette(t)), 80, 22)
	d.Press("down", "enter", "ctrl+u")
	d.Type("32")
	k.broken = &engine.Fault{Class: engine.Invalid, What: "cannot write " + file, Todo: "check its folder and permissions", Err: errors.New("it is write-protected")}
	d.Press("enter")
	d.UntilShown("✗ cannot write")
	d.Press("esc", "r")
	d.UntilShown("What is wrong now")
	if !strings.Contains(d.Frame(), "▸ samples") {
		t.Errorf("the list is gone\n%s", d.Frame())
	}
	none := tuitest.Drive(t, settings.New(k.env(t, tuitest.Palette(t))), 80, 22)
	none.UntilShown("✗ cannot write")
	bare := tuitest.Drive(t, settings.New(tuitest.Env(t, tuitest.Palette(t))), 80, 22)
	bare.UntilShown("`aimo3 config show` lists them")
}

// TestTheMouseSelectsAndEdits: a click on a row, and the wheel over the list.
func TestTheMouseSelectsAndEdits(t *testing.T) {
	d := drive(t, newKept().env(t, tuitest.Palette(t)), 80, 22)
	click := tea.MouseMsg{X: 5, Y: 3, Button: tea.MouseButtonLeft, Action: tea.MouseActionPress}
	d.Send(click)
	d.UntilShown("▸ stop")
	d.Send(click)
	d.UntilShown("enter keep it")
	d.Press("esc")
	d.Send(tea.MouseMsg{Button: tea.MouseButtonWheelDown, Action: tea.MouseActionPress})
	d.UntilShown("▸ host")
}

// TestWordsFindSettings by name and by what they mean; esc shows all again.
func TestWordsFindSettings(t *testing.T) {
	d := drive(t, newKept().env(t, tuitest.Palette(t)), 80, 22)
	d.Press("/")
	d.Type("writes code")
	d.Press("enter")
	if f := d.Frame(); !strings.Contains(f, "▸ tools") || strings.Contains(f, "samples ") {
		t.Errorf("found\n%s", f)
	}
	d.Press("esc")
	d.UntilShown("samples ")
	d.Press("esc")
	tuitest.UntilSent[screen.Back](d)
}
